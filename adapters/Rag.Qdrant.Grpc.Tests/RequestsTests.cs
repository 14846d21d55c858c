using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Google.Protobuf;
using Rag.Testing;

namespace Rag.Qdrant.Grpc.Tests;

public sealed partial class RequestsTests : IDisposable
{
    private static readonly JsonFormatter Formatter = new(JsonFormatter.Settings.Default.WithIndentation());

    private readonly TestServer _server = new();

    public void Dispose() => _server.Dispose();

    private sealed class StoppedClock : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => DateTimeOffset.UnixEpoch.AddYears(50);
    }

    [GeneratedRegex("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")]
    private static partial Regex Uuid();

    /// <summary>The messages that went to these methods; ids, which differ from run to run, blotted out.</summary>
    private void Check(string golden, params string[] methods) =>
        Golden.Check(golden, Uuid().Replace(string.Concat(_server.Grpc.Calls.Where(c => methods.Contains(c.Method)).Select(c => $"{c.Method}\n{Formatter.Format(c.Request)}\n")), "(uuid)"));

    [Fact]
    public async Task A_collection_is_laid_out_as_it_was_asked_for()
    {
        var options = new QdrantStoreOptions { Collection = new() { Shards = 6, Replicas = 2, WriteConsistency = 2, OnDisk = true, Quantized = true, VectorSizes = [2] } };

        await using var store = await _server.OpenAsync(options: options);

        Check("create.txt", "Create");
    }

    [Fact]
    public async Task ReplaceDocument_sends_chunks_then_the_document_then_the_switch()
    {
        await using var store = await _server.OpenAsync(options: new() { Clock = new StoppedClock() });
        _server.Grpc.Calls.Clear();
        var document = Corpus.Text("a", "red fish", "blue bird") with { Tenant = "t", Groups = ["staff"], Tags = new Dictionary<string, string> { ["year"] = "2024" } };

        await store.ReplaceDocumentAsync(document, Corpus.Chunks(document, i => [i, 1], "model m"));

        Check("replace.txt", "Upsert", "UpdateBatch");
    }

    [Fact]
    public async Task SearchHybrid_sends_one_request()
    {
        await using var store = await _server.OpenAsync(options: new() { Collection = new() { VectorSizes = [2] } });
        _server.Grpc.Calls.Clear();
        var query = new Query("red fish") { Tenant = "t", Groups = ["staff"], Filter = FilterParser.Parse("product in (x, y) and not language = de") };

        await store.SearchHybridAsync(new float[] { 0.6f, 0.8f }, query, 5, new QdrantFusion.ReciprocalRank(20, 2, 1));

        Assert.Single(_server.Grpc.Calls);
        Check("hybrid.txt", "Query");
    }

    [Theory]
    [InlineData("query", """{"query":{"nearest":[1,0.5]},"using":"dense-2","limit":3,"with_payload":true}""")]
    [InlineData("query", """{"query":{"nearest":[1,0.5],"mmr":{"diversity":0.7,"candidates_limit":4}},"using":"dense-2","limit":3}""")]
    [InlineData("query", """{"query":{"fusion":"dbsf"},"prefetch":[{"query":{"nearest":[1,0.5]},"using":"dense-2","limit":3},{"query":{"nearest":[0,1]},"using":"dense-2","limit":3}],"limit":3}""")]
    [InlineData("query", """{"query":{"rrf":{"k":7,"weights":[1,3]}},"prefetch":[{"query":{"nearest":[1,0.5]},"using":"dense-2","limit":3},{"query":{"nearest":[0,1]},"using":"dense-2","limit":3}],"limit":3}""")]
    [InlineData("query", """{"query":{"nearest":[1,0.5]},"using":"dense-2","limit":9,"filter":{"should":[{"key":"document","match":{"value":"b"}},{"must_not":[{"is_empty":{"key":"language"}}]}],"must":[{"key":"generation","range":{"lt":9000000000000000}}]}}""")]
    [InlineData("query/groups", """{"query":{"nearest":[1,0.5]},"using":"dense-2","limit":2,"group_by":"document","group_size":2,"with_payload":true,"filter":{"must":[{"key":"kind","match":{"value":"chunk"}}]}}""")]
    public async Task A_request_gives_over_gRPC_what_it_gives_over_REST(string path, string request)
    {
        await using var store = await _server.OpenAsync();
        foreach (var id in (string[])["a", "b", "c"])
        {
            var document = Corpus.Text(id, "one", "two") with { Language = id == "c" ? "en" : null };
            await store.ReplaceDocumentAsync(document, Corpus.Chunks(document, i => [(id[0] - 'a') + 0.1f, i + 0.2f]));
        }

        var (overGrpc, overRest) = (await SendAsync(new QdrantGrpcTransport(_server.Client), path, request), await SendAsync(_server.Rest, path, request));

        Assert.NotEmpty(Shown(overRest));
        Assert.Equal(Shown(overRest), Shown(overGrpc));
    }

    [Theory]
    [InlineData("query", """{"query":{"nearest":[1,0.5]},"filter":{"min_should":{"conditions":[],"min_count":1}},"with_lookup":"x"}""", "with_lookup")]
    [InlineData("query", """{"filter":{"must":[{"key":"a","match":{"text_or":"x"}}]}}""", "text_or")]
    [InlineData("discover", "{}", "points/discover")]
    public async Task What_is_not_known_is_refused_and_not_left_out(string path, string request, string named)
    {
        var error = await Assert.ThrowsAsync<NotSupportedException>(() => SendAsync(new QdrantGrpcTransport(_server.Client), path, request));

        Assert.Contains(named, error.Message, StringComparison.Ordinal);
        Assert.Contains("over REST", error.Message, StringComparison.Ordinal);
        Assert.Empty(_server.Grpc.Calls);
    }

    private static async Task<JsonNode> SendAsync(HttpMessageHandler to, string path, string request)
    {
        using var invoker = new HttpMessageInvoker(to, disposeHandler: false);
        using var message = new HttpRequestMessage(HttpMethod.Post, $"http://double/collections/docs/points/{path}") { Content = new StringContent(request, Encoding.UTF8, "application/json") };
        using var reply = await invoker.SendAsync(message, CancellationToken.None);
        return JsonNode.Parse(await reply.Content.ReadAsStringAsync())!["result"]!;
    }

    /// <summary>Each point with its score and text, group by group.</summary>
    private static List<string> Shown(JsonNode result) =>
    [
        .. (result["groups"] is JsonArray groups ? groups.SelectMany(g => g!["hits"]!.AsArray().Prepend(g["id"])) : result["points"]!.AsArray())
            .Select(p => p is JsonValue ? $"{p}" : FormattableString.Invariant($"{p!["id"]} {(float)p["score"]!:F6} {p["payload"]?["text"]}")),
    ];
}
