using System.Text.Json.Nodes;

namespace Rag.Testing.Qdrant;

/// <summary>What each path of a collection does.</summary>
/// <remarks>A route is a method and the path below the collection, such as <c>PUT points</c>.</remarks>
internal sealed class QdrantRoutes(QdrantCollectionDouble collection, string query, Action<int> beforeOperation, Action<int> beforePoint)
{
    private static readonly Version QueryApi = new(1, 10);
    private static readonly Version Facets = new(1, 12);
    private static readonly Version NewVectors = new(1, 18);

    private readonly PointUpdates _updates = new(collection);

    /// <summary>The path that no server of this version has.</summary>
    public static QdrantRefusalException Nowhere() => new(404, "");

    /// <summary>What the server answers as the request's <c>result</c>.</summary>
    /// <exception cref="QdrantRefusalException">It answers with an error.</exception>
    public JsonNode Answer(string method, string[] path, JsonNode body)
    {
        if (Update(method, path) is { } update)
        {
            collection.Update(() => update(body), beforePoint);
            return Done();
        }

        var (reads, search) = (new PointReads(collection), new PointQuery(collection));
        return (method, path) switch
        {
            ("GET", []) => collection.Describe(),
            ("PATCH", []) => Patch(body),
            ("POST", ["points"]) => reads.Get(body),
            ("GET", ["points", var id]) => reads.Get(PointId.Read(ulong.TryParse(id, out var number) ? JsonValue.Create(number) : JsonValue.Create(id))),
            ("POST", ["points", "scroll"]) => reads.Scroll(body),
            ("POST", ["points", "count"]) => reads.Count(body),
            ("POST", ["points", "batch"]) => Batch(body),
            ("POST", ["facet"]) when collection.Version >= Facets => reads.Facet(body),
            ("POST", ["points", "query"]) when collection.Version >= QueryApi => search.Query(body),
            ("POST", ["points", "query", "batch"]) when collection.Version >= QueryApi => new JsonArray([.. body.Required("searches").AsArray().Select(s => search.Query(s!))]),
            ("POST", ["points", "query", "groups"]) when collection.Version >= QueryApi => search.Groups(body),
            _ => throw Nowhere(),
        };
    }

    private Action<JsonNode>? Update(string method, string[] path) => (method, path) switch
    {
        ("PUT", ["points"]) => _updates.Upsert,
        ("POST", ["points", "delete"]) => _updates.Delete,
        ("POST", ["points", "payload"]) => _updates.Named("set_payload"),
        ("PUT", ["points", "payload"]) => _updates.Named("overwrite_payload"),
        ("POST", ["points", "payload", "delete"]) => _updates.DeletePayload,
        ("POST", ["points", "payload", "clear"]) => _updates.ClearPayload,
        ("PUT", ["points", "vectors"]) => _updates.UpdateVectors,
        ("POST", ["points", "vectors", "delete"]) => _updates.DeleteVectors,
        ("PUT", ["index"]) => body => collection.Layout.Indexes[body.Text("field_name")] = body.Optional("field_schema")?.DeepClone() ?? JsonValue.Create("keyword"),
        ("DELETE", ["index", var field]) => _ => collection.Layout.Indexes.Remove(field),
        ("PUT", ["vectors", var vector]) when collection.Version >= NewVectors => body => collection.Layout.Add(vector, body),
        ("DELETE", ["vectors", var vector]) when collection.Version >= NewVectors => _ => collection.RemoveVector(vector),
        _ => null,
    };

    /// <summary>The operations one after the other; those before one that fails stay done.</summary>
    private JsonArray Batch(JsonNode body)
    {
        var operations = body.Required("operations").AsArray().Select(o => o!.AsObject().Single()).Select(o => (Apply: _updates.Named(o.Key), Body: o.Value!)).ToList();
        var results = new JsonArray();
        collection.Update(
            () =>
            {
                foreach (var (i, (apply, operation)) in operations.Index())
                {
                    beforeOperation(i);
                    apply(operation);
                    results.Add(Done());
                }
            },
            beforePoint);
        return results;
    }

    private JsonValue Patch(JsonNode body)
    {
        collection.Layout.Update(body);
        return JsonValue.Create(true);
    }

    private JsonObject Done() => new()
    {
        ["operation_id"] = collection.Operation,
        ["status"] = query.Contains("wait=true", StringComparison.Ordinal) ? "completed" : "acknowledged",
    };
}
