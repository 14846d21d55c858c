using System.Numerics.Tensors;
using System.Text.Json.Nodes;

namespace Rag.Testing.Qdrant;

/// <summary>The Query API over a collection: nearest by cosine or by sparse product with idf, and fusion of prefetches, in Qdrant's formulas.</summary>
/// <remarks>RRF: <c>1 / ((position + 1) / weight + k - 1)</c>, positions from 0, k 2 by default. DBSF: scores from mean - 3 s to mean + 3 s, s of the sample. Idf: <c>ln(1 + (N - df + 0.5) / (df + 0.5))</c>. Ties by point id.</remarks>
public sealed class QdrantSearch(QdrantCollectionDouble collection)
{
    public IReadOnlyList<(JsonObject Point, float Score)> Run(JsonNode request, int defaultLimit)
    {
        var limit = (int?)request["limit"] ?? defaultLimit;
        var query = request["query"] ?? throw new QdrantRefusalException(400, "Validation error in JSON body: query is missing");
        if (request["prefetch"] is { } prefetch)
        {
            var lists = (prefetch as JsonArray ?? [prefetch.DeepClone()]).Select(p => Run(p!, 10)).ToArray();
            return Ordered(query["rrf"] is { } rrf ? ReciprocalRank(lists, rrf) : (string?)query["fusion"] == "dbsf" ? Distribution(lists) : ReciprocalRank(lists, new JsonObject()), limit);
        }

        var name = (string)request["using"]!;
        var points = collection.Matching(request["filter"]).Select(p => p.Value).Where(p => p["vector"]![name] is not null).ToArray();
        return Ordered(query["nearest"] is JsonArray dense ? Nearest(points, name, Floats(dense)) : Sparse(points, name, query["nearest"]!, request["params"]?["idf"]), limit);
    }

    private static IReadOnlyList<(JsonObject Point, float Score)> Ordered(IEnumerable<(JsonObject Point, float Score)> scored, int limit) =>
        [.. scored.OrderByDescending(s => s.Score).ThenBy(s => Guid.Parse((string)s.Point["id"]!)).Take(limit)];

    private static float[] Floats(JsonNode array) => [.. array.AsArray().Select(n => (float)n!)];

    private IEnumerable<(JsonObject, float)> Nearest(IEnumerable<JsonObject> points, string name, float[] vector)
    {
        var size = (int)(collection.Vectors[name] ?? throw new QdrantRefusalException(400, $"Wrong input: Not existing vector name error: {name}"))["size"]!;
        if (vector.Length != size)
        {
            throw new QdrantRefusalException(400, $"Wrong input: Vector dimension error: expected dim: {size}, got {vector.Length}");
        }

        var query = Unit(vector);
        return points.Select(p => (p, TensorPrimitives.Dot<float>(query, Unit(Floats(p["vector"]![name]!)))));
    }

    /// <summary>Qdrant normalises vectors for the cosine, and leaves zeros as they are.</summary>
    private static float[] Unit(float[] vector)
    {
        var length = TensorPrimitives.Norm<float>(vector);
        return length == 0 ? vector : [.. vector.Select(v => v / length)];
    }

    private IEnumerable<(JsonObject, float)> Sparse(JsonObject[] points, string name, JsonNode query, JsonNode? idf)
    {
        var weights = query["indices"]!.AsArray().Select(i => (uint)i!).Zip(Floats(query["values"]!)).ToDictionary(w => w.First, w => w.Second);
        if ((string?)collection.Configuration["sparse_vectors"]?[name]?["modifier"] == "idf")
        {
            var corpus = collection.Matching(idf?["corpus"]).Select(p => p.Value["vector"]![name]).OfType<JsonNode>().ToArray();
            var frequencies = corpus.SelectMany(v => v["indices"]!.AsArray().Select(i => (uint)i!)).Where(weights.ContainsKey).CountBy(i => i).ToDictionary();
            foreach (var index in weights.Keys)
            {
                var df = frequencies.GetValueOrDefault(index);
                weights[index] *= MathF.Log(((corpus.Length - df + 0.5f) / (df + 0.5f)) + 1);
            }
        }

        foreach (var point in points)
        {
            var vector = point["vector"]![name]!;
            var parts = vector["indices"]!.AsArray().Select(i => (uint)i!).Zip(Floats(vector["values"]!)).Where(p => weights.ContainsKey(p.First)).OrderBy(p => p.First).ToArray();
            if (parts.Length > 0)
            {
                yield return (point, parts.Aggregate(0f, (sum, p) => sum + (weights[p.First] * p.Second)));
            }
        }
    }

    private static IEnumerable<(JsonObject, float)> ReciprocalRank(IReadOnlyList<(JsonObject Point, float Score)>[] lists, JsonNode rrf)
    {
        var (k, weights) = ((int?)rrf["k"] ?? 2, rrf["weights"] is JsonArray given ? Floats(given) : [.. lists.Select(_ => 1f)]);
        return weights.Length != lists.Length
            ? throw new QdrantRefusalException(400, $"Number of weights in RRF should match number of pre-fetches: got {weights.Length}, expected {lists.Length}")
            : Sum(lists.Select((list, i) => list.Select((p, position) => (p.Point, weights[i] <= 0 ? 0 : 1 / (((position + 1) / weights[i]) + k - 1)))));
    }

    private static IEnumerable<(JsonObject, float)> Distribution(IReadOnlyList<(JsonObject Point, float Score)>[] lists) => Sum(lists.Select(list =>
    {
        var mean = list.Count == 0 ? 0 : list.Average(p => p.Score);
        var deviation = list.Count < 2 ? 0 : MathF.Sqrt(list.Sum(p => (p.Score - mean) * (p.Score - mean)) / (list.Count - 1));
        return list.Select(p => (p.Point, deviation == 0 ? 0.5f : (p.Score - mean + (3 * deviation)) / (6 * deviation)));
    }));

    private static IEnumerable<(JsonObject, float)> Sum(IEnumerable<IEnumerable<(JsonObject Point, float Score)>> lists) =>
        lists.SelectMany(l => l).GroupBy(p => p.Point).Select(g => (g.Key, g.Sum(p => p.Score)));
}
