using System.Text.Json.Nodes;
using Google.Protobuf.Collections;
using Proto = Qdrant.Client.Grpc;

namespace Rag.Qdrant.Grpc;

/// <summary>Answers in REST's form: what a store reads of them.</summary>
internal static class Replies
{
    public static JsonArray List<T>(IEnumerable<T> messages, Func<T, JsonNode?> write) => [.. messages.Select(write)];

    public static JsonObject Of(Proto.UpdateResult update) => Object(("status", update.Status.ToString()));

    public static JsonObject Of(Proto.FacetHit hit) => Object(("value", hit.Value.StringValue), ("count", hit.Count));

    public static JsonObject Of(Proto.RetrievedPoint point) => Point(point.Id, point.Payload, point.Vectors);

    public static JsonObject Of(IEnumerable<Proto.ScoredPoint> found) => Object(("points", List(found, Scored)));

    public static JsonObject Of(Proto.PointGroup group) => Object(("id", group.Id.StringValue), ("hits", List(group.Hits, Scored)));

    public static JsonNode Of(Proto.PointId id) => id.HasUuid ? id.Uuid : id.Num;

    public static JsonObject Of(Proto.CollectionInfo info)
    {
        var (dense, sparse) = (info.Config.Params.VectorsConfig, info.Config.Params.SparseVectorsConfig);
        static JsonObject Dense(Proto.VectorParams vector) => Object(("size", vector.Size), ("distance", vector.Distance.ToString()));
        var vectors = Object(
            ("vectors", dense?.Params is { } unnamed ? Dense(unnamed) : Map(dense?.ParamsMap?.Map, Dense)),
            ("sparse_vectors", Map(sparse?.Map, v => Object(("modifier", v.Modifier == Proto.Modifier.Idf ? "idf" : null)))));
        return Object(("config", Object(("params", vectors))));
    }

    private static JsonObject Object(params ReadOnlySpan<(string Name, JsonNode? Value)> fields)
    {
        var json = new JsonObject();
        foreach (var (name, value) in fields)
        {
            json[name] = value;
        }

        return json;
    }

    private static JsonObject Map<T>(MapField<string, T>? messages, Func<T, JsonNode?> write) => new((messages ?? []).Select(m => KeyValuePair.Create(m.Key, write(m.Value))));

    private static JsonObject Point(Proto.PointId id, MapField<string, Proto.Value> payload, Proto.VectorsOutput? vectors) =>
        Object(("id", Of(id)), ("payload", Map(payload, Of)), ("vector", vectors?.Vectors is { } named ? Map(named.Vectors, Of) : null));

    private static JsonObject Scored(Proto.ScoredPoint found)
    {
        var point = Point(found.Id, found.Payload, found.Vectors);
        point["score"] = found.Score;
        return point;
    }

    private static JsonNode Of(Proto.VectorOutput vector) => vector.GetSparseVector() is { } sparse
        ? Object(("indices", List(sparse.Indices, i => i)), ("values", List(sparse.Values, v => v)))
        : List(vector.GetDenseVector()!.Data, v => v);

    private static JsonNode? Of(Proto.Value value) => value.KindCase switch
    {
        Proto.Value.KindOneofCase.StringValue => value.StringValue,
        Proto.Value.KindOneofCase.IntegerValue => value.IntegerValue,
        Proto.Value.KindOneofCase.DoubleValue => value.DoubleValue,
        Proto.Value.KindOneofCase.BoolValue => value.BoolValue,
        Proto.Value.KindOneofCase.ListValue => List(value.ListValue.Values, Of),
        Proto.Value.KindOneofCase.StructValue => Map(value.StructValue.Fields, Of),
        _ => null,
    };
}
