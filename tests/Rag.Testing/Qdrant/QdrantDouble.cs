using System.Collections.Concurrent;
using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using System.Web;

namespace Rag.Testing.Qdrant;

/// <summary>A request that the server answered and its answer: JSON, or a text where the server gives no JSON.</summary>
public sealed record QdrantExchange(string Method, string Path, JsonNode? Request, int Status, JsonNode Response);

/// <summary>
/// A Qdrant server in memory that needs no socket: its REST API in its forms and words, as its documentation and published API have them. Searches are exact. What
/// the double does not do throws <see cref="NotSupportedException"/> rather than answer wrongly. Requests are dealt with one after the other; safe for concurrent
/// use, so that several clients over one double are several programs over one server.
/// </summary>
public sealed class QdrantDouble : HttpMessageHandler
{
    private readonly Lock _gate = new();
    private readonly SortedDictionary<string, QdrantCollectionDouble> _collections = new(StringComparer.Ordinal);
    private CollectionSnapshots? _snapshots;

    /// <summary>The version that the server says it has, and whose fields and paths it knows; 1.19.0 by default.</summary>
    public Version Version { get; init; } = new(1, 19, 0);

    /// <summary>The key that every request must carry; none where null.</summary>
    public string? ApiKey { get; init; }

    /// <summary>The largest body that is taken, in bytes; 32 MiB as the server's configuration has it.</summary>
    public int MaxRequestBytes { get; init; } = 32 << 20;

    /// <summary>Stands between the callers and the server. <see cref="QdrantFaults"/> has the usual ones; by default nothing does.</summary>
    public QdrantFault Between { get; set; } = QdrantFaults.None;

    /// <summary>Called before each operation of a batch with its place from 0; throwing leaves the batch half done.</summary>
    public Action<int> BeforeOperation { get; set; } = _ => { };

    /// <summary>Called before each point that a request changes with its place from 0; throwing leaves the request half done.</summary>
    public Action<int> BeforePoint { get; set; } = _ => { };

    /// <summary>The requests that the server answered, in the order in which it did; also those whose answer was lost on the way.</summary>
    public ConcurrentQueue<QdrantExchange> Exchanges { get; } = [];

    /// <summary>A collection, to look into or to spoil.</summary>
    public QdrantCollectionDouble this[string name] => _collections[name];

