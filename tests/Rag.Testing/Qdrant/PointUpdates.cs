using System.Text.Json.Nodes;

namespace Rag.Testing.Qdrant;

/// <summary>What changes points. A request is checked as a whole before its first point changes. Fields that came with a later version than the server's are ignored, as a server ignores what it does not know.</summary>
internal sealed class PointUpdates(QdrantCollectionDouble collection)
{
    private static readonly Version ConditionalUpserts = new(1, 15, 4);
    private static readonly Version UpdateModes = new(1, 17);

    /// <summary>Operations by their name in a batch.</summary>
    public Action<JsonNode> Named(string operation) => operation switch
    {
        "upsert" => Upsert,
        "delete" => Delete,
        "set_payload" => body => SetPayload(body, overwrite: false),
        "overwrite_payload" => body => SetPayload(body, overwrite: true),
        "delete_payload" => DeletePayload,
        "clear_payload" => ClearPayload,
        "update_vectors" => UpdateVectors,
        "delete_vectors" => DeleteVectors,
        _ => throw QdrantRefusalException.Format("data did not match any variant of untagged enum UpdateOperation"),
    };

    public void Upsert(JsonNode body)
    {
        var points = (body.Optional("batch") is { } batch ? Columns(batch) : body.Required("points").AsArray().Select(p => p!)).Select(ReadPoint).ToList();
        var condition = body.Optional("update_filter") is { } filter && collection.Version >= ConditionalUpserts ? PointFilter.Read(filter) : _ => true;
        var mode = body.Optional("update_mode") is { } asked && collection.Version >= UpdateModes ? asked.GetValue<string>() : "upsert";
        var number = collection.Begin();
        foreach (var point in points)
        {
            var present = collection.Find(point.Id);
            if (present is null ? mode != "update_only" : mode != "insert_only" && condition(present))
            {
                collection.Put(point with { Version = number });
            }
        }
    }

    public void Delete(JsonNode body)
    {
        var ids = Selected(body, mustExist: false);
        collection.Begin();
        foreach (var id in ids.Where(id => collection.Find(id) is not null))
        {
            collection.Remove(id);
        }
    }

    public void SetPayload(JsonNode body, bool overwrite)
    {
        if (body.Required("payload") is not JsonObject payload)
        {
            throw QdrantRefusalException.Format("invalid type for `payload`, expected a map");
        }

        var key = body.Optional("key")?.GetValue<string>();
        Change(body, point =>
        {
            var changed = overwrite && key is null ? new JsonObject() : (JsonObject)point.Payload.DeepClone();
            Merge(key is null ? changed : At(changed, key), payload);
            return point with { Payload = changed };
        });
    }

    public void DeletePayload(JsonNode body)
    {
        var keys = JsonFields.Texts(body.Required("keys"), "keys").Select(PayloadPath.Steps).ToList();
        Change(body, point =>
        {
            var changed = (JsonObject)point.Payload.DeepClone();
            foreach (var steps in keys)
            {
                JsonNode? at = changed;
                foreach (var step in steps.SkipLast(1))
                {
                    at = at.Optional(step[1..]);
                }

                (at as JsonObject)?.Remove(steps[^1][1..]);
            }

            return point with { Payload = changed };
        });
    }

    public void ClearPayload(JsonNode body) => Change(body, point => point with { Payload = [] });

    public void UpdateVectors(JsonNode body)
    {
        var vectors = body.Required("points").AsArray().Select(p => (Id: PointId.Read(p!["id"]), Vectors: PointVectors.Read(collection.Layout, p["vector"]))).ToList();
        foreach (var (id, _) in vectors)
        {
            Existing(id);
        }

        var number = collection.Begin();
        foreach (var (id, (dense, sparse)) in vectors)
        {
            var point = Existing(id);
            collection.Put(point with { Version = number, Dense = With(point.Dense, dense), Sparse = With(point.Sparse, sparse) });
        }
    }

    public void DeleteVectors(JsonNode body)
    {
        var names = JsonFields.Texts(body.Required("vector"), "vector");
        foreach (var name in names.Where(n => !collection.Layout.Dense.ContainsKey(n) && !collection.Layout.Sparse.ContainsKey(n)))
        {
            throw QdrantRefusalException.VectorName(name);
        }

        Change(body, point => point with { Dense = Without(point.Dense, names), Sparse = Without(point.Sparse, names) });
    }

    private static Dictionary<string, T> With<T>(IReadOnlyDictionary<string, T> present, Dictionary<string, T> added) => added.Concat(present.Where(p => !added.ContainsKey(p.Key))).ToDictionary();

    private static Dictionary<string, T> Without<T>(IReadOnlyDictionary<string, T> present, IReadOnlyList<string> names) => present.Where(p => !names.Contains(p.Key)).ToDictionary();

    /// <summary>A key set to null is a key removed.</summary>
    private static void Merge(JsonObject into, JsonObject payload)
    {
        foreach (var (name, value) in payload)
        {
            into.Remove(name);
            if (value is not null)
            {
                into[name] = value.DeepClone();
            }
        }
    }

    private static JsonObject At(JsonObject payload, string key)
    {
        foreach (var step in PayloadPath.Steps(key))
        {
            if (step[0] == '[')
            {
                throw new NotSupportedException("The double sets payload under keys of objects only; add arrays to PointUpdates.");
            }

            if (payload[step[1..]] is not JsonObject)
            {
                payload[step[1..]] = new JsonObject();
            }

            payload = (JsonObject)payload[step[1..]]!;
        }

        return payload;
    }

    /// <summary>Points that came as columns.</summary>
    private static IEnumerable<JsonNode> Columns(JsonNode batch)
    {
        var ids = batch.Required("ids").AsArray();
        var (vectors, payloads) = (batch.Required("vectors"), batch.Optional("payloads") as JsonArray);
        return ids.Select((id, i) => new JsonObject
        {
            ["id"] = id?.DeepClone(),
            ["vector"] = vectors is JsonArray rows ? rows[i]?.DeepClone() : new JsonObject(vectors.AsObject().Select(v => KeyValuePair.Create(v.Key, v.Value![i]?.DeepClone()))),
            ["payload"] = payloads?[i]?.DeepClone(),
        });
    }

    private StoredPoint ReadPoint(JsonNode node)
    {
        var id = PointId.Read(node["id"]);
        var (dense, sparse) = PointVectors.Read(collection.Layout, node.Required("vector"));
        var payload = node["payload"] switch
        {
            null => [],
            JsonObject fields => (JsonObject)fields.DeepClone(),
            _ => throw QdrantRefusalException.Format("invalid type for `payload`, expected a map"),
        };
        return new(id, 0, payload, dense, sparse);
    }

    private void Change(JsonNode body, Func<StoredPoint, StoredPoint> change)
    {
        var ids = Selected(body, mustExist: true);
        var number = collection.Begin();
        foreach (var id in ids)
        {
            collection.Put(change(Existing(id)) with { Version = number });
        }
    }

    private StoredPoint Existing(PointId id) => collection.Find(id) ?? throw QdrantRefusalException.NotFound($"No point with id {id} found");

    private List<PointId> Selected(JsonNode body, bool mustExist)
    {
        if (body.Optional("points") is { } points)
        {
            var ids = PointId.ReadAll(points).Distinct().ToList();
            if (mustExist)
            {
                ids.ForEach(id => Existing(id));
            }

            return ids;
        }

        var filter = PointFilter.Read(body.Optional("filter") ?? throw QdrantRefusalException.Validation("Either list of point ids or filter must be provided"));
        return [.. collection.Stored.Where(p => filter(p)).Select(p => p.Id)];
    }
}
