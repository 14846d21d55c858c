using System.Text.Json.Nodes;
using Rag.Retrieval;
using Rag.Testing;

namespace Rag.OpenAI.Tests;

public sealed class OpenAIRerankerContractTests : RerankerContract, IDisposable
{
    private readonly OpenAIEndpoint _endpoint = new FakeServer(OpenAIRerankerTests.Shared).Endpoint();

    public void Dispose() => _endpoint.Dispose();

    protected override IReranker Create() => new OpenAIReranker(_endpoint, "r");
}

public sealed class OpenAIRerankerTests
{
    [Fact]
    public async Task Request_is_the_one_that_servers_share_and_holds_each_text_once()
    {
        var server = new FakeServer(Shared);
        using var endpoint = server.Endpoint();

        var scores = await new OpenAIReranker(endpoint, "r").ScoreAsync("ferry at noon", ["the ferry", "noon", "the ferry"], TestContext.Current.CancellationToken);

        Assert.Equal("POST http://127.0.0.1:8080/v1/rerank", server.Requests[0].Line);
        Assert.Equal("""{"model":"r","query":"ferry at noon","documents":["the ferry","noon"],"top_n":2}""", server.Requests[0].Body.GetRawText());
        Assert.Equal(scores[0], scores[2]);
    }

    [Fact]
    public async Task Model_reads_the_context_before_the_text()
    {
        var server = new FakeServer(Shared);
        using var endpoint = server.Endpoint();
        var chunk = new ScoredChunk(new("d#0", "d", "At noon.", new(0, 8)) { Context = "Ferry > Times" }, 1);

        await new OpenAIReranker(endpoint, "r").RerankAsync(new("When?"), [chunk], 1, TestContext.Current.CancellationToken);

        Assert.Equal("Ferry > Times\nAt noon.", server.Requests[0].Body.GetProperty("documents")[0].GetString());
    }

    [Theory]
    [InlineData("""{"results":[{"index":0,"relevance_score":1}]}""")]
    [InlineData("""{"results":[{"index":0,"relevance_score":1},{"index":0,"relevance_score":2}]}""")]
    [InlineData("""{"results":[{"index":0,"relevance_score":1},{"index":9,"relevance_score":2}]}""")]
    [InlineData("""{"results":[{"index":0,"relevance_score":1},{"index":1,"relevance_score":1e999}]}""")]
    [InlineData("""{"results":[{"index":0,"score":1},{"index":1,"score":1}]}""")]
    [InlineData("""[{"index":0,"score":1},{"index":1,"score":1}]""")]
    public async Task Reply_that_has_not_one_score_for_each_text_is_refused(string reply)
    {
        using var endpoint = FakeServer.Of(() => FakeServer.Json(reply)).Endpoint();

        var failure = await Assert.ThrowsAsync<OpenAIException>(() => new OpenAIReranker(endpoint, "r").ScoreAsync("q", ["a", "b"], TestContext.Current.CancellationToken));

        Assert.StartsWith("http://127.0.0.1:8080/v1 answers JSON of an unknown form", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Endpoint_that_has_no_re_ranker_says_so()
    {
        using var endpoint = FakeServer.Of(() => FakeServer.Json("""{"error":{"code":501,"message":"This server does not support reranking. Start it with `--reranking`"}}""", 501)).Endpoint();

        var failure = await Assert.ThrowsAsync<OpenAIException>(() => new OpenAIReranker(endpoint, "r").ScoreAsync("q", ["a"], TestContext.Current.CancellationToken));

        Assert.Contains("(501: This server does not support reranking. Start it with `--reranking`)", failure.Message, StringComparison.Ordinal);
    }

    /// <summary>A server whose score is the share of a text's words that the query has; the worst comes first.</summary>
    internal static HttpResponseMessage Shared(FakeRequest request)
    {
        var query = request.Body.GetProperty("query").GetString()!.Split(' ');
        var results = request.Body.GetProperty("documents").EnumerateArray()
            .Select((d, i) => (Index: i, Score: d.GetString()!.Split(' ') is var words ? words.Count(query.Contains) / (double)words.Length : 0))
            .OrderBy(r => r.Score)
            .Select(r => (JsonNode)new JsonObject { ["index"] = r.Index, ["relevance_score"] = r.Score });
        return FakeServer.Json(new JsonObject { ["model"] = "r", ["results"] = new JsonArray([.. results]) }.ToJsonString());
    }
}
