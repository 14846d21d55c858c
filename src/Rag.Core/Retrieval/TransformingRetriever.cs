using Rag.Queries;

namespace Rag.Retrieval;

/// <summary>Runs all the queries that a transformer makes of one and fuses what they find by reciprocal ranks. Safe for concurrent use where its parts are.</summary>
/// <remarks>Where there is one query, its results stay as they are, scores included. A query that fails makes the whole search fail.</remarks>
public sealed class TransformingRetriever : IRetriever
{
    private readonly IRetriever _inner;
    private readonly IQueryTransformer _transformer;
    private readonly int _depth;

    /// <summary>Combines the two.</summary>
    /// <param name="inner">Runs each query.</param>
    /// <param name="transformer">Makes them.</param>
    /// <param name="depth">Candidates of each of several queries, at least 1; where more results are asked for, that many. Default <see cref="RerankingRetriever.DefaultDepth"/>.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="depth"/> is less than 1.</exception>
    public TransformingRetriever(IRetriever inner, IQueryTransformer transformer, int depth = RerankingRetriever.DefaultDepth)
    {
        ArgumentNullException.ThrowIfNull(inner);
        ArgumentNullException.ThrowIfNull(transformer);
        ArgumentOutOfRangeException.ThrowIfLessThan(depth, 1);
        (_inner, _transformer, _depth) = (inner, transformer, depth);
    }

    /// <inheritdoc/>
    public async Task<IReadOnlyList<ScoredChunk>> RetrieveAsync(Query query, int top, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(query);
        ArgumentOutOfRangeException.ThrowIfLessThan(top, 1);
        return await RunAsync(_inner, await _transformer.TransformAsync(query, cancellationToken), top, _depth, cancellationToken);
    }

    /// <summary>What the queries find together.</summary>
    internal static async Task<IReadOnlyList<ScoredChunk>> RunAsync(IRetriever retriever, IReadOnlyList<Query> queries, int top, int depth, CancellationToken cancellationToken)
    {
        if (queries.Count == 1)
        {
            return await retriever.RetrieveAsync(queries[0], top, cancellationToken);
        }

        var lists = await Task.WhenAll(queries.Select(q => retriever.RetrieveAsync(q, Math.Max(top, depth), cancellationToken)));
        cancellationToken.ThrowIfCancellationRequested();
        return [.. RankFusion.ReciprocalRank(lists).Take(top)];
    }
}
