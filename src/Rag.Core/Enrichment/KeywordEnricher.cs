namespace Rag.Enrichment;

/// <summary>Finds the words and phrases that a document is about, best first, by where and beside what they stand in it. No model, no other documents. Safe for concurrent use.</summary>
/// <remarks>
/// YAKE (Campos, Mangaravite, Pasquali, Jorge, Nunes and Jatowt, "YAKE! Keyword extraction from single documents using multiple local features", Information Sciences 509, 2020) with a window of one word and phrases of up to three.
/// Unlike there, phrases are told apart by their stems instead of by edit distance, and one that is part of another that was chosen is passed over. Found are <c>keyword</c>s as they first stand in the text.
/// The first 100,000 characters are read; languages that do not divide words have none.
/// </remarks>
public sealed class KeywordEnricher : IDocumentEnricher
{
    private const int MaxRead = 100_000;
    private const int MaxSpans = 8;

    private readonly int _top;

    /// <summary>So many keywords at most.</summary>
    /// <param name="top">1 to 50. Default 8.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="top"/> is out of its range.</exception>
    public KeywordEnricher(int top = 8)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(top, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(top, 50);
        _top = top;
    }

    /// <inheritdoc/>
    public string Name => $"yake-1 {_top}";

    /// <inheritdoc/>
    public Task<IReadOnlyList<DocumentFinding>> FindAsync(Document document, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(document);
        cancellationToken.ThrowIfCancellationRequested();
        var words = KeywordText.Read(document, Math.Min(document.Text.Length, MaxRead), cancellationToken);
        var phrases = new Dictionary<(int, int, int), Phrase>();
        foreach (var (first, count) in words.Phrases())
        {
            var stems = words.StemsOf(first, count);
            if (!phrases.TryGetValue(stems, out var phrase))
            {
                phrases[stems] = phrase = new(stems, words.Unlikeliness(first, count));
            }

            phrase.Spans.Add(words.SpanOf(first, count));
        }

        // Lower is better; what stands first wins a tie.
        var ranked = phrases.Values.OrderBy(p => p.Score).ThenBy(p => p.Spans[0].Start).ThenBy(p => p.Spans[0].End);
        return Task.FromResult<IReadOnlyList<DocumentFinding>>([.. Choose(ranked).Select(p => new DocumentFinding("keyword", Prompt.OnOneLine(p.Spans[0].Of(document.Text)), Name) { Count = p.Spans.Count, Spans = [.. p.Spans.Take(MaxSpans)] })]);
    }

    private List<Phrase> Choose(IEnumerable<Phrase> ranked)
    {
        var chosen = new List<Phrase>();
        foreach (var phrase in ranked)
        {
            if (chosen.Count == _top)
            {
                break;
            }

            if (!chosen.Exists(other => other.Holds(phrase)))
            {
                chosen.Add(phrase);
            }
        }

        return chosen;
    }

    private sealed record Phrase((int First, int Second, int Third) Stems, double OfOne)
    {
        public List<TextSpan> Spans { get; } = [];

        public double Score => OfOne / Spans.Count;

        /// <summary>Whether the words of another one follow each other in this one.</summary>
        public bool Holds(Phrase other) => other.Stems switch
        {
            (var one, -1, _) => one == Stems.First || one == Stems.Second || one == Stems.Third,
            var (one, two, three) => three == -1 && ((one, two) == (Stems.First, Stems.Second) || (one, two) == (Stems.Second, Stems.Third)),
        };
    }
}
