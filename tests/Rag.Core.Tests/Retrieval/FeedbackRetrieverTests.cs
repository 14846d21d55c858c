using Rag.Indexing.Feedback;
using Rag.Retrieval;

namespace Rag.Core.Tests.Retrieval;

public sealed class FeedbackRetrieverTests
{
    [Fact]
    public async Task The_query_goes_on_with_its_feedback_and_all_that_it_may_see()
    {
        var inner = new RememberingRetriever();
        var query = new Query("which") { Tenant = "me", Groups = ["staff"], Explain = true };
        using var source = new CancellationTokenSource();

        await new FeedbackRetriever(inner, new Rm3Feedback()).RetrieveAsync(query, 7, source.Token);

        Assert.Equal((query with { Feedback = new Rm3Feedback() }, 7, source.Token), inner.Asked);
    }

    private sealed class RememberingRetriever : IRetriever
    {
        public (Query Query, int Top, CancellationToken Token) Asked { get; private set; }

        public Task<IReadOnlyList<ScoredChunk>> RetrieveAsync(Query query, int top, CancellationToken cancellationToken = default)
        {
            Asked = (query, top, cancellationToken);
            return Task.FromResult<IReadOnlyList<ScoredChunk>>([]);
        }
    }
}
