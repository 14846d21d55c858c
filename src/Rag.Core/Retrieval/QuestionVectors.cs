using Microsoft.Extensions.AI;
using Rag.Storage;

namespace Rag.Retrieval;

/// <summary>Vectors of questions, and whether those of a store can be compared with them.</summary>
internal sealed class QuestionVectors(IEmbeddingGenerator<string, Embedding<float>> generator)
{
    public Task<ReadOnlyMemory<float>> OfAsync(string text, CancellationToken cancellationToken) => generator.GenerateVectorAsync(text, cancellationToken: cancellationToken);

    /// <summary>For a tenant without vectors: one without documents has nothing to find, one with documents cannot be searched so.</summary>
    /// <exception cref="VectorSearchException">It has documents.</exception>
    public static async Task ThrowIfAnyDocumentAsync(IChunkStore store, string tenant, CancellationToken cancellationToken)
    {
        if ((await store.ListDocumentsAsync(tenant, cancellationToken)).Count > 0)
        {
            throw new VectorSearchException("The store has no vectors to search. Ingest the documents with an embedding model (rag ingest --embed), or search by keywords.");
        }
    }

    /// <exception cref="VectorSearchException">The stored vectors are of another model or length.</exception>
    public void ThrowIfOther(ReadOnlyMemory<float> vector, VectorSpace stored)
    {
        var asked = new VectorSpace(VectorSpace.ModelOf(generator), vector.Length);
        if (!stored.Accepts(asked))
        {
            throw new VectorSearchException($"The store's vectors are {stored}, the question's is {asked}: they cannot be compared. Search with the model of the store's vectors, or re-embed the store with the question's (rag ingest --embed MODEL --reembed).");
        }
    }

    /// <exception cref="VectorSearchException">A number is not finite, or all are zero.</exception>
    public static void ThrowIfMeaningless(ReadOnlyMemory<float> vector)
    {
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
