using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using Rag.Testing;
using Rag.Testing.Qdrant;

namespace Rag.Qdrant.Tests.Double;

/// <summary>A double with a collection <c>c</c> of dense and sparse vectors, spoken to in JSON. At the end all that was said is held against the published API, where that is at hand.</summary>
internal sealed class DoubleServer : IDisposable
{
    public const string Layout = """{"vectors":{"v":{"size":2,"distance":"Cosine"},"dot":{"size":2,"distance":"Dot"},"far":{"size":2,"distance":"Euclid"}},"sparse_vectors":{"words":{"modifier":"idf"},"plain":{}}}""";

    private readonly HttpClient _http;

    public DoubleServer(Version? version = null)
    {
        Server = new() { Version = version ?? new(1, 19, 0) };
        Server.Add("c", JsonNode.Parse(Layout)!.AsObject());
        _http = new(Server) { BaseAddress = new("http://double/") };
    }

    public QdrantDouble Server { get; }

    public async Task<(int Status, JsonNode? Answer)> SendAsync(string method, string path, string? body = null, CancellationToken cancellationToken = default)
    {
        using var request = new HttpRequestMessage(new(method), path) { Content = body is null ? null : new StringContent(body, Encoding.UTF8, "application/json") };
        using var reply = await _http.SendAsync(request, cancellationToken);
        var text = await reply.Content.ReadAsStringAsync(cancellationToken);
        return ((int)reply.StatusCode, text.StartsWith('{') ? JsonNode.Parse(text) : JsonValue.Create(text));
    }

    /// <summary>The result of what must succeed, sent to the collection <c>c</c>.</summary>
    public async Task<JsonNode> DoAsync(string method, string rest, string? body = null)
    {
        var (status, answer) = await SendAsync(method, $"collections/c/{rest}".TrimEnd('/'), body);
        Assert.True(status == (int)HttpStatusCode.OK, $"{method} {rest} answers {status}: {answer}");
        return answer!["result"]!;
    }

    public Task PutAsync(string points) => DoAsync("PUT", "points?wait=true", $$"""{"points":{{points}}}""");

    /// <summary>The ids that a filter lets through.</summary>
    public async Task<ulong[]> FilteredAsync(string filter) => Ids((await DoAsync("POST", "points/scroll", $$"""{"limit":1000,"filter":{{filter}}}"""))["points"]);

    /// <summary>Ids and scores of a query.</summary>
    public async Task<(ulong Id, float Score)[]> QueryAsync(string request) =>
        [.. (await DoAsync("POST", "points/query", request))["points"]!.AsArray().Select(p => ((ulong)p!["id"]!, (float)p["score"]!))];

    public static ulong[] Ids(JsonNode? points) => [.. points!.AsArray().Select(p => (ulong)p!["id"]!)];

    public void Dispose()
    {
        var published = SharedData.Folder is null ? null : Path.Combine(SharedData.Folder, "qdrant-openapi/openapi.json");
        if (File.Exists(published))
        {
            var document = OpenApiDocument.Load(published);
            Assert.Empty(Server.Exchanges.SelectMany(exchange => document.Faults(exchange).Select(fault => $"{exchange.Method} {exchange.Path}: {fault}")));
        }

        _http.Dispose();
        Server.Dispose();
    }
}
