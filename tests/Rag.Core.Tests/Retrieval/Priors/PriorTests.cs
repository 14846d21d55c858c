using Rag.Retrieval;
using Rag.Retrieval.Priors;
using Rag.Testing;

namespace Rag.Core.Tests.Retrieval.Priors;

public sealed class PriorTests
{
    private static readonly ManualTime Epoch = new();

    [Theory]
    [InlineData("1970-01-01", 1)]
    [InlineData("1969-12-22", 0.75)]
    [InlineData("1969-12-12T00:00:00Z", 0.625)]
    [InlineData("1970", 1)]
    [InlineData("1999-01", 1)]
    [InlineData("0001", 0.5)]
    [InlineData("last week", 0.5)]
    [InlineData(null, 0.5)]
    public async Task Half_of_the_bonus_of_the_newest_is_left_after_the_half_life(string? date, double factor) =>
        Assert.Equal(factor, await FactorAsync(new RecencyPrior("date", TimeSpan.FromDays(10), time: Epoch), "date", date), 6);

    [Fact]
    public async Task Recency_is_also_that_of_storing()
    {
        await using var store = new InMemoryChunkStore();
        foreach (var id in (string[])["old", "new"])
        {
            var document = Corpus.Text(id, "ferry");
            await store.ReplaceDocumentAsync(document, Corpus.Chunks(document)); // a second apart
        }

        var time = new ManualTime();
        time.Advance(TimeSpan.FromSeconds(2));
        var found = await new PriorRetriever(new KeywordRetriever(store), new RecencyPrior(store, TimeSpan.FromSeconds(1), time: time)).RetrieveAsync(new("ferry"), 2);

        Assert.Equal(["new#0", "old#0"], found.Select(f => f.Chunk.Id));
        Assert.Equal(0.75, found[1].Score / found[0].Score, 9);
    }

    [Theory]
    [InlineData("50", 1.5)]
    [InlineData("150", 1.75)]
    [InlineData("0", 1)]
    [InlineData("-7", 1)]
    [InlineData("many", 1)]
    [InlineData("1e999", 1)]
    [InlineData(null, 1)]
    public async Task A_number_saturates(string? visits, double factor) => Assert.Equal(factor, await FactorAsync(new NumberPrior("visits", 50), "visits", visits), 9);

    [Theory]
    [InlineData("kind = a", 3)]
    [InlineData("kind = b", 1)]
    [InlineData("not kind = b and document = d and language = en and path = /d", 3)]
    [InlineData("kind in a..b or kind = z", 3)]
    public async Task What_a_filter_matches_is_preferred(string filter, double factor) => Assert.Equal(factor, await FactorAsync(new FilterPrior(FilterParser.Parse(filter), 3), "kind", "a"));

    [Theory]
    [InlineData("kind = a or not (type = x)")]
    [InlineData("tenant = x")]
    [InlineData("group in a..b")]
    public void What_a_passage_does_not_know_is_no_preference(string filter) => Assert.Throws<ArgumentException>(() => new FilterPrior(FilterParser.Parse(filter), 3));

    [Fact]
    public async Task A_higher_factor_raises_also_scores_below_zero_and_candidates_beyond_the_top()
    {
        ScoredChunk[] hits = [Hit("a", "b", 4), Hit("b", "b", 3), Hit("c", "a", 2), Hit("d", "b", -1), Hit("e", "a", -2)];

        var found = await new PriorRetriever(new ScriptedRetriever(hits), new FilterPrior(Filter.Equal("kind", "a"), 4)).RetrieveAsync(new("q"), 9);

        Assert.Equal([("c#0", 8d), ("a#0", 4d), ("b#0", 3d), ("e#0", -0.5), ("d#0", -1d)], found.Select(f => (f.Chunk.Id, f.Score)));
        Assert.Equal("c#0", Assert.Single(await new PriorRetriever(new ScriptedRetriever(hits), new FilterPrior(Filter.Equal("kind", "a"), 4)).RetrieveAsync(new("q"), 1)).Chunk.Id);
    }

    [Fact]
    public void Bad_arguments_are_refused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => new RecencyPrior("date", TimeSpan.Zero));
        Assert.Throws<ArgumentOutOfRangeException>(() => new RecencyPrior("date", TimeSpan.FromDays(1), 1));
        Assert.Throws<ArgumentException>(() => new RecencyPrior(" ", TimeSpan.FromDays(1)));
        Assert.Throws<ArgumentOutOfRangeException>(() => new NumberPrior("visits", 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => new NumberPrior("visits", 1, -1));
        Assert.Throws<ArgumentOutOfRangeException>(() => new FilterPrior(Filter.All, 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => new PriorRetriever(new ScriptedRetriever(), new NumberPrior("visits", 1), 0));
    }

    private static async Task<double> FactorAsync(IPrior prior, string tag, string? value)
    {
        var chunk = new Chunk("d#0", "d", "text", new(0, 4)) { Language = "en", Path = "/d", Tags = value is null ? new Dictionary<string, string>() : new Dictionary<string, string> { [tag] = value } };
        return Assert.Single(await prior.FactorsAsync(new("q"), [chunk]));
    }

    private static ScoredChunk Hit(string document, string kind, double score) => new(new($"{document}#0", document, "text", new(0, 4)) { Tags = new Dictionary<string, string> { ["kind"] = kind } }, score);
}
