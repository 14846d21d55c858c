using Microsoft.Extensions.AI;
using Rag.Storage;

namespace Rag.Retrieval;

/// <summary>Dense search: embeds the query and asks the store for the nearest vectors.</summary>
public sealed class VectorRetriever(IChunkStore store, IEmbeddingGenerator<string, Embedding<float>> embedder) : IRetriever
{
    /// <inheritdoc/>
    public async Task<IReadOnlyList<ScoredChunk>> RetrieveAsync(Query query, int top, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(query);
        var vector = await embedder.GenerateVectorAsync(query.Text, cancellationToken: cancellationToken);
        return await store.SearchVectorsAsync(vector, query, top, cancellationToken);
    }
}
