using Rag.Evaluation.Collections;
using Rag.Retrieval;
using Rag.Testing;

namespace Rag.Evaluation.Tests.Collections;

public sealed class HeadRerankingTests
{
    private static readonly ScoredChunk[] Found = [.. "edcba".Select((c, i) => new ScoredChunk(new($"{c}#0", $"{c}", $"{c}", new(0, 1)), 10 - i))];

    [Theory]
    [InlineData(3, 5, "cdeba")]
    [InlineData(3, 4, "cdeb")]
    [InlineData(3, 2, "cd")] // the head is read whole, however few are asked for
    [InlineData(9, 5, "abcde")]
    [InlineData(1, 5, "edcba")]
    public async Task The_head_is_put_in_order_and_the_rest_stays_below(int depth, int top, string expected)
    {
        var found = await new HeadReranking(new ScriptedRetriever(Found), new Alphabetical(), depth).RetrieveAsync(new("q"), top);

        Assert.Equal(expected, string.Concat(found.Select(f => f.Chunk.Text)));
        Assert.Equal(found.OrderByDescending(f => f.Score), found);
        Assert.Equal(found.Count, found.Select(f => f.Score).Distinct().Count());
    }

    [Fact]
    public async Task Nothing_found_is_nothing_read() =>
        Assert.Empty(await new HeadReranking(new ScriptedRetriever(), new Alphabetical()).RetrieveAsync(new("q"), 5));

    [Fact]
    public void A_depth_below_one_is_refused() => Assert.Throws<ArgumentOutOfRangeException>(() => new HeadReranking(new ScriptedRetriever(Found), new Alphabetical(), 0));

    private sealed class Alphabetical : IReranker
    {
        public Task<IReadOnlyList<ScoredChunk>> RerankAsync(Query query, IReadOnlyList<ScoredChunk> candidates, int top, CancellationToken cancellationToken = default) => candidates.Count == 0
            ? throw new InvalidOperationException("There is nothing to rank.")
            : Task.FromResult<IReadOnlyList<ScoredChunk>>([.. candidates.OrderBy(c => c.Chunk.Id, StringComparer.Ordinal).Take(top).Select((c, i) => c with { Score = 1.0 / (i + 1) })]);
    }
}
