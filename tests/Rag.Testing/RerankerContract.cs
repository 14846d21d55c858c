using Rag.Retrieval;

namespace Rag.Testing;

/// <summary>What holds for every re-ranker, whatever it is given. Seeded.</summary>
public abstract class RerankerContract
{
    private static readonly string[] Words = ["ferry", "harbour", "crane", "noon", "the", "漢字", "🦙", "[1]", "====="];
    private static readonly Query Question = new("When does the ferry leave the harbour?") { Explain = true };

    protected abstract IReranker Create();

    [Fact]
    public Task Results_are_candidates_and_none_is_lost() => EachAsync(async candidates =>
    {
        var all = await Create().RerankAsync(Question, candidates, candidates.Count + 5);

        Assert.Equal(candidates.Select(c => c.Chunk).OrderBy(c => c.Id, StringComparer.Ordinal), all.Select(f => f.Chunk).OrderBy(c => c.Id, StringComparer.Ordinal));
        Assert.Equal(all.OrderByDescending(f => f.Score).ThenBy(f => f.Chunk.Id, StringComparer.Ordinal), all);
        Assert.All(all, f => Assert.Equal(f.Score, f.Terms.Sum(t => t.Score), 9));
        Corpus.AssertSame([.. all.Take(3)], await Create().RerankAsync(Question, candidates, 3));
    });

    [Fact]
    public Task Scores_that_candidates_come_with_do_not_count() => EachAsync(async candidates =>
        Corpus.AssertSame(
            await Create().RerankAsync(Question, candidates, 100),
            await Create().RerankAsync(Question, [.. candidates.Select((c, i) => c with { Score = i % 3 })], 100)));

    [Fact]
    public Task Equal_texts_score_alike() => EachAsync(async candidates =>
        Assert.All((await Create().RerankAsync(Question, candidates, 100)).GroupBy(f => f.Chunk.Text), same => Assert.Single(same.Select(f => f.Score).Distinct())));

    [Fact]
    public async Task Nothing_gives_nothing() => Assert.Empty(await Create().RerankAsync(Question, [], 3));

    [Fact]
    public async Task A_cancelled_call_throws() =>
        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await Create().RerankAsync(Question, Candidates(new(1)), 3, new(canceled: true)));

    [Fact]
    public async Task Bad_arguments_are_refused()
    {
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(async () => await Create().RerankAsync(Question, [], 0));
        await Assert.ThrowsAsync<ArgumentNullException>(async () => await Create().RerankAsync(null!, [], 1));
        await Assert.ThrowsAsync<ArgumentNullException>(async () => await Create().RerankAsync(Question, null!, 1));
    }

    private static async Task EachAsync(Func<IReadOnlyList<ScoredChunk>, Task> check)
    {
        for (var seed = 0; seed < 20; seed++)
        {
            await check(Candidates(new(seed)));
        }
    }

    private static IReadOnlyList<ScoredChunk> Candidates(Random random) => [.. Enumerable.Range(0, random.Next(1, 40)).Select(i =>
    {
        var text = string.Join(' ', Enumerable.Range(0, random.Next(1, 4)).Select(_ => Words[random.Next(Words.Length)]));
        return new ScoredChunk(new($"d{i}#0", $"d{i}", text, new(0, text.Length)), 100 - i);
    })];
}