    /// <summary>Makes a collection as another program would; <paramref name="request"/> is what <c>PUT collections/NAME</c> takes.</summary>
    public void Add(string name, JsonObject request) => _collections.Add(name, new(request, Version));

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var text = request.Content is null ? "" : await (request.Content is MultipartFormDataContent form ? Uploaded(form) : request.Content).ReadAsStringAsync(cancellationToken);
        cancellationToken.ThrowIfCancellationRequested();
        string[] path = [.. request.RequestUri!.AbsolutePath.Split('/', StringSplitOptions.RemoveEmptyEntries).Select(Uri.UnescapeDataString)];
        var route = string.Join(' ', (string[])[request.Method.Method, string.Join('/', path.Skip(2))]).TrimEnd();
        return await Between(route, cancellationToken, () => Task.FromResult(Answer(request, path, text)));
    }

    private static JsonObject Error(string reason) => new() { ["status"] = new JsonObject { ["error"] = reason }, ["time"] = 0 };

    private static HttpContent Uploaded(MultipartFormDataContent form) =>
        form.Single(part => part.Headers.ContentDisposition is { Name: "snapshot" or "\"snapshot\"", FileName: not null });

    private HttpResponseMessage Answer(HttpRequestMessage request, string[] path, string text)
    {
        var (status, sent, answer) = (200, (JsonNode?)null, (JsonNode)new JsonObject());
        lock (_gate)
        {
            try
            {
                CheckKey(request);
                sent = request.Content is MultipartFormDataContent ? null : QdrantBody.Read(text, request.Content?.Headers.ContentType?.MediaType, MaxRequestBytes);
                answer = (request.Method.Method, path) switch
                {
                    ("GET", []) => new JsonObject { ["title"] = "qdrant - vector search engine", ["version"] = Version.ToString() },
                    ("GET", ["collections", var name, "snapshots", var file]) => JsonValue.Create(Snapshots.Read(name, file)),
                    ("POST", ["collections", var name, "snapshots", "upload"]) => Result(Restored(name, text, HttpUtility.ParseQueryString(request.RequestUri!.Query)["checksum"])),
                    _ => Result(Result(request, path, sent ?? new JsonObject())),
                };
            }
            catch (QdrantRefusalException refusal)
            {
                // A wrong key and an unknown path are dealt with before the part of the server that speaks JSON.
                (status, answer) = (refusal.Status, refusal.Status == 401 || refusal.Message.Length == 0 ? JsonValue.Create(refusal.Message) : Error(refusal.Message));
            }

            var json = answer.ToJsonString();
            Exchanges.Enqueue(new(request.Method.Method, request.RequestUri!.AbsolutePath, sent, status, JsonNode.Parse(json)!));
            var content = answer is JsonObject ? new StringContent(json, Encoding.UTF8, "application/json") : new StringContent(answer.GetValue<string>());
            return new((HttpStatusCode)status) { Content = content };
        }
    }

    private CollectionSnapshots Snapshots => _snapshots ??= new(Version);

    private static JsonObject Result(JsonNode result) => new() { ["result"] = result, ["status"] = "ok", ["time"] = 0 };

    private JsonValue Restored(string name, string text, string? checksum)
    {
        _collections[name] = Snapshots.Restore(text, checksum);
        return JsonValue.Create(true);
    }

    private JsonNode Result(HttpRequestMessage request, string[] path, JsonNode body)
    {
        switch (request.Method.Method, path)
        {
            case ("GET", ["collections"]):
                return new JsonObject { ["collections"] = new JsonArray([.. _collections.Keys.Select(name => new JsonObject { ["name"] = name })]) };
            case ("GET", ["collections", var name, "exists"]):
                return new JsonObject { ["exists"] = _collections.ContainsKey(name) };
            case ("PUT", ["collections", var name]):
                return _collections.TryAdd(name, new(body, Version)) ? true : throw new QdrantRefusalException(409, $"Wrong input: Collection `{name}` already exists!");
            case ("DELETE", ["collections", var name]):
                return _collections.Remove(name);
            case ("PUT", ["collections", var name, "snapshots", "recover"]):
                return Restored(name, Snapshots.Fetch(new(body.Text("location"))), body.Optional("checksum")?.GetValue<string>());
            case (var method, ["collections", var name, .. var rest]):
                var collection = _collections.GetValueOrDefault(name) ?? throw QdrantRefusalException.NotFound($"Collection `{name}` doesn't exist!");
                return (method, rest) switch
                {
                    ("GET", ["snapshots"]) => Snapshots.List(name),
                    ("POST", ["snapshots"]) => Snapshots.Take(name, collection),
                    ("DELETE", ["snapshots", var file]) => Snapshots.Delete(name, file),
                    _ => new QdrantRoutes(collection, request.RequestUri!.Query, BeforeOperation, BeforePoint).Answer(method, rest, body),
                };
            default:
                throw QdrantRoutes.Nowhere();
        }
    }

    private void CheckKey(HttpRequestMessage request)
    {
        if (ApiKey is null)
        {
            return;
        }

        var given = request.Headers.TryGetValues("api-key", out var keys) ? keys.Single()
            : request.Headers.Authorization is { Scheme: "Bearer" } bearer ? bearer.Parameter
            : throw new QdrantRefusalException(401, "Must provide an API key or an Authorization bearer token");
        if (given != ApiKey)
        {
            throw new QdrantRefusalException(401, "Invalid API key or JWT");
        }
    }
}
