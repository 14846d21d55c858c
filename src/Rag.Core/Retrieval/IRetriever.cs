namespace Rag.Retrieval;

/// <summary>Finds the chunks that best answer a query. Safe for concurrent use; the same query on the same store gives the same list.</summary>
public interface IRetriever
{
    /// <summary>Returns at most <paramref name="top"/> chunks, best first; ties by chunk id.</summary>
    /// <param name="query">The question and what may be seen.</param>
    /// <param name="top">Upper bound on the result, at least 1.</param>
    /// <param name="cancellationToken">Stops the search.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="top"/> is less than 1.</exception>
    Task<IReadOnlyList<ScoredChunk>> RetrieveAsync(Query query, int top, CancellationToken cancellationToken = default);
}
