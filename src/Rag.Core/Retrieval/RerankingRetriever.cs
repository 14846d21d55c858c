namespace Rag.Retrieval;

/// <summary>Fetches more than is asked for and lets a re-ranker choose among it. Scores are the re-ranker's.</summary>
public sealed class RerankingRetriever : IRetriever
{
    /// <summary>Candidates that are read where nothing else is said: enough that what a first search ranks low is still seen, few enough to be read within a second or so.</summary>
    public const int DefaultDepth = 50;

    private readonly IRetriever _inner;
    private readonly IReranker _reranker;
    private readonly int _depth;

    /// <summary>Combines the two.</summary>
    /// <param name="inner">Finds candidates.</param>
    /// <param name="reranker">Orders them.</param>
    /// <param name="depth">Candidates to read, at least 1; where more results are asked for, that many are read. Default <see cref="DefaultDepth"/>.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="depth"/> is less than 1.</exception>
    public RerankingRetriever(IRetriever inner, IReranker reranker, int depth = DefaultDepth)
    {
        ArgumentNullException.ThrowIfNull(inner);
        ArgumentNullException.ThrowIfNull(reranker);
        ArgumentOutOfRangeException.ThrowIfLessThan(depth, 1);
        (_inner, _reranker, _depth) = (inner, reranker, depth);
    }

    /// <inheritdoc/>
    public async Task<IReadOnlyList<ScoredChunk>> RetrieveAsync(Query query, int top, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(query);
        ArgumentOutOfRangeException.ThrowIfLessThan(top, 1);
        var candidates = await _inner.RetrieveAsync(query, Math.Max(top, _depth), cancellationToken);
        return candidates.Count == 0 ? candidates : await _reranker.RerankAsync(query, candidates, top, cancellationToken);
    }
}
