namespace Rag.Retrieval;

/// <summary>Spreads results over pages: the best passage of a page stands for it, the others strengthen it and step back.</summary>
/// <remarks>
/// A page's best passage gains a tenth of the score of the page's second, a hundredth of its third, and so on: a page with several good passages is
/// likelier the right one than a page with one. The second passage itself counts half, the third a quarter, and so on: ten results are not ten pieces of one table.
/// Only passages whose place on the page is known (<see cref="Chunk.Boxes"/>) are taken together; pages that depend on a printer mean nothing. Safe for concurrent use.
/// </remarks>
public sealed class PageRetriever : IRetriever
{
    // Both lie in the middle of a wide plateau, see docs/results/pdf.md.
    private const double Gain = 0.1;
    private const double StepBack = 0.5;

    private readonly IRetriever _inner;
    private readonly int _depth;

    /// <summary>Spreads what another retriever finds.</summary>
    /// <param name="inner">Finds candidates, scores above 0.</param>
    /// <param name="depth">Candidates to look at, at least 1; where more results are asked for, that many. Default <see cref="RerankingRetriever.DefaultDepth"/>.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="depth"/> is less than 1.</exception>
    public PageRetriever(IRetriever inner, int depth = RerankingRetriever.DefaultDepth)
    {
        ArgumentNullException.ThrowIfNull(inner);
        ArgumentOutOfRangeException.ThrowIfLessThan(depth, 1);
        (_inner, _depth) = (inner, depth);
    }

    /// <inheritdoc/>
    public async Task<IReadOnlyList<ScoredChunk>> RetrieveAsync(Query query, int top, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(query);
        ArgumentOutOfRangeException.ThrowIfLessThan(top, 1);
        var candidates = await _inner.RetrieveAsync(query, Math.Max(top, _depth), cancellationToken);
        return [.. candidates
            .GroupBy(c => c.Chunk is { Boxes: not null, Pages: { } pages } ? (c.Chunk.DocumentId, pages.First) : (c.Chunk.Id, 0))
            .SelectMany(page => Spread([.. page], query.Explain))
            .OrderByDescending(c => c.Score).ThenBy(c => c.Chunk.Id, StringComparer.Ordinal)
            .Take(top)];
    }

    // Best first, as a retriever gives them.
    private static IEnumerable<ScoredChunk> Spread(ScoredChunk[] page, bool explain)
    {
        var gain = page.Skip(1).Select((passage, i) => passage.Score * Math.Pow(Gain, i + 1)).Sum();
        yield return gain > 0 ? page[0] with { Score = page[0].Score + gain, Terms = explain ? [.. page[0].Terms, new("(other passages of the page)", page.Length - 1, Gain, gain)] : [] } : page[0];
        for (var i = 1; i < page.Length; i++)
        {
            var share = Math.Pow(StepBack, i);
            yield return page[i] with { Score = page[i].Score * share, Terms = [.. page[i].Terms.Select(t => t with { Score = t.Score * share })] };
        }
    }
}
