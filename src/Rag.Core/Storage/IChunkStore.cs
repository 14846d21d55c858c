namespace Rag.Storage;

/// <summary>Keeps documents and their chunks, and searches them by words, by vector and by filter. Safe for concurrent use.</summary>
/// <remarks>
/// A document is known by its tenant and its id; the same id in two tenants is two documents. Results descend by score and ties break by
/// chunk id (ordinal). A filter or group that hides a document hides it from results, scores and counts alike.
/// </remarks>
public interface IChunkStore : IAsyncDisposable
{
    /// <summary>Whether a search by words heeds <see cref="Query.Feedback"/>; a store that does not refuses a query that has some with a <see cref="StoreException"/>. Default yes.</summary>
    bool LearnsFromFeedback => true;

    /// <summary>Stores a document and its chunks in place of whatever its id held before, in one atomic step.</summary>
    /// <param name="document">The document; its tenant and id say which one is replaced.</param>
    /// <param name="chunks">Its chunks in reading order; either all have a vector of the same length and model or none has.</param>
    /// <param name="cancellationToken">Stops before the commit; nothing is half-written.</param>
    /// <exception cref="ArgumentException">A number in a vector is not finite.</exception>
    /// <exception cref="StoreException">The store cannot take it now, or the tenant's other documents have vectors of another model or length; the message says why and what to do.</exception>
    Task ReplaceDocumentAsync(Document document, IReadOnlyList<EmbeddedChunk> chunks, CancellationToken cancellationToken = default);

    /// <summary>Exchanges the findings of a document and leaves everything else as it is; where it was replaced or deleted meanwhile, nothing happens.</summary>
    /// <remarks>This implementation reads the document and stores it again; a store that can do both in one step does, so that no version written in between is lost.</remarks>
    /// <param name="documentId">The document.</param>
    /// <param name="version">The <see cref="Document.Version"/> that the findings are about.</param>
    /// <param name="findings">All findings that it is to have.</param>
    /// <param name="tenant">Whose it is. Default the empty string.</param>
    /// <param name="cancellationToken">Stops before the commit; nothing is half-written.</param>
    /// <returns>Whether the store has that version and now these findings with it.</returns>
    /// <exception cref="StoreException">The store cannot do it now; the message says why and what to do.</exception>
    async Task<bool> ReplaceFindingsAsync(string documentId, string version, IReadOnlyList<DocumentFinding> findings, string tenant = "", CancellationToken cancellationToken = default)
    {
        if (await GetDocumentAsync(documentId, tenant, cancellationToken) is not { } document || document.Version != version)
        {
            return false;
        }

        await ReplaceDocumentAsync(document with { Findings = findings }, await GetChunksAsync(documentId, tenant, cancellationToken), cancellationToken);
        return true;
    }

    /// <summary>Removes a document with everything derived from it, so that no trace is left in any table, index or snapshot.</summary>
    /// <returns>Whether there was such a document.</returns>
    /// <exception cref="StoreException">The store cannot do it now; the message says why and what to do.</exception>
    Task<bool> DeleteDocumentAsync(string documentId, string tenant = "", CancellationToken cancellationToken = default);

    /// <summary>The stored document with its text, or <see langword="null"/> when there is none.</summary>
    Task<Document?> GetDocumentAsync(string documentId, string tenant = "", CancellationToken cancellationToken = default);

    /// <summary>A document's chunks with their vectors, in reading order; none where there is no such document. For copying from store to store.</summary>
    /// <remarks>A store may have scaled vectors to unit length.</remarks>
    Task<IReadOnlyList<EmbeddedChunk>> GetChunksAsync(string documentId, string tenant = "", CancellationToken cancellationToken = default);

    /// <summary>Every document of a tenant without its text, ordered by id (ordinal).</summary>
    Task<IReadOnlyList<StoredDocument>> ListDocumentsAsync(string tenant = "", CancellationToken cancellationToken = default);

    /// <summary>Those documents of a tenant that have one of the ids, without their text, ordered by id (ordinal); ids that it does not have are passed over.</summary>
    /// <remarks>This implementation picks them from the list of all; a store that can look them up does.</remarks>
    async Task<IReadOnlyList<StoredDocument>> FindDocumentsAsync(IReadOnlyCollection<string> documentIds, string tenant = "", CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(documentIds);
        var wanted = documentIds.ToHashSet(StringComparer.Ordinal);
        return [.. (await ListDocumentsAsync(tenant, cancellationToken)).Where(d => wanted.Contains(d.Id))];
    }

    /// <summary>Model and length of a tenant's vectors; <see langword="null"/> where it has none.</summary>
    Task<VectorSpace?> GetVectorSpaceAsync(string tenant = "", CancellationToken cancellationToken = default);

    /// <summary>Chunks that hold words of the query, best first.</summary>
    /// <param name="query">The words and what may be seen; a query without a known word finds nothing.</param>
    /// <param name="top">Upper bound on the result, at least 1.</param>
    /// <param name="cancellationToken">Stops the search.</param>
    /// <exception cref="StoreException">The store cannot do it now, or not with feedback; the message says why and what to do.</exception>
    Task<IReadOnlyList<ScoredChunk>> SearchKeywordsAsync(Query query, int top, CancellationToken cancellationToken = default);

    /// <summary>Chunks nearest to a vector by cosine similarity, best first.</summary>
    /// <param name="vector">Embedding of the query, shape [d], of any finite length. A vector of zeros, here or stored, is similar to nothing: the score is 0.</param>
    /// <param name="query">What may be seen; its text is not used.</param>
    /// <param name="top">Upper bound on the result, at least 1.</param>
    /// <param name="cancellationToken">Stops the search.</param>
    /// <exception cref="ArgumentException">The vector's length differs from that of the stored vectors, or a number in it is not finite.</exception>
    Task<IReadOnlyList<ScoredChunk>> SearchVectorsAsync(ReadOnlyMemory<float> vector, Query query, int top, CancellationToken cancellationToken = default);
}

/// <summary>What a store says of a document without its text.</summary>
/// <param name="Id">Identity within its tenant.</param>
/// <param name="Title">Title shown in citations.</param>
/// <param name="MediaType">Media type of the source.</param>
/// <param name="Chunks">Number of chunks.</param>
/// <param name="IngestedAt">When it was stored.</param>
/// <param name="Version">The <see cref="Document.Version"/> it was stored with.</param>
/// <param name="Path">Where the source lies, or <see langword="null"/>.</param>
/// <param name="Tags">Labels.</param>
public sealed record StoredDocument(string Id, string Title, string MediaType, int Chunks, DateTimeOffset IngestedAt, string Version, string? Path, IReadOnlyDictionary<string, string> Tags)
{
    /// <summary>The <see cref="Document.Groups"/>: who may see it; none where everybody in its tenant may.</summary>
    public required IReadOnlyList<string> Groups { get; init; }

    /// <summary>The <see cref="Document.Findings"/>. Default none.</summary>
    public IReadOnlyList<DocumentFinding> Findings { get; init; } = [];

    /// <summary>Model and length of its chunks' vectors; <see langword="null"/> where it has none.</summary>
    public VectorSpace? Vectors { get; init; }
}

/// <summary>A store cannot be opened, read or written. The message says why, with the store's name, and what to do.</summary>
public sealed class StoreException(string message, Exception? inner = null) : Exception(message, inner)
{
    /// <summary>Whether the disk is full: then trying again helps only once there is room. Default no.</summary>
    public bool DiskIsFull { get; init; }
}
