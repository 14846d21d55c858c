using Rag.Indexing.Feedback;

namespace Rag.Retrieval;

/// <summary>Searches twice: the second time with what the passages of the first search teach. For an inner retriever that searches by keywords. Safe for concurrent use.</summary>
/// <remarks>Both searches run on one state of the store and see only what the query may see; words that were learnt are marked in <see cref="ScoredChunk.Terms"/>.</remarks>
/// <param name="inner">Finds passages by their words.</param>
/// <param name="feedback">How to learn.</param>
public sealed class FeedbackRetriever(IRetriever inner, IFeedback feedback) : IRetriever
{
    /// <inheritdoc/>
    public Task<IReadOnlyList<ScoredChunk>> RetrieveAsync(Query query, int top, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(query);
        return inner.RetrieveAsync(query with { Feedback = feedback }, top, cancellationToken);
    }
}
