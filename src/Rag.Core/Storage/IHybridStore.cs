namespace Rag.Storage;

/// <summary>A store that searches by words and by vector at once and makes one list of both itself, where the documents are: one round trip to a server in place of several.</summary>
public interface IHybridStore : IChunkStore
{
    /// <summary>Chunks that hold words of the query or are near to its vector, best first; ties by chunk id (ordinal). How the two are weighed is the store's.</summary>
    /// <param name="vector">Embedding of the query, shape [d], of any finite length.</param>
    /// <param name="query">The words and what may be seen.</param>
    /// <param name="top">Upper bound on the result, at least 1.</param>
    /// <param name="cancellationToken">Stops the search.</param>
    /// <returns>The chunks, and what their vectors are, so that a caller can tell whether the comparison meant anything.</returns>
    /// <exception cref="ArgumentException">A number in the vector is not finite.</exception>
    /// <exception cref="StoreException">The store cannot do it now; the message says why and what to do.</exception>
    Task<HybridResult> SearchHybridAsync(ReadOnlyMemory<float> vector, Query query, int top, CancellationToken cancellationToken = default);
}

/// <summary>What an <see cref="IHybridStore"/> found.</summary>
/// <param name="Chunks">Best first; ties by chunk id (ordinal). None where the stored vectors are of another length than the query's.</param>
/// <param name="Vectors">Model and length of the tenant's vectors as the search met them; <see langword="null"/> where it has none.</param>
public sealed record HybridResult(IReadOnlyList<ScoredChunk> Chunks, VectorSpace? Vectors);
