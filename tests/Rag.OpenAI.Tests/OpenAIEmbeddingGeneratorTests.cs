using System.Text.Json.Nodes;
using Microsoft.Extensions.AI;

namespace Rag.OpenAI.Tests;

public sealed class OpenAIEmbeddingGeneratorTests
{
    [Fact]
    public async Task Vectors_come_in_the_order_of_the_texts_whatever_the_batches_and_the_servers_order()
    {
        string[] texts = [.. Enumerable.Range(0, 23).Select(i => new string('x', i + 1))];
        for (var size = 1; size <= 24; size++)
        {
            var server = new FakeServer(Lengths);
            using var endpoint = server.Endpoint();

            var vectors = await new OpenAIEmbeddingGenerator(endpoint, "e", new() { BatchSize = size }).GenerateAsync(texts, cancellationToken: TestContext.Current.CancellationToken);

            Assert.Equal(texts.Select(t => (float)t.Length), vectors.Select(v => v.Vector.Span[0]));
            Assert.Equal((texts.Sum(t => t.Length), (23 + size - 1) / size), ((int)vectors.Usage!.InputTokenCount!, server.Requests.Count));
            Assert.All(vectors, v => Assert.Equal("e", v.ModelId));
        }
    }

    [Fact]
    public async Task Request_says_model_texts_and_dimensions()
    {
        var server = new FakeServer(Lengths);
        using var endpoint = server.Endpoint();
        var generator = new OpenAIEmbeddingGenerator(endpoint, "e", new() { Dimensions = 2 });

        await generator.GenerateAsync(["Zoë"], new() { AdditionalProperties = new() { ["truncate"] = true } }, TestContext.Current.CancellationToken);
        await generator.GenerateAsync(["Zoë"], new() { Dimensions = 3, ModelId = "f" }, TestContext.Current.CancellationToken);

        Assert.Equal("POST http://127.0.0.1:8080/v1/embeddings", server.Requests[0].Line);
        Assert.Equal("""{"model":"e","input":["Zo\u00EB"],"encoding_format":"float","dimensions":2,"truncate":true}""", server.Requests[0].Body.GetRawText());
        Assert.Equal("""{"model":"f","input":["Zo\u00EB"],"encoding_format":"float","dimensions":3}""", server.Requests[1].Body.GetRawText());
    }

    [Fact]
    public async Task Questions_and_passages_get_their_own_prompt_and_share_a_name()
    {
        var server = new FakeServer(Lengths);
        using var endpoint = server.Endpoint();
        var documents = new OpenAIEmbeddingGenerator(endpoint, "e5", new() { QueryPrompt = "query: ", DocumentPrompt = "passage: ", Dimensions = 2 });
        var queries = documents.ForQueries();

        await documents.GenerateAsync(["a"], cancellationToken: TestContext.Current.CancellationToken);
        await queries.GenerateAsync(["a"], cancellationToken: TestContext.Current.CancellationToken);

        Assert.Equal(["passage: a", "query: a"], server.Requests.Select(r => r.Body.GetProperty("input")[0].GetString()));
        var metadata = documents.GetService<EmbeddingGeneratorMetadata>()!;
        Assert.Equal(("e5 after 'passage: '", 2, new Uri(FakeServer.Address)), (metadata.DefaultModelId, metadata.DefaultModelDimensions, metadata.ProviderUri));
        Assert.Equal(metadata.DefaultModelId, queries.GetService<EmbeddingGeneratorMetadata>()!.DefaultModelId);
    }

    [Theory]
    [InlineData("""{"data":[{"index":0,"embedding":[1]}]}""")]
    [InlineData("""{"data":[{"index":0,"embedding":[1]},{"index":0,"embedding":[1]}]}""")]
    [InlineData("""{"data":[{"index":0,"embedding":[1]},{"index":2,"embedding":[1]}]}""")]
    [InlineData("""{"data":[{"index":0,"embedding":[1]},{"index":1,"embedding":[]}]}""")]
    [InlineData("""{"data":[{"index":0,"embedding":[1]},{"index":1,"embedding":[1e99]}]}""")]
    [InlineData("""{"data":[{"index":0,"embedding":[1]},{"index":1,"embedding":[null]}]}""")]
    [InlineData("""{"data":[{"index":0,"embedding":[1]},{"index":1,"embedding":[1,2]}]}""")]
    [InlineData("""{"data":[{"embedding":"AACAPw=="},{"embedding":"AACAPw=="}]}""")]
    [InlineData("""{"embedding":[1]}""")]
    public async Task Reply_that_has_not_one_vector_for_each_text_is_refused(string reply)
    {
        using var endpoint = FakeServer.Of(() => FakeServer.Json(reply)).Endpoint();

        var failure = await Assert.ThrowsAsync<OpenAIException>(() => new OpenAIEmbeddingGenerator(endpoint, "e").GenerateAsync(["a", "b"], cancellationToken: TestContext.Current.CancellationToken));

        Assert.StartsWith("http://127.0.0.1:8080/v1 answers ", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Nothing_gives_nothing_and_null_is_refused()
    {
        var server = new FakeServer(Lengths);
        using var endpoint = server.Endpoint();
        var generator = new OpenAIEmbeddingGenerator(endpoint, "e");

        Assert.Empty(await generator.GenerateAsync([], cancellationToken: TestContext.Current.CancellationToken));
        await Assert.ThrowsAsync<ArgumentException>(() => generator.GenerateAsync(["a", null!], cancellationToken: TestContext.Current.CancellationToken));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => generator.GenerateAsync(["a"], cancellationToken: new(canceled: true)));
        Assert.Empty(server.Requests);
        Assert.Throws<ArgumentOutOfRangeException>(() => new OpenAIEmbeddingOptions { Dimensions = 0 });
        Assert.Throws<ArgumentOutOfRangeException>(() => new OpenAIEmbeddingOptions { BatchSize = 0 });
    }

    // The vector of a text is its length and 1; the last text comes first.
    private static HttpResponseMessage Lengths(FakeRequest request)
    {
        var texts = request.Body.GetProperty("input").EnumerateArray().Select(t => t.GetString()!).ToList();
        var data = texts.Select((t, i) => (JsonNode)new JsonObject { ["index"] = i, ["embedding"] = new JsonArray(t.Length, 1) }).Reverse();
        return FakeServer.Json(new JsonObject { ["data"] = new JsonArray([.. data]), ["usage"] = new JsonObject { ["prompt_tokens"] = texts.Sum(t => t.Length) } }.ToJsonString());
    }
}
