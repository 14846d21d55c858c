using System.Text.Json;

namespace Rag.Cli.Tests.Commands;

public sealed class SearchCommandTests(StoreFixture store) : IClassFixture<StoreFixture>
{
    private static readonly string[] Fields = ["rank", "chunkId", "documentId", "path", "title", "score", "page", "start", "end", "context", "text"];

    [Fact]
    public async Task Json_lists_passages_with_the_fields_of_the_contract()
    {
        var run = await store.RagAsync("search", "version column conflicts", "--json");

        Assert.Equal((0, ""), (run.Code, run.Error));
        var hit = run.Json.AssertArrayOf(Fields)[0];
        Assert.Equal((1, "docs/handbook.md", JsonValueKind.Null), (hit.Number("rank"), hit.Text("documentId"), hit.GetProperty("page").ValueKind));
        Assert.Equal(Path.Combine(store.Workspace.Docs, "handbook.md"), hit.Text("path"));
        Assert.Equal(hit.Text("text").Length, hit.Number("end") - hit.Number("start"));
    }

    [Fact]
    public async Task Why_adds_terms_whose_scores_sum_to_the_score()
    {
        var hit = (await store.RagAsync("search", "archive founded", "--why", "--filter", "product = ledger", "--json")).Json.AssertArrayOf([.. Fields, "why"])[0];

        var why = hit.GetProperty("why").AssertFields("retriever", "filter", "terms");
        var terms = why.GetProperty("terms").AssertArrayOf("term", "occurrences", "weight", "score");
        Assert.Equal(("default", "product = ledger"), (why.Text("retriever"), why.Text("filter")));
        Assert.Equal(hit.GetProperty("score").GetDouble(), terms.Sum(t => t.GetProperty("score").GetDouble()), 4);
    }

    [Fact]
    public async Task Why_shows_terms_and_weights_to_people()
    {
        var run = await store.RagAsync("search", "archive founded", "--why");

        Assert.Matches("""(?m)^\s+archiv\w*\s.*weight \d""", run.Out);
        Assert.Contains("retriever default, filter none", run.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_filter_hides_and_top_limits()
    {
        Assert.Equal("[]\n", (await store.RagAsync("search", "archive", "--filter", "product = other", "--json")).Out);
        Assert.Equal(1, (await store.RagAsync("search", "the archive", "--top", "1", "--json")).Json.GetArrayLength());
    }

    [Theory]
    [InlineData("default")]
    [InlineData("bm25")]
    [InlineData("bm25-lucene")]
    [InlineData("bm25-rm3")]
    [InlineData("bm25-ax")]
    [InlineData("bm25-rocchio")]
    [InlineData("ql")]
    [InlineData("ql-rm3")]
    [InlineData("ql-ax")]
    [InlineData("ql-rocchio")]
    public async Task Each_retriever_finds_the_passage(string retriever) =>
        Assert.Equal("docs/notes.txt", (await store.RagAsync("search", "who founded it", "--retriever", retriever, "--json")).Json[0].Text("documentId"));

    [Fact]
    public async Task Nothing_found_is_an_empty_list_and_a_sentence_for_people()
    {
        Assert.Equal((0, "[]\n"), (await store.RagAsync("search", "xylophone", "--json")) is var json ? (json.Code, json.Out) : default);
        Assert.Contains("Nothing found", (await store.RagAsync("search", "xylophone")).Error, StringComparison.Ordinal);
    }
}
