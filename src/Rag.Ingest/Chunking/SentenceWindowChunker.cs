namespace Rag.Ingest.Chunking;

/// <summary>Windows of a few sentences, each beginning a step after the one before, so that every sentence is found with its neighbours.</summary>
/// <remarks>
/// Windows stay in their section (see <see cref="StructureChunker"/>) and begin with its heading; a heading, a table and a block of code count as one sentence
/// each, unless they exceed <see cref="ChunkSize.Max"/> and are cut. A window that would exceed the maximum has fewer sentences. <see cref="Chunk.Context"/> is
/// the heading path. Safe for concurrent use.
/// </remarks>
public sealed class SentenceWindowChunker : IChunker
{
    private readonly int _sentences;
    private readonly int _step;
    private readonly int _maxTokens;
    private readonly ITokenCounter _counter;

    /// <summary>Windows of a number of sentences.</summary>
    /// <param name="sentences">Sentences in a window, at least 1. Default 5.</param>
    /// <param name="step">Sentences from the beginning of one window to that of the next, 1 to <paramref name="sentences"/>. Default 3.</param>
    /// <param name="maxTokens">Length that no window exceeds, at least 1. Default 400.</param>
    /// <param name="counter">What a token is; default <see cref="ApproximateTokenCounter"/>.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number is out of range.</exception>
    public SentenceWindowChunker(int sentences = 5, int step = 3, int maxTokens = 400, ITokenCounter? counter = null)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(sentences, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(step, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(step, sentences);
        ArgumentOutOfRangeException.ThrowIfLessThan(maxTokens, 1);
        (_sentences, _step, _maxTokens, _counter) = (sentences, step, maxTokens, counter ?? new ApproximateTokenCounter());
    }

    /// <inheritdoc/>
    public string Name => $"sentences/1 {_sentences}/{_step} {_maxTokens} {_counter.GetType().Name}";

    /// <inheritdoc/>
    public IReadOnlyList<Chunk> Split(Document document)
    {
        ArgumentNullException.ThrowIfNull(document);
        var cutter = new Cutter(document, _counter);
        return [.. Section.Of(document)
            .SelectMany(section => Windows(section, cutter).Select(span => (Span: span, section.Context)))
            .Select((window, index) => Chunk.Of(document, index, window.Span, window.Context))];
    }

    private IEnumerable<TextSpan> Windows(Section section, Cutter cutter)
    {
        // A target of nothing: running text is always cut into sentences.
        var units = section.Headings.Concat(section.Body).SelectMany(block => cutter.Cut(block, 0, _maxTokens)).ToArray();
        for (var start = 0; start < units.Length;)
        {
            var (end, last) = (start + 1, Math.Min(start + _sentences, units.Length));
            for (var sum = units[start].Tokens + 1; end < last && sum + units[end].Tokens <= _maxTokens; end++)
            {
                sum += units[end].Tokens + 1;
            }

            while (end - start > 1 && cutter.Count(Cutter.Span(units, start, end)) > _maxTokens)
            {
                end--;
            }

            yield return Cutter.Span(units, start, end);
            start = end == units.Length ? end : Math.Min(start + _step, end);
        }
    }
}
