using System.Text.Json.Nodes;

namespace Rag.Testing.Qdrant;

/// <summary>Points by id, in pages and counted.</summary>
internal sealed class PointReads(QdrantCollectionDouble collection)
{
    public JsonNode Get(JsonNode body) => new JsonArray([.. PointId.ReadAll(body.Required("ids")).Distinct().Select(collection.Find).OfType<StoredPoint>().Select(p => Record(p, body))]);

    public JsonNode Get(PointId id) => collection.Find(id) is { } point
        ? Record(point, new JsonObject { ["with_vector"] = true })
        : throw QdrantRefusalException.NotFound($"Point with id {id} does not exists!");

    /// <summary>A page of points by id, or by a field where <c>order_by</c> is given; the next page's offset is the id that it starts with.</summary>
    public JsonNode Scroll(JsonNode body)
    {
        var (limit, filter) = (body.Count("limit", 10), PointFilter.Read(body.Optional("filter")));
        var matching = collection.Stored.Where(p => filter(p));
        if (body.Optional("order_by") is { } order)
        {
            var ordered = FieldOrder.Read(collection.Layout, order).Sort(matching).Take(limit);
            return new JsonObject { ["points"] = new JsonArray([.. ordered.Select(o => With(Record(o.Point, body), "order_value", o.Value))]), ["next_page_offset"] = null };
        }

        var page = matching.Where(p => body.Optional("offset") is not { } offset || p.Id.CompareTo(PointId.Read(offset)) >= 0).Take(limit + 1L > int.MaxValue ? limit : limit + 1).ToList();
        return new JsonObject
        {
            ["points"] = new JsonArray([.. page.Take(limit).Select(p => Record(p, body))]),
            ["next_page_offset"] = page.Count > limit ? page[^1].Id.ToJson() : null,
        };
    }

    public JsonNode Count(JsonNode body)
    {
        var filter = PointFilter.Read(body.Optional("filter"));
        return new JsonObject { ["count"] = collection.Stored.Count(p => filter(p)) };
    }

    /// <summary>How many points have each value of a field; the most frequent first, equals by value.</summary>
    public JsonNode Facet(JsonNode body)
    {
        var (key, filter) = (body.Text("key"), PointFilter.Read(body.Optional("filter")));
        if (collection.Layout.IndexType(key) is not ("keyword" or "integer" or "bool" or "uuid"))
        {
            throw QdrantRefusalException.Input($"No appropriate index for faceting: `{key}`. Please create one to facet on this field. Check https://qdrant.tech/documentation/concepts/indexing/#payload-index to see which payload schemas support Match conditions");
        }

        var hits = collection.Stored.Where(p => filter(p))
            .SelectMany(p => PayloadPath.Elements(p.Payload, key).OfType<JsonValue>().Select(v => v.ToJsonString()).Distinct())
            .CountBy(v => v)
            .OrderByDescending(h => h.Value).ThenBy(h => h.Key, StringComparer.Ordinal)
            .Take(body.Count("limit", 10));
        return new JsonObject { ["hits"] = new JsonArray([.. hits.Select(h => new JsonObject { ["value"] = JsonNode.Parse(h.Key), ["count"] = h.Value })]) };
    }

    private static JsonObject With(JsonObject record, string name, JsonNode value)
    {
        record[name] = value;
        return record;
    }

    private JsonObject Record(StoredPoint point, JsonNode body) => Show(collection.Layout, point, body, payload: true, []);

    /// <summary>A point with as much of its payload and vectors as was asked for.</summary>
    public static JsonObject Show(CollectionLayout layout, StoredPoint point, JsonNode body, bool payload, JsonObject shown)
    {
        shown["id"] = point.Id.ToJson();
        var selector = body.Optional("with_payload");
        if (JsonFields.Flag(selector) ?? (selector is not null || payload))
        {
            shown["payload"] = Choose(point.Payload, selector);
        }

        if (PointVectors.Show(layout, point, body.Optional("with_vector")) is { } vectors)
        {
            shown["vector"] = vectors;
        }

        return shown;
    }

    /// <summary>Only what the selector includes, or all but what it excludes; either may name a field inside an object.</summary>
    private static JsonObject Choose(JsonObject payload, JsonNode? selector, string prefix = "")
    {
        var included = selector is JsonArray ? selector : selector.Optional("include");
        var excluded = selector.Optional("exclude");
        if (included is null && excluded is null)
        {
            return (JsonObject)payload.DeepClone();
        }

        var names = JsonFields.Texts(included ?? excluded, "with_payload");
        var chosen = new JsonObject();
        foreach (var (name, value) in payload)
        {
            var path = prefix + name;
            var whole = names.Contains(path);
            var inside = !whole && value is JsonObject && names.Any(n => n.StartsWith(path + ".", StringComparison.Ordinal));
            if (inside)
            {
                chosen[name] = Choose((JsonObject)value!, selector, path + ".");
            }
            else if (whole == (included is not null))
            {
                chosen[name] = value?.DeepClone();
            }
        }

        return chosen;
    }
}
