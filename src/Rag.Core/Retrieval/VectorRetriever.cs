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
    private readonly QuestionVectors _questions = new(generator);

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
            await QuestionVectors.ThrowIfAnyDocumentAsync(store, query.Tenant, cancellationToken);
            return [];
        }

        var vector = await _questions.OfAsync(query.Text, cancellationToken);
        _questions.ThrowIfOther(vector, stored);
        QuestionVectors.ThrowIfMeaningless(vector);
        var found = await store.SearchVectorsAsync(vector, query, top, cancellationToken);
        return query.Explain ? [.. found.Select(f => f with { Terms = [new("(cosine similarity)", 1, 1, f.Score)] })] : found;
    }
}
