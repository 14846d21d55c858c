using System.Net;
using System.Text.Json.Nodes;

namespace Rag.Testing.Qdrant;

/// <summary>The collections and what each path does with them. Not safe for concurrent use.</summary>
internal sealed class QdrantRoutes(Version version)
{
    private static readonly Version QueryApi = new(1, 10);
    private static readonly Version Facets = new(1, 12);
    private static readonly Version NewVectors = new(1, 18);

    private readonly SortedDictionary<string, DoubleCollection> _collections = new(StringComparer.Ordinal);

    /// <summary>What the server answers as the request's <c>result</c>. After <paramref name="changes"/> points changed it fails; never where null.</summary>
    /// <exception cref="QdrantRefusal">It answers with an error.</exception>
    public JsonNode Answer(QdrantRequest request, JsonNode body, int? changes)
    {
        var path = request.Segments;
        return (request.Method, path) switch
        {
            ("GET", ["collections"]) => new JsonObject { ["collections"] = new JsonArray([.. _collections.Keys.Select(name => new JsonObject { ["name"] = name })]) },
            ("GET", ["collections", var name, "exists"]) => new JsonObject { ["exists"] = _collections.ContainsKey(name) },
            ("PUT", ["collections", var name]) => Create(name, body),
            ("DELETE", ["collections", var name]) => JsonValue.Create(_collections.Remove(name)),
            (_, ["collections", var name, .. var rest]) => Answer(request, Find(name), rest, body, changes),
            _ => throw Nowhere(),
        };
    }

    private JsonNode Answer(QdrantRequest request, DoubleCollection collection, string[] path, JsonNode body, int? changes)
    {
        if (Update(request.Method, collection, path) is { } update)
        {
            collection.Budget = changes;
            try
            {
                update(body);
                return Done(request, collection);
            }
            finally
            {
                collection.Budget = null;
            }
        }

        var (reads, query) = (new PointReads(collection), new PointQuery(collection, version));
        return (request.Method, path) switch
        {
            ("GET", []) => collection.Describe(),
            ("PATCH", []) => Changed(() => collection.Layout.Update(body)),
            ("POST", ["points", "batch"]) => Batch(request, collection, body, changes),
            ("POST", ["points"]) => reads.Get(body),
            ("GET", ["points", var id]) => reads.Get(PointId.Read(ulong.TryParse(id, out var number) ? JsonValue.Create(number) : JsonValue.Create(id))),
            ("POST", ["points", "scroll"]) => reads.Scroll(body),
            ("POST", ["points", "count"]) => reads.Count(body),
            ("POST", ["facet"]) when version >= Facets => reads.Facet(body),
            ("POST", ["points", "query"]) when version >= QueryApi => query.Query(body),
            ("POST", ["points", "query", "batch"]) when version >= QueryApi => new JsonArray([.. body.Required("searches").AsArray().Select(s => query.Query(s!))]),
            ("POST", ["points", "query", "groups"]) when version >= QueryApi => query.Groups(body),
            ("GET", ["snapshots"]) => new JsonArray([.. collection.Snapshots.Select(Snapshot)]),
            ("POST", ["snapshots"]) => TakeSnapshot(request.Segments[1], collection),
            _ => throw Nowhere(),
        };
    }

    private Action<JsonNode>? Update(string method, DoubleCollection collection, string[] path)
    {
        var (updates, layout) = (new PointUpdates(collection, version), collection.Layout);
        return (method, path) switch
        {
            ("PUT", ["points"]) => updates.Upsert,
            ("POST", ["points", "delete"]) => updates.Delete,
            ("POST", ["points", "payload"]) => updates.Named("set_payload"),
            ("PUT", ["points", "payload"]) => updates.Named("overwrite_payload"),
            ("POST", ["points", "payload", "delete"]) => updates.DeletePayload,
            ("POST", ["points", "payload", "clear"]) => updates.ClearPayload,
            ("PUT", ["points", "vectors"]) => updates.UpdateVectors,
            ("POST", ["points", "vectors", "delete"]) => updates.DeleteVectors,
            ("PUT", ["index"]) => body => layout.Indexes[body.Text("field_name")] = body.Optional("field_schema")?.DeepClone() ?? JsonValue.Create("keyword"),
            ("DELETE", ["index", var field]) => _ => layout.Indexes.Remove(field),
            ("PUT", ["vectors", var vector]) when version >= NewVectors => body => layout.Add(vector, body),
            ("DELETE", ["vectors", var vector]) when version >= NewVectors => _ => layout.Remove(vector),
            _ => null,
        };
    }

    /// <summary>The operations one after the other; those before one that fails stay done.</summary>
    private JsonArray Batch(QdrantRequest request, DoubleCollection collection, JsonNode body, int? changes)
    {
        var updates = new PointUpdates(collection, version);
        var operations = body.Required("operations").AsArray().Select(o => o!.AsObject().Single()).Select(o => (Apply: updates.Named(o.Key), Body: o.Value!)).ToList();
        collection.Budget = changes;
        try
        {
            var results = new JsonArray();
            foreach (var (apply, operation) in operations)
            {
                apply(operation);
                results.Add(Done(request, collection));
            }

            return results;
        }
        finally
        {
            collection.Budget = null;
        }
    }

    private JsonValue Create(string name, JsonNode body)
    {
        if (_collections.ContainsKey(name))
        {
            throw new QdrantRefusal(HttpStatusCode.Conflict, $"Wrong input: Collection `{name}` already exists!");
        }

        return Changed(() => _collections[name] = new(body));
    }

    private DoubleCollection Find(string name) => _collections.GetValueOrDefault(name) ?? throw QdrantRefusal.NotFound($"Collection `{name}` doesn't exist!");

    private static JsonObject Done(QdrantRequest request, DoubleCollection collection) => new()
    {
        ["operation_id"] = collection.Operation,
        ["status"] = request.Query.Contains("wait=true", StringComparison.Ordinal) ? "completed" : "acknowledged",
    };

    private static JsonValue Changed(Action change)
    {
        change();
        return JsonValue.Create(true);
    }

    private static JsonNode TakeSnapshot(string name, DoubleCollection collection)
    {
        collection.Snapshots.Add($"{name}-{collection.Snapshots.Count + 1}.snapshot");
        return Snapshot(collection.Snapshots[^1]);
    }

    private static JsonNode Snapshot(string name) => new JsonObject { ["name"] = name, ["creation_time"] = null, ["size"] = 0, ["checksum"] = null };

    /// <summary>A path that the server's version does not have.</summary>
    private static QdrantRefusal Nowhere() => new(HttpStatusCode.NotFound, "") { Plain = true };
}
