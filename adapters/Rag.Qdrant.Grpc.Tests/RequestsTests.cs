using System.Text;
using System.Text.Json.Nodes;
using Google.Protobuf;
using Rag.Testing;
using Proto = Qdrant.Client.Grpc;

namespace Rag.Qdrant.Grpc.Tests;

public sealed class RequestsTests : IDisposable
{
    private static readonly JsonFormatter Formatter = new(JsonFormatter.Settings.Default.WithIndentation());

    private readonly TestServer _server = new();

    public void Dispose() => _server.Dispose();

    /// <summary>The messages that went to these methods.</summary>
    private void Check(string golden, params string[] methods) =>
        Golden.Check(golden, string.Concat(_server.Grpc.Calls.Where(c => methods.Contains(c.Method)).Select(c => $"{c.Method}\n{Formatter.Format(c.Request)}\n")));

    [Fact]
    public async Task A_collection_is_laid_out_as_it_was_asked_for()
    {
        var options = new QdrantStoreOptions { Collection = new() { Shards = 6, Replicas = 2, WriteConsistency = 2, OnDisk = true, Quantized = true, VectorSizes = [2] } };

        await using var store = await _server.OpenAsync(options: options);

        Check("create.txt", "Create");
    }

    [Fact]
    public async Task Points_with_vectors_and_payload_of_every_kind_are_sent()
    {
        await using var store = await _server.OpenAsync();

        await SendAsync(
            new QdrantGrpcTransport(_server.Client),
            HttpMethod.Put,
            "?wait=true",
            """
            {"points":[
              {"id":"00000000-0000-0000-0000-000000000001","vector":{"words":{"indices":[7,4294967295],"values":[0.5,1]},"dense-2":[0.6,-0.8]},"payload":{"text":"red fish","generation":1577836800000000,"groups":["*","g:staff"],"tags":{"year":"2024"}}},
              {"id":"00000000-0000-0000-0000-000000000002","vector":{},"payload":{"warnings":[]}}],
             "update_filter":{"must":[{"key":"generation","range":{"lt":1577836800000001}}]}}
            """);
        await SendAsync(
            new QdrantGrpcTransport(_server.Client),
            HttpMethod.Post,
            "/batch?wait=true",
            """
            {"operations":[
              {"set_payload":{"payload":{"kind":"chunk"},"filter":{"must":[{"key":"kind","match":{"any":["staged"]}}]}}},
              {"delete":{"filter":{"must_not":[{"is_empty":{"key":"write"}}]}}}]}
            """);

        Check("points.txt", "Upsert", "UpdateBatch");
    }

    [Fact]
    public async Task ReplaceDocument_waits_for_each_write()
    {
        await using var store = await _server.OpenAsync();
        _server.Grpc.Calls.Clear();
        var document = Corpus.Text("a", "red fish", "blue bird");

        await store.ReplaceDocumentAsync(document, Corpus.Chunks(document));

        Assert.Equal(["Get", "Upsert", "Upsert", "Get", "UpdateBatch"], _server.Grpc.Calls.Select(c => c.Method));
        Assert.All(_server.Grpc.Calls.Select(c => c.Request).OfType<Proto.UpsertPoints>(), r => Assert.True(r.Wait));
        Assert.True(Assert.Single(_server.Grpc.Calls.Select(c => c.Request).OfType<Proto.UpdateBatchPoints>()).Wait);
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
    [InlineData("/query", """{"query":{"nearest":[1,0.5]},"using":"dense-2","limit":3,"with_payload":true}""")]
    [InlineData("/query", """{"query":{"nearest":[1,0.5],"mmr":{"diversity":0.7,"candidates_limit":4}},"using":"dense-2","limit":3}""")]
    [InlineData("/query", """{"query":{"fusion":"dbsf"},"prefetch":[{"query":{"nearest":[1,0.5]},"using":"dense-2","limit":3},{"query":{"nearest":[0,1]},"using":"dense-2","limit":3}],"limit":3}""")]
    [InlineData("/query", """{"query":{"rrf":{"k":7,"weights":[1,3]}},"prefetch":[{"query":{"nearest":[1,0.5]},"using":"dense-2","limit":3},{"query":{"nearest":[0,1]},"using":"dense-2","limit":3}],"limit":3}""")]
    [InlineData("/query", """{"query":{"nearest":[1,0.5]},"using":"dense-2","limit":9,"filter":{"should":[{"key":"document","match":{"value":"b"}},{"must_not":[{"is_empty":{"key":"language"}}]}],"must":[{"key":"generation","range":{"lt":9000000000000000}}]}}""")]
    [InlineData("/query/groups", """{"query":{"nearest":[1,0.5]},"using":"dense-2","limit":2,"group_by":"document","group_size":2,"with_payload":true,"filter":{"must":[{"key":"kind","match":{"value":"chunk"}}]}}""")]
    public async Task A_request_gives_over_gRPC_what_it_gives_over_REST(string path, string request)
    {
        await using var store = await _server.OpenAsync();
        foreach (var id in (string[])["a", "b", "c"])
        {
            var document = Corpus.Text(id, "one", "two") with { Language = id == "c" ? "en" : null };
            await store.ReplaceDocumentAsync(document, Corpus.Chunks(document, i => [(id[0] - 'a') + 0.1f, i + 0.2f]));
        }

        var (overGrpc, overRest) = (await SendAsync(new QdrantGrpcTransport(_server.Client), HttpMethod.Post, path, request), await SendAsync(_server.Rest, HttpMethod.Post, path, request));

        Assert.NotEmpty(Shown(overRest));
        Assert.Equal(Shown(overRest), Shown(overGrpc));
    }

    [Theory]
    [InlineData("/query", """{"query":{"nearest":[1,0.5]},"filter":{"min_should":{"conditions":[],"min_count":1}},"with_lookup":"x"}""", "with_lookup")]
    [InlineData("/query", """{"filter":{"must":[{"key":"a","match":{"text_or":"x"}}]}}""", "text_or")]
    [InlineData("/discover", "{}", "points/discover")]
    public async Task What_is_not_known_is_refused_and_not_left_out(string path, string request, string named)
    {
        var error = await Assert.ThrowsAsync<NotSupportedException>(() => SendAsync(new QdrantGrpcTransport(_server.Client), HttpMethod.Post, path, request));

        Assert.Contains(named, error.Message, StringComparison.Ordinal);
        Assert.Contains("over REST", error.Message, StringComparison.Ordinal);
        Assert.Empty(_server.Grpc.Calls);
    }

    [Fact]
    public async Task A_file_is_refused()
    {
        using var invoker = new HttpMessageInvoker(new QdrantGrpcTransport(_server.Client));
        using var file = new HttpRequestMessage(HttpMethod.Post, "http://double/collections/docs/snapshots/upload") { Content = new ByteArrayContent([1, 2, 3]) };

        var error = await Assert.ThrowsAsync<NotSupportedException>(() => invoker.SendAsync(file, CancellationToken.None));

        Assert.Contains("'POST/snapshots/upload'", error.Message, StringComparison.Ordinal);
    }

    private static async Task<JsonNode> SendAsync(HttpMessageHandler to, HttpMethod method, string path, string request)
    {
        using var invoker = new HttpMessageInvoker(to, disposeHandler: false);
        using var message = new HttpRequestMessage(method, $"http://double/collections/docs/points{path}") { Content = new StringContent(request, Encoding.UTF8, "application/json") };
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
