using System.Collections.Concurrent;
using System.Net;
using System.Text;
using System.Text.Json.Nodes;

namespace Rag.Testing.Qdrant;

/// <summary>One request and its answer.</summary>
public sealed record QdrantExchange(string Method, string Path, JsonNode? Request, int Status, JsonNode Response);

/// <summary>A refusal, as Qdrant words it.</summary>
public sealed class QdrantRefusalException(int status, string reason) : Exception(reason)
{
    public int Status { get; } = status;
}

/// <summary>A Qdrant server in memory that needs no socket: the endpoints that the store uses, each operation atomic, the operations of a batch one after the other.</summary>
public sealed class QdrantDouble : HttpMessageHandler
{
    private readonly Lock _gate = new();
    private readonly Dictionary<string, QdrantCollectionDouble> _collections = [];

    /// <summary>What the server says its version is. From 1.19 on it takes new vectors and counts idf within a corpus.</summary>
    public Version Version { get; init; } = new(1, 19, 0);

    /// <summary>The key that every request must carry, or <see langword="null"/> for none.</summary>
    public string? ApiKey { get; init; }

    /// <summary>Stands between the store and the server: gets the route, such as <c>PUT points</c>, and what passes the request on.</summary>
    public Func<string, CancellationToken, Func<Task<HttpResponseMessage>>, Task<HttpResponseMessage>> Between { get; set; } = (_, _, pass) => pass();

    /// <summary>Called before each operation of a batch with its place from 0; throwing leaves the batch half done.</summary>
    public Action<int> BeforeOperation { get; set; } = _ => { };

    /// <summary>Every request that reached the server.</summary>
    public ConcurrentQueue<QdrantExchange> Exchanges { get; } = [];

    /// <summary>A collection, for a test to look into or spoil.</summary>
    public QdrantCollectionDouble this[string name] => _collections[name];

    /// <summary>Makes a collection as another program would.</summary>
    public void Add(string name, JsonObject configuration) => _collections[name] = new(configuration);

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var body = request.Content is null ? null : JsonNode.Parse(await request.Content.ReadAsStringAsync(cancellationToken));
        var path = request.RequestUri!.AbsolutePath;
        string[] parts = path.Split('/', StringSplitOptions.RemoveEmptyEntries);
        var key = request.Headers.TryGetValues("api-key", out var keys) ? keys.Single() : null;
        return await Between($"{request.Method} {string.Join('/', parts.Skip(2))}".TrimEnd(), cancellationToken, () => Task.FromResult(Answer(request.Method.Method, path, parts, key, body)));
    }

    private HttpResponseMessage Answer(string method, string path, string[] parts, string? key, JsonNode? body)
    {
        var (status, answer) = (200, new JsonObject());
        try
        {
            if (ApiKey is not null && key != ApiKey)
            {
                throw new QdrantRefusalException(401, "Must provide an API key or an Authorization bearer token");
            }

            answer = parts.Length == 0
                ? new() { ["title"] = "qdrant - vector search engine", ["version"] = Version.ToString() }
                : new() { ["result"] = Result(method, parts, body), ["status"] = "ok", ["time"] = 0.001 };
        }
        catch (QdrantRefusalException e)
        {
            (status, answer) = (e.Status, new() { ["status"] = new JsonObject { ["error"] = e.Message }, ["time"] = 0.001 });
        }

        var json = answer.ToJsonString();
        Exchanges.Enqueue(new(method, path, body, status, JsonNode.Parse(json)!));
        return new((HttpStatusCode)status) { Content = new StringContent(json, Encoding.UTF8, "application/json") };
    }

    private JsonNode? Result(string method, string[] parts, JsonNode? body)
    {
        var name = Uri.UnescapeDataString(parts[1]);
        var route = $"{method} {string.Join('/', parts.Skip(2))}".TrimEnd();
        if (route == "PUT")
        {
            lock (_gate)
            {
                return _collections.TryAdd(name, new(body!.DeepClone().AsObject())) ? true : throw new QdrantRefusalException(409, $"Wrong input: Collection `{name}` already exists!");
            }
        }

        if (route == "POST points/batch")
        {
            return new JsonArray([.. body!["operations"]!.AsArray().Select((o, i) => Locked(name, c =>
            {
                BeforeOperation(i);
                return o!["set_payload"] is { } set ? c.SetPayload(set) : c.Delete(o["delete"]!);
            }))]);
        }

        return Locked(name, c => route switch
        {
            "GET" => Described(c),
            "PUT index" => Indexed(c, body!),
            "PUT points" => c.Upsert(body!),
            "POST points" => c.Retrieve(body!),
            "POST points/delete" => c.Delete(body!),
            "POST points/scroll" => c.Scroll(body!),
            "POST points/count" => c.Count(body!),
            "POST facet" => c.Facet(body!),
            "POST points/query" => c.Query(body!),
            "POST points/query/batch" => new JsonArray([.. body!["searches"]!.AsArray().Select(s => c.Query(s!))]),
            _ when parts is [_, _, "vectors", var vector] && Version >= new Version(1, 19) => Extended(c, vector, body!),
            _ => throw new QdrantRefusalException(404, $"no route for {route}"),
        });
    }

    private JsonNode? Locked(string name, Func<QdrantCollectionDouble, JsonNode?> work)
    {
        lock (_gate)
        {
            return work(_collections.TryGetValue(name, out var collection) ? collection : throw new QdrantRefusalException(404, $"Not found: Collection `{name}` doesn't exist!"));
        }
    }

    private static JsonObject Described(QdrantCollectionDouble collection) => new()
    {
        ["status"] = "green",
        ["optimizer_status"] = "ok",
        ["segments_count"] = 1,
        ["points_count"] = collection.Points.Count(),
        ["payload_schema"] = new JsonObject(collection.Indexes.Select(i => KeyValuePair.Create<string, JsonNode?>(i.Key, new JsonObject { ["data_type"] = i.Value!["type"]!.DeepClone(), ["points"] = 0 }))),
        ["config"] = new JsonObject
        {
            ["params"] = new JsonObject { ["vectors"] = collection.Vectors.DeepClone(), ["sparse_vectors"] = collection.Configuration["sparse_vectors"]?.DeepClone() },
            ["hnsw_config"] = new JsonObject { ["m"] = 16, ["ef_construct"] = 100, ["full_scan_threshold"] = 10000 },
            ["optimizer_config"] = new JsonObject { ["deleted_threshold"] = 0.2, ["vacuum_min_vector_number"] = 1000, ["default_segment_number"] = 0, ["flush_interval_sec"] = 5 },
        },
    };

    private static JsonObject Indexed(QdrantCollectionDouble collection, JsonNode body)
    {
        collection.Indexes[(string)body["field_name"]!] = body["field_schema"]!.DeepClone();
        return new() { ["operation_id"] = 0, ["status"] = "completed" };
    }

    private static JsonObject Extended(QdrantCollectionDouble collection, string vector, JsonNode body)
    {
        collection.Vectors[vector] = body["dense"]!.DeepClone();
        return new() { ["operation_id"] = 0, ["status"] = "completed" };
    }
}
