using Microsoft.Extensions.AI;
using Rag.Storage;

namespace Rag.Retrieval;

/// <summary>Leaves words, vectors and their fusion to the store: one search.</summary>
internal sealed class StoreHybridRetriever(IHybridStore store, IEmbeddingGenerator<string, Embedding<float>> generator) : IRetriever
{
    private readonly QuestionVectors _questions = new(generator);

    public async Task<IReadOnlyList<ScoredChunk>> RetrieveAsync(Query query, int top, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(query);
        ArgumentOutOfRangeException.ThrowIfLessThan(top, 1);
        cancellationToken.ThrowIfCancellationRequested();
        if (string.IsNullOrWhiteSpace(query.Text))
        {
            return [];
        }

        var vector = await _questions.OfAsync(query.Text, cancellationToken);
        QuestionVectors.ThrowIfMeaningless(vector);
        var (found, stored) = await store.SearchHybridAsync(vector, query, top, cancellationToken);
        if (stored is null)
        {
            await QuestionVectors.ThrowIfAnyDocumentAsync(store, query.Tenant, cancellationToken);
            return [];
        }

        _questions.ThrowIfOther(vector, stored); // afterwards, of what the search itself met: asking first would be a second round trip
        return query.Explain ? [.. found.Select(f => f with { Terms = [new("(words and meaning, fused by the store)", 1, 1, f.Score)] })] : found;
    }
}
