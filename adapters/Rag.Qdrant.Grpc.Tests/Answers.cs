using System.Text.Json;
using System.Text.Json.Nodes;
using Proto = Qdrant.Client.Grpc;

namespace Rag.Qdrant.Grpc.Tests;

/// <summary>What the double answers over REST, as the messages that the server gives over gRPC.</summary>
internal static class Answers
{
    // Servers before this one give a vector's numbers without saying of which kind it is.
    private static readonly Version KindsOfVectors = new(1, 16);

    public static Proto.UpdateResult Update(JsonNode json) => new() { Status = Enum.Parse<Proto.UpdateStatus>((string)json["status"]!, ignoreCase: true) };

    public static Proto.CollectionInfo Collection(JsonNode json)
    {
        var (layout, vectors) = (json["config"]!["params"]!, new Proto.VectorsConfig());
        if (layout["vectors"] is JsonObject single && single["size"] is JsonValue)
        {
            vectors.Params = Dense(single);
        }
        else
        {
            vectors.ParamsMap = new() { Map = { layout["vectors"]!.AsObject().ToDictionary(v => v.Key, v => Dense(v.Value!)) } };
        }

        var sparse = layout["sparse_vectors"] is JsonObject named ? new Proto.SparseVectorConfig { Map = { named.ToDictionary(v => v.Key, v => Sparse(v.Value!)) } } : null;
        return new() { Config = new() { Params = new() { VectorsConfig = vectors, SparseVectorsConfig = sparse } } };
    }

    public static IEnumerable<Proto.RetrievedPoint> Points(JsonNode json, Version version) => json.AsArray().Select(p => new Proto.RetrievedPoint
    {
        Id = new() { Uuid = (string)p!["id"]! },
        Payload = { Payload(p["payload"]) },
        Vectors = Vectors(p["vector"], version),
    });

    public static Proto.ScrollResponse Scroll(JsonNode json, Version version) => new()
    {
        Result = { Points(json["points"]!, version) },
        NextPageOffset = (string?)json["next_page_offset"] is { } next ? new() { Uuid = next } : null,
    };

    public static Proto.GroupsResult Groups(JsonNode json, Version version) => new()
    {
        Groups = { json["groups"]!.AsArray().Select(g => new Proto.PointGroup { Id = new() { StringValue = (string)g!["id"]! }, Hits = { Scored(g["hits"]!, version) } }) },
    };

    public static IEnumerable<Proto.ScoredPoint> Found(JsonNode json, Version version) => Scored(json["points"]!, version);

    private static IEnumerable<Proto.ScoredPoint> Scored(JsonNode json, Version version) => json.AsArray().Select(p => new Proto.ScoredPoint
    {
        Id = new() { Uuid = (string)p!["id"]! },
        Score = (float)p["score"]!,
        Version = (ulong)p["version"]!,
        Payload = { Payload(p["payload"]) },
        Vectors = Vectors(p["vector"], version),
    });

    public static Proto.FacetResponse Facet(JsonNode json) => new()
    {
        Hits = { json["hits"]!.AsArray().Select(h => new Proto.FacetHit { Value = new() { StringValue = (string)h!["value"]! }, Count = (ulong)h["count"]! }) },
    };

    private static Proto.VectorParams Dense(JsonNode json) => new() { Size = (ulong)json["size"]!, Distance = Enum.Parse<Proto.Distance>((string)json["distance"]!) };

    private static Proto.SparseVectorParams Sparse(JsonNode json) => (string?)json["modifier"] == "idf" ? new() { Modifier = Proto.Modifier.Idf } : new();

    private static Dictionary<string, Proto.Value> Payload(JsonNode? json) => json is null ? [] : json.AsObject().ToDictionary(f => f.Key, f => Value(f.Value!));

    private static Proto.Value Value(JsonNode json) => json switch
    {
        JsonArray array => array.Select(v => Value(v!)).ToArray(),
        JsonObject fields => Payload(fields),
        _ when json.GetValueKind() == JsonValueKind.String => (string)json!,
        _ => (long)json,
    };

    private static Proto.VectorsOutput? Vectors(JsonNode? json, Version version) =>
        json is null ? null : new() { Vectors = new() { Vectors = { json.AsObject().ToDictionary(v => v.Key, v => Vector(v.Value!, version)) } } };

    private static Proto.VectorOutput Vector(JsonNode json, Version version)
    {
        var (numbers, indices) = json is JsonArray dense ? (Floats(dense), null) : (Floats(json["values"]!), json["indices"]!.AsArray().Select(i => (uint)i!).ToArray());
#pragma warning disable CS0612 // what older servers answer
        return (version < KindsOfVectors, indices) switch
        {
            (true, null) => new() { Data = { numbers } },
            (true, _) => new() { Data = { numbers }, Indices = new() { Data = { indices } } },
            (false, null) => new() { Dense = new() { Data = { numbers } } },
            (false, _) => new() { Sparse = new() { Values = { numbers }, Indices = { indices } } },
        };
#pragma warning restore CS0612
    }

    private static float[] Floats(JsonNode json) => [.. json.AsArray().Select(n => (float)n!)];
}
