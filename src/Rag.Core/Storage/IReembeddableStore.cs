namespace Rag.Storage;

/// <summary>A store that keeps vectors of another model beside those that it searches, chunk by chunk, and changes over to them in one step when none is missing.</summary>
/// <remarks>
/// Vectors that wait are no part of any search. They outlive the process, so that a re-embedding goes on where it stopped, and go with their document when it is
/// replaced or deleted. Those of several models may wait; a change-over to one drops the others of the tenant.
/// </remarks>
public interface IReembeddableStore : IChunkStore
{
    /// <summary>The chunks of a tenant that have no vector of a space, neither a waiting one nor one that is searched: document by document, in reading order.</summary>
    /// <param name="space">Model, named, and length of the vectors.</param>
    /// <param name="tenant">Whose chunks.</param>
    /// <param name="cancellationToken">Stops the reading.</param>
    /// <remarks>The store may change meanwhile: documents that come later may be missing, and a chunk may be gone when it is staged.</remarks>
    IAsyncEnumerable<Chunk> ReadUnembeddedAsync(VectorSpace space, string tenant = "", CancellationToken cancellationToken = default);

    /// <summary>Keeps vectors until the change-over, in one atomic step, each in place of one of the same model. Those of chunks that are gone, or have other words by now, are passed over.</summary>
    /// <param name="chunks">Chunks as they were read, each with a vector of the same length and named model as the others.</param>
    /// <param name="tenant">Whose chunks.</param>
    /// <param name="cancellationToken">Stops before the commit.</param>
    /// <exception cref="ArgumentException">A vector is missing, of no named model, of another space than the first, or has a number that is not finite.</exception>
    /// <exception cref="StoreException">The store cannot take them now; the message says why and what to do.</exception>
    Task StageVectorsAsync(IReadOnlyList<EmbeddedChunk> chunks, string tenant = "", CancellationToken cancellationToken = default);

    /// <summary>Makes the waiting vectors of a space those that are searched, if every chunk of the tenant has one; else changes nothing. One atomic step.</summary>
    /// <returns>How many chunks lack a vector of the space; 0 when all vectors are of it now.</returns>
    /// <param name="space">Model, named, and length of the vectors.</param>
    /// <param name="tenant">Whose chunks.</param>
    /// <param name="cancellationToken">Stops before the commit.</param>
    /// <exception cref="StoreException">The store cannot do it now; the message says why and what to do.</exception>
    Task<int> SwitchVectorsAsync(VectorSpace space, string tenant = "", CancellationToken cancellationToken = default);
}
