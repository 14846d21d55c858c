using Rag.Retrieval.Priors;

namespace Rag.Retrieval;

/// <summary>Weighs what another retriever finds by a prior: each score is multiplied by its passage's factor, a score below 0 is divided by it, so that a higher factor always raises. Safe for concurrent use where its parts are.</summary>
public sealed class PriorRetriever : IRetriever
{
    private readonly IRetriever _inner;
    private readonly IPrior _prior;
    private readonly int _depth;

    /// <summary>Combines the two.</summary>
    /// <param name="inner">Finds candidates.</param>
    /// <param name="prior">Weighs them.</param>
    /// <param name="depth">Candidates to weigh, at least 1; where more results are asked for, that many. Default <see cref="RerankingRetriever.DefaultDepth"/>.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="depth"/> is less than 1.</exception>
    public PriorRetriever(IRetriever inner, IPrior prior, int depth = RerankingRetriever.DefaultDepth)
    {
        ArgumentNullException.ThrowIfNull(inner);
        ArgumentNullException.ThrowIfNull(prior);
        ArgumentOutOfRangeException.ThrowIfLessThan(depth, 1);
        (_inner, _prior, _depth) = (inner, prior, depth);
    }

    /// <inheritdoc/>
    public async Task<IReadOnlyList<ScoredChunk>> RetrieveAsync(Query query, int top, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(query);
        ArgumentOutOfRangeException.ThrowIfLessThan(top, 1);
        var candidates = await _inner.RetrieveAsync(query, Math.Max(top, _depth), cancellationToken);
        var factors = await _prior.FactorsAsync(query, [.. candidates.Select(c => c.Chunk)], cancellationToken);
        cancellationToken.ThrowIfCancellationRequested();
        return [.. candidates
            .Zip(factors, (hit, factor) => Weighed(hit, factor, query.Explain))
            .OrderByDescending(c => c.Score).ThenBy(c => c.Chunk.Id, StringComparer.Ordinal)
            .Take(top)];
    }

    private static ScoredChunk Weighed(ScoredChunk hit, double factor, bool explain)
    {
        var score = hit.Score > 0 ? hit.Score * factor : hit.Score / factor;
        return hit with { Score = score, Terms = explain ? [.. hit.Terms, new("(prior)", 1, factor, score - hit.Score)] : [] };
    }
}
