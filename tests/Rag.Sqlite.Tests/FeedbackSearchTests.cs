using Rag.Indexing.Feedback;
using Rag.Retrieval;
using Rag.Testing;

namespace Rag.Sqlite.Tests;

/// <summary>Feedback learns only from what the query may see.</summary>
public sealed class FeedbackSearchTests
{
    private static readonly Query Mine = new("needle") { Tenant = "me", Explain = true };

    [Fact]
    public async Task A_tenant_learns_nothing_from_the_passages_of_others()
    {
        await using var alone = await FilledAsync(others: null);
        await using var beside = await FilledAsync(others: "you");
        var expected = await FindAsync(alone, Mine);

        var found = await FindAsync(beside, Mine);

        Corpus.AssertSame(expected, found);
        Assert.Contains(found[0].Terms, t => t.Term == "thread (feedback)");
        Assert.Equal(expected.SelectMany(f => f.Terms), found.SelectMany(f => f.Terms));
    }

    [Fact]
    public async Task A_filter_hides_passages_from_learning()
    {
        await using var alone = await FilledAsync(others: null);
        await using var beside = await FilledAsync(others: "me");
        var query = Mine with { Filter = new Filter.In("owner", ["me"]) };

        Corpus.AssertSame(await FindAsync(alone, query), await FindAsync(beside, query));
        Assert.NotEqual((await FindAsync(alone, query)).Select(f => f.Score), (await FindAsync(beside, Mine)).Select(f => f.Score));
    }

    private static Task<IReadOnlyList<ScoredChunk>> FindAsync(SqliteChunkStore store, Query query) => new FeedbackRetriever(new KeywordRetriever(store), new Rm3Feedback()).RetrieveAsync(query, 10);

    private static async Task<SqliteChunkStore> FilledAsync(string? others)
    {
        var store = await SqliteChunkStore.OpenAsync(":memory:");
        await PutAsync(store, "me", "me", "needle thread", "thread pulled", i => $"straw{i} stalk");
        if (others is not null)
        {
            await PutAsync(store, "you", others, "needle secret", "secret secret", i => $"chaff{i}");
        }

        return store;
    }

    private static async Task PutAsync(SqliteChunkStore store, string owner, string tenant, string first, string second, Func<int, string> rest)
    {
        var document = Corpus.Text($"of {owner}", [first, second, .. Enumerable.Range(0, 30).Select(rest)]) with { Title = "", Tenant = tenant, Tags = new Dictionary<string, string> { ["owner"] = owner } };
        await store.ReplaceDocumentAsync(document, Corpus.Chunks(document));
    }
}
