using Microsoft.Extensions.AI;

namespace Rag.OpenAI.Tests;

/// <summary>The code of docs/how-to/use-an-endpoint.md, run.</summary>
public sealed class EndpointPageTests
{
    [Fact]
    public async Task Code_of_the_page_runs()
    {
        var server = new FakeServer(request => request.Line switch
        {
            "POST http://127.0.0.1:8080/v1/chat/completions" => FakeServer.Events([Answers.Text("Noon."), Answers.Stop]),
            "POST http://127.0.0.1:8080/v1/embeddings" => FakeServer.Json("""{"data":[{"index":0,"embedding":[1,0]}]}"""),
            _ => OpenAIRerankerTests.Shared(request),
        });

        Assert.Equal("Noon.", await RunAsync("sk-1", server, TestContext.Current.CancellationToken));
        Assert.Equal(3, server.Requests.Count);
    }

    private static async Task<string> RunAsync(string key, HttpMessageHandler handler, CancellationToken cancellationToken)
    {
        var written = "";
        // <endpoint>
        using var endpoint = new OpenAIEndpoint("http://127.0.0.1:8080/v1", new() { ApiKey = key, Timeout = TimeSpan.FromMinutes(1) }, handler);
        var chat = new OpenAIChatClient(endpoint, "qwen3-4b-instruct");
        var embedder = new OpenAIEmbeddingGenerator(endpoint, "e5-small", new() { QueryPrompt = "query: ", DocumentPrompt = "passage: " });
        var reranker = new OpenAIReranker(endpoint, "bge-reranker-v2-m3");

        await foreach (var update in chat.GetStreamingResponseAsync("When does the ferry leave?", new() { MaxOutputTokens = 200 }, cancellationToken))
            written += update.Text;
        var vector = await embedder.ForQueries().GenerateVectorAsync("ferry times", cancellationToken: cancellationToken);
        var scores = await reranker.ScoreAsync("ferry times", ["The ferry leaves at noon.", "The crane is red."], cancellationToken);
        // </endpoint>
        return vector.Length == 2 && scores.Count == 2 ? written : "";
    }
}
