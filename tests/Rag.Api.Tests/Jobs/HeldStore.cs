using Rag.Storage;

namespace Rag.Api.Tests.Jobs;

/// <summary>A store whose writes a test can hold up or make fail.</summary>
internal sealed class HeldStore(IChunkStore inner) : IChunkStore
{
    /// <summary>Run before a document is stored.</summary>
    public Func<Task>? BeforeReplace { get; set; }

    public async Task ReplaceDocumentAsync(Document document, IReadOnlyList<EmbeddedChunk> chunks, CancellationToken cancellationToken = default)
    {
        await (BeforeReplace?.Invoke() ?? Task.CompletedTask).WaitAsync(cancellationToken);
        await inner.ReplaceDocumentAsync(document, chunks, cancellationToken);
    }

    public Task<bool> DeleteDocumentAsync(string documentId, string tenant = "", CancellationToken cancellationToken = default) => inner.DeleteDocumentAsync(documentId, tenant, cancellationToken);

    public Task<Document?> GetDocumentAsync(string documentId, string tenant = "", CancellationToken cancellationToken = default) => inner.GetDocumentAsync(documentId, tenant, cancellationToken);

    public Task<IReadOnlyList<EmbeddedChunk>> GetChunksAsync(string documentId, string tenant = "", CancellationToken cancellationToken = default) => inner.GetChunksAsync(documentId, tenant, cancellationToken);

    public Task<IReadOnlyList<StoredDocument>> ListDocumentsAsync(string tenant = "", CancellationToken cancellationToken = default) => inner.ListDocumentsAsync(tenant, cancellationToken);

    public Task<VectorSpace?> GetVectorSpaceAsync(string tenant = "", CancellationToken cancellationToken = default) => inner.GetVectorSpaceAsync(tenant, cancellationToken);

    public Task<IReadOnlyList<ScoredChunk>> SearchKeywordsAsync(Query query, int top, CancellationToken cancellationToken = default) => inner.SearchKeywordsAsync(query, top, cancellationToken);

    public Task<IReadOnlyList<ScoredChunk>> SearchVectorsAsync(ReadOnlyMemory<float> vector, Query query, int top, CancellationToken cancellationToken = default) => inner.SearchVectorsAsync(vector, query, top, cancellationToken);

    public ValueTask DisposeAsync() => inner.DisposeAsync();
}
