using Rag.Indexing.Feedback;
using Rag.Storage;

namespace Rag.Retrieval;

/// <summary>The best retrieval without a model, one setting for every collection: keyword search that learns from what it finds first, documents that the query names first, results spread over pages.</summary>
/// <remarks>Where the store cannot learn (<see cref="IChunkStore.LearnsFromFeedback"/>), its plain keyword search takes that place.</remarks>
/// <param name="store">A store whose keyword search is <see cref="Rag.Indexing.KeywordModel.Default"/>, or BM25 of another make.</param>
public sealed class DefaultRetriever(IChunkStore store) : IRetriever
{
    private readonly PageRetriever _inner = new(new NamedDocumentRetriever(Words(store)));

    private static IRetriever Words(IChunkStore store) =>
        store.LearnsFromFeedback ? new FeedbackRetriever(new KeywordRetriever(store), new FocusedFeedback()) : new KeywordRetriever(store);

    /// <inheritdoc/>
    public Task<IReadOnlyList<ScoredChunk>> RetrieveAsync(Query query, int top, CancellationToken cancellationToken = default) => _inner.RetrieveAsync(query, top, cancellationToken);
}
