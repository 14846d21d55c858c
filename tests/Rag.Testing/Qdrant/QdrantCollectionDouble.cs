using System.Text.Json.Nodes;

namespace Rag.Testing.Qdrant;

/// <summary>The points of one collection and what Qdrant does with them, in its plainest form: every search a scan.</summary>
public sealed class QdrantCollectionDouble(JsonObject configuration)
{
    private readonly SortedDictionary<Guid, JsonObject> _points = [];

    /// <summary>Configuration, as it was made and then extended.</summary>
    public JsonObject Configuration { get; } = configuration;

    public JsonObject Indexes { get; } = [];

    public IEnumerable<JsonObject> Points => _points.Values;

    public JsonObject Vectors => (JsonObject)(Configuration["vectors"] ??= new JsonObject());

    public JsonNode? Upsert(JsonNode request)
    {
        foreach (var point in request["points"]!.AsArray())
        {
            var id = Guid.Parse((string)point!["id"]!);
            if (_points.TryGetValue(id, out var old) && request["update_filter"] is { } filter && !QdrantFilter.Matches(filter, old))
            {
                continue;
            }

            var kept = point.DeepClone().AsObject();
            foreach (var (name, vector) in kept["vector"]!.AsObject().Where(v => v.Value is JsonArray).ToArray())
            {
                var size = (int)(Vectors[name] ?? throw new QdrantRefusalException(400, $"Not existing vector name error: {name}"))["size"]!;
                if (vector!.AsArray().Count != size)
                {
                    throw new QdrantRefusalException(400, $"Vector dimension error: expected dim: {size}, got {vector.AsArray().Count}");
                }
            }

            _points[id] = kept;
        }

        return Acknowledged();
    }

    public JsonNode? Delete(JsonNode request)
    {
        foreach (var id in Matching(request["filter"]).Select(p => p.Key).ToArray())
        {
            _points.Remove(id);
        }

        return Acknowledged();
    }

    public JsonNode? SetPayload(JsonNode request)
    {
        foreach (var (_, point) in Matching(request["filter"]))
        {
            foreach (var (key, value) in request["payload"]!.AsObject())
            {
                point["payload"]![key] = value?.DeepClone();
            }
        }

        return Acknowledged();
    }

    public JsonNode? Retrieve(JsonNode request) =>
        new JsonArray([.. request["ids"]!.AsArray().Select(id => Guid.Parse((string)id!)).Where(_points.ContainsKey).Select(id => Shown(_points[id], request))]);

    public JsonNode? Scroll(JsonNode request)
    {
        var from = request["offset"] is { } offset ? Guid.Parse((string)offset!) : Guid.Empty;
        var limit = (int?)request["limit"] ?? 10;
        var found = Matching(request["filter"]).Where(p => p.Key.CompareTo(from) >= 0).Take(limit + 1).ToArray();
        return new JsonObject
        {
            ["points"] = new JsonArray([.. found.Take(limit).Select(p => Shown(p.Value, request))]),
            ["next_page_offset"] = found.Length > limit ? found[limit].Key.ToString() : null,
        };
    }

    public JsonNode? Count(JsonNode request) => new JsonObject { ["count"] = Matching(request["filter"]).Count() };

    public JsonNode? Facet(JsonNode request)
    {
        var hits = Matching(request["filter"]).SelectMany(p => QdrantFilter.Values(p.Value, (string)request["key"]!).Select(v => v.ToString()).Distinct())
            .GroupBy(v => v).OrderByDescending(g => g.Count()).ThenBy(g => g.Key, StringComparer.Ordinal).Take((int?)request["limit"] ?? 10);
        return new JsonObject { ["hits"] = new JsonArray([.. hits.Select(g => new JsonObject { ["value"] = g.Key, ["count"] = g.Count() })]) };
    }

    public JsonNode? Query(JsonNode request)
    {
        var found = new QdrantSearch(this).Run(request, 10);
        return new JsonObject { ["points"] = new JsonArray([.. found.Select(f => Scored(f.Point, f.Score, request))]) };
    }

    public IEnumerable<KeyValuePair<Guid, JsonObject>> Matching(JsonNode? filter) => _points.Where(p => QdrantFilter.Matches(filter, p.Value)).ToArray();

    public static JsonNode Scored(JsonObject point, float score, JsonNode request)
    {
        var shown = Shown(point, request, payloadByDefault: false);
        shown["score"] = score;
        shown["version"] = 0;
        return shown;
    }

    private static JsonObject Shown(JsonObject point, JsonNode request, bool payloadByDefault = true)
    {
        var shown = new JsonObject { ["id"] = point["id"]!.DeepClone() };
        var payload = request["with_payload"];
        if (payload is JsonValue flag ? (bool)flag : payload is not null || payloadByDefault)
        {
            var (include, exclude) = (Names(payload, "include"), Names(payload, "exclude"));
            shown["payload"] = new JsonObject(point["payload"]!.AsObject().Where(p => (include is null || include.Contains(p.Key)) && exclude?.Contains(p.Key) != true).Select(p => KeyValuePair.Create(p.Key, p.Value?.DeepClone())));
        }

        if (request["with_vector"] is JsonArray names)
        {
            var wanted = names.Select(n => (string)n!).ToHashSet();
            shown["vector"] = new JsonObject(point["vector"]!.AsObject().Where(v => wanted.Contains(v.Key)).Select(v => KeyValuePair.Create(v.Key, v.Value?.DeepClone())));
        }
        else if (request["with_vector"] is JsonValue all && (bool)all)
        {
            shown["vector"] = point["vector"]!.DeepClone();
        }

        return shown;
    }

    private static HashSet<string>? Names(JsonNode? selector, string which) =>
        selector is JsonObject && selector[which] is JsonArray names ? [.. names.Select(n => (string)n!)] : null;

    private static JsonObject Acknowledged() => new() { ["operation_id"] = 0, ["status"] = "completed" };
}
