using Rag.Storage;

namespace Rag.Retrieval;

/// <summary>Keyword search in a store's BM25 index.</summary>
public sealed class KeywordRetriever(IChunkStore store) : IRetriever
{
    /// <inheritdoc/>
    public Task<IReadOnlyList<ScoredChunk>> RetrieveAsync(Query query, int top, CancellationToken cancellationToken = default) =>
        store.SearchKeywordsAsync(query, top, cancellationToken);
}
