using Rag.Retrieval;

namespace Rag.Core.Tests.Retrieval;

public sealed class RerankingRetrieverTests
{
    private static readonly Query Question = new("Which?");

    [Fact]
    public async Task RetrieveAsync_gives_the_rerankers_order_and_scores()
    {
        var retriever = new RerankingRetriever(new CountingRetriever(5), new LongestFirst());

        var found = await retriever.RetrieveAsync(Question, 2);

        Assert.Equal([("d4#0", 5d), ("d3#0", 4d)], found.Select(f => (f.Chunk.Id, f.Score)));
    }

    [Theory]
    [InlineData(1, 7, 7)]
    [InlineData(7, 7, 7)]
    [InlineData(9, 7, 9)]
    public async Task RetrieveAsync_fetches_the_depth_or_what_is_asked_for(int top, int depth, int fetched)
    {
        var inner = new CountingRetriever(20);

        await new RerankingRetriever(inner, new LongestFirst(), depth).RetrieveAsync(Question, top);

        Assert.Equal(fetched, inner.Asked);
    }

    [Fact]
    public async Task RetrieveAsync_fetches_50_by_default()
    {
        var inner = new CountingRetriever(60);

        await new RerankingRetriever(inner, new LongestFirst()).RetrieveAsync(Question, 3);

        Assert.Equal(50, inner.Asked);
    }

    [Fact]
    public async Task RetrieveAsync_asks_no_reranker_when_nothing_was_found()
    {
        var reranker = new LongestFirst();

        var found = await new RerankingRetriever(new CountingRetriever(0), reranker).RetrieveAsync(Question, 3);

        Assert.Empty(found);
        Assert.Equal(0, reranker.Calls);
    }

    [Fact]
    public async Task RetrieveAsync_passes_query_and_cancellation_on()
    {
        using var cancelled = new CancellationTokenSource();
        var reranker = new LongestFirst { Before = cancelled.Cancel };

        await Assert.ThrowsAsync<OperationCanceledException>(() => new RerankingRetriever(new CountingRetriever(3), reranker).RetrieveAsync(Question, 3, cancelled.Token));

        Assert.Same(Question, reranker.Last);
    }

    [Fact]
    public async Task RetrieveAsync_refuses_less_than_one_result() =>
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() => new RerankingRetriever(new CountingRetriever(3), new LongestFirst()).RetrieveAsync(Question, 0));

    [Fact]
    public void Depth_is_at_least_one() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => new RerankingRetriever(new CountingRetriever(3), new LongestFirst(), 0));

    /// <summary>Finds chunks d0, d1, ... of growing length, and notes how many it was asked for.</summary>
    private sealed class CountingRetriever(int count) : IRetriever
    {
        public int Asked { get; private set; }

        public Task<IReadOnlyList<ScoredChunk>> RetrieveAsync(Query query, int top, CancellationToken cancellationToken = default)
        {
            Asked = top;
            return Task.FromResult<IReadOnlyList<ScoredChunk>>([.. Enumerable.Range(0, Math.Min(top, count)).Select(i => new ScoredChunk(new Chunk($"d{i}#0", $"d{i}", new string('x', i + 1), new(0, i + 1)), 1.0 / (i + 1)))]);
        }
    }

    /// <summary>The longer the text, the better.</summary>
    private sealed class LongestFirst : IReranker
    {
        public Action Before { get; init; } = () => { };

        public int Calls { get; private set; }

        public Query? Last { get; private set; }

        public Task<IReadOnlyList<ScoredChunk>> RerankAsync(Query query, IReadOnlyList<ScoredChunk> candidates, int top, CancellationToken cancellationToken = default)
        {
            (Calls, Last) = (Calls + 1, query);
            Before();
            cancellationToken.ThrowIfCancellationRequested();
            return Task.FromResult<IReadOnlyList<ScoredChunk>>([.. candidates.Select(c => c with { Score = c.Chunk.Text.Length }).OrderByDescending(c => c.Score).ThenBy(c => c.Chunk.Id, StringComparer.Ordinal).Take(top)]);
        }
    }
}
