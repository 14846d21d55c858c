namespace Rag.Ingest.Chunking;

/// <summary>Cuts the text into passages of equal length, blind to its structure; the yardstick for the other chunkers.</summary>
/// <remarks>Cuts between words; a word longer than a passage is cut between characters. <see cref="Chunk.Context"/> is the heading path at its first word. Safe for concurrent use.</remarks>
public sealed class FixedSizeChunker : IChunker
{
    private readonly int _tokens;
    private readonly int _overlap;
    private readonly ITokenCounter _counter;

    /// <summary>Passages of a length.</summary>
    /// <param name="tokens">Length of a passage, at least 1. Default 200.</param>
    /// <param name="overlap">How much of its end the next passage repeats, at most half of <paramref name="tokens"/>. Default 0.</param>
    /// <param name="counter">What a token is; default <see cref="ApproximateTokenCounter"/>.</param>
    /// <exception cref="ArgumentOutOfRangeException">A length is out of range.</exception>
    public FixedSizeChunker(int tokens = 200, int overlap = 0, ITokenCounter? counter = null)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(tokens, 1);
        ArgumentOutOfRangeException.ThrowIfNegative(overlap);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(overlap, tokens / 2);
        (_tokens, _overlap, _counter) = (tokens, overlap, counter ?? new ApproximateTokenCounter());
    }

    /// <inheritdoc/>
    public string Name => $"fixed/1 {_tokens}+{_overlap} {_counter.GetType().Name}";

    /// <inheritdoc/>
    public IReadOnlyList<Chunk> Split(Document document)
    {
        ArgumentNullException.ThrowIfNull(document);
        var sections = Section.Of(document).ToArray();
        var chunks = new List<Chunk>();
        var section = 0;
        foreach (var span in Windows(document))
        {
            while (section + 1 < sections.Length && sections[section + 1].Start <= span.Start)
            {
                section++;
            }

            chunks.Add(Chunk.Of(document, chunks.Count, span, sections[section].Context));
        }

        return chunks;
    }

    private IEnumerable<TextSpan> Windows(Document document)
    {
        var cutter = new Cutter(document, _counter);
        var words = cutter.Words(new(0, document.Text.Length), _tokens).ToArray();
        for (var start = 0; start < words.Length;)
        {
            var (sum, end) = (words[start].Tokens, start + 1);
            for (; end < words.Length && sum + words[end].Tokens <= _tokens; end++)
            {
                sum += words[end].Tokens;
            }

            while (end - start > 1 && cutter.Count(Cutter.Span(words, start, end)) > _tokens)
            {
                end = start + ((end - start) / 2);
            }

            yield return Cutter.Span(words, start, end);
            start = end == words.Length ? end : Repeated(words, start, end);
        }
    }

    // The first word after `start` from which the window's end fits the overlap.
    private int Repeated(Unit[] words, int start, int end)
    {
        var first = end;
        for (var sum = words[end - 1].Tokens; first - 1 > start && sum <= _overlap; sum += words[first - 1].Tokens)
        {
            first--;
        }

        return first;
    }
}
