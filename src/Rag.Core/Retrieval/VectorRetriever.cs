using Microsoft.Extensions.AI;
using Rag.Storage;

namespace Rag.Retrieval;

/// <summary>Dense search: the chunks whose vectors are nearest to that of the question, by cosine similarity (-1 to 1). Exact: every visible vector is compared.</summary>
/// <remarks>
/// A question without text finds nothing, nor does a tenant without documents. Chunks that were stored without a vector are not found.
/// Safe for concurrent use where store and generator are.
/// </remarks>
/// <param name="store">A store whose documents were ingested with the same model.</param>
/// <param name="generator">Makes vectors of questions, with whatever prompt its model wants before them (of a <c>LlamaEmbeddingGenerator</c>, what <c>ForQueries()</c> gives).</param>
public sealed class VectorRetriever(IChunkStore store, IEmbeddingGenerator<string, Embedding<float>> generator) : IRetriever
{
    /// <inheritdoc/>
    /// <exception cref="VectorSearchException">The store has documents but no vectors, or those of another model; or the question's vector is zero or not finite.</exception>
    public async Task<IReadOnlyList<ScoredChunk>> RetrieveAsync(Query query, int top, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(query);
        ArgumentOutOfRangeException.ThrowIfLessThan(top, 1);
        cancellationToken.ThrowIfCancellationRequested();
        if (string.IsNullOrWhiteSpace(query.Text))
        {
            return [];
        }

        if (await store.GetVectorSpaceAsync(query.Tenant, cancellationToken) is not { } stored)
        {
            return (await store.ListDocumentsAsync(query.Tenant, cancellationToken)).Count == 0
                ? []
                : throw new VectorSearchException("The store has no vectors to search. Ingest the documents with an embedding model (rag ingest --embed), or search by keywords.");
        }

        var vector = await generator.GenerateVectorAsync(query.Text, cancellationToken: cancellationToken);
        Check(vector, stored);
        var found = await store.SearchVectorsAsync(vector, query, top, cancellationToken);
        return query.Explain ? [.. found.Select(f => f with { Terms = [new("(cosine similarity)", 1, 1, f.Score)] })] : found;
    }

    private void Check(ReadOnlyMemory<float> vector, VectorSpace stored)
    {
        var asked = new VectorSpace(VectorSpace.ModelOf(generator), vector.Length);
        if (!stored.Accepts(asked))
        {
            throw new VectorSearchException($"The store's vectors are {stored}, the question's is {asked}: they cannot be compared. Search with the model of the store's vectors, or re-embed the store with the question's (rag ingest --embed MODEL --reembed).");
        }

        foreach (var number in vector.Span)
        {
            if (!float.IsFinite(number))
            {
                throw new VectorSearchException($"The embedding model made a vector of the question that holds {number}, which is no number to compare; the model or its device is faulty.");
            }
        }

        if (!vector.Span.ContainsAnyExcept(0f))
        {
            throw new VectorSearchException("The embedding model made a vector of zeros of the question, which is near to nothing; ask in other words, or search by keywords.");
        }
    }
}
