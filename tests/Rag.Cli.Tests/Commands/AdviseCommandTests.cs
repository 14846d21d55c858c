namespace Rag.Cli.Tests.Commands;

public sealed class AdviseCommandTests(StoreFixture store) : IClassFixture<StoreFixture>
{
    [Fact]
    public async Task Advise_measures_the_store_and_says_what_follows()
    {
        var small = await store.RagAsync("advise", "--json");
        var large = await store.RagAsync("advise", "--window", "16", "--churn", "0.5", "--price-in", "3", "--latency", "1", "--json");
        var people = await store.RagAsync("advise", "--manner");

        small.Json.AssertFields("advice", "documents", "tokens", "churn", "retrievalMs", "window", "retrievalCost", "wholeCost", "examples", "reasons");
        Assert.Equal("prompt", small.Json.Text("advice"));
        Assert.True(small.Json.Number("documents") > 0 && small.Json.Number("tokens") > 0);
        Assert.Equal(("retrieve", 0.5), (large.Json.Text("advice"), large.Json.GetProperty("churn").GetDouble()));
        Assert.Contains("How many documents change is not known", people.Out, StringComparison.Ordinal);
        Assert.Contains("0 rated answers are there", people.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Advise_refuses_what_is_no_figure()
    {
        (await store.RagAsync("advise", "--churn", "2")).AssertComplains(2, "--churn");
        (await Run.RagAsync("advise", "--store", "none.db")).AssertComplains(1, "none.db");
    }
}
