namespace Rag.Retrieval;

/// <summary>Puts candidates into a better order by reading each together with the query. Safe for concurrent use; the same query and candidates give the same list, up to the rounding of whatever computes the scores.</summary>
public interface IReranker
{
    /// <summary>
    /// The <paramref name="top"/> best of the candidates, best first; ties by chunk id (ordinal). Scores are the re-ranker's own, higher is better; chunks are those of the candidates, none added.
    /// Equal texts score alike within a call, and the scores that candidates come with do not count.
    /// </summary>
    /// <param name="query">The question.</param>
    /// <param name="candidates">What a retriever found; may be empty.</param>
    /// <param name="top">Upper bound on the result, at least 1.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="top"/> is less than 1.</exception>
    Task<IReadOnlyList<ScoredChunk>> RerankAsync(Query query, IReadOnlyList<ScoredChunk> candidates, int top, CancellationToken cancellationToken = default);
}
