using System.Numerics.Tensors;
using System.Text.Json.Nodes;

namespace Rag.Testing.Qdrant;

/// <summary>Vectors as requests bring them and answers give them.</summary>
internal static class PointVectors
{
    /// <summary>The vectors of one point, checked against the collection; those of cosine with length one.</summary>
    public static (Dictionary<string, float[]> Dense, Dictionary<string, SparseValues> Sparse) Read(CollectionLayout layout, JsonNode? vector)
    {
        var (dense, sparse) = (new Dictionary<string, float[]>(), new Dictionary<string, SparseValues>());
        IEnumerable<KeyValuePair<string, JsonNode?>> named = vector switch
        {
            JsonArray => [new("", vector)],
            JsonObject fields => fields,
            _ => throw QdrantRefusalException.Format("missing field `vector`"),
        };
        foreach (var (name, value) in named)
        {
            if (layout.Sparse.ContainsKey(name))
            {
                sparse[name] = SparseValues.Read(value ?? throw QdrantRefusalException.VectorName(name));
            }
            else
            {
                dense[name] = ReadDense(layout, name, value);
            }
        }

        return (dense, sparse);
    }

    public static float[] ReadDense(CollectionLayout layout, string name, JsonNode? value)
    {
        if (!layout.Dense.TryGetValue(name, out var kind))
        {
            throw QdrantRefusalException.VectorName(name);
        }

        if (value is JsonArray { Count: > 0 } rows && rows[0] is JsonArray)
        {
            throw new NotSupportedException("The double holds one vector under a name, not several; add multivectors to PointVectors.");
        }

        var numbers = JsonFields.Numbers<float>(value, "vector");
        if (numbers.Length != kind.Size)
        {
            throw QdrantRefusalException.Dimension(kind.Size, numbers.Length);
        }

        var length = Math.Sqrt(numbers.Sum(n => (double)n * n));
        return kind.Distance == QdrantDistance.Cosine && length > 0 ? [.. numbers.Select(n => (float)(n / length))] : numbers;
    }

    /// <summary>The vectors that were asked for: all, none, or those named; null where none were.</summary>
    public static JsonNode? Show(CollectionLayout layout, StoredPoint point, JsonNode? wanted)
    {
        var names = wanted is JsonArray ? JsonFields.Texts(wanted, "with_vector") : null;
        if (names is null && JsonFields.Flag(wanted) is not true)
        {
            return null;
        }

        if (layout.Single && names is null && point.Sparse.Count == 0)
        {
            return point.Dense.TryGetValue("", out var only) ? JsonFields.Array(only) : new JsonObject();
        }

        var shown = new JsonObject();
        foreach (var (name, numbers) in point.Dense.Where(v => names?.Contains(v.Key) ?? true))
        {
            shown[name] = JsonFields.Array(numbers);
        }

        foreach (var (name, values) in point.Sparse.Where(v => names?.Contains(v.Key) ?? true))
        {
            shown[name] = values.ToJson();
        }

        return shown;
    }

    /// <summary>The score of two vectors: higher is nearer, but for a distance, where lower is.</summary>
    public static float Score(QdrantDistance distance, float[] a, float[] b) => distance switch
    {
        QdrantDistance.Euclid => TensorPrimitives.Distance(a, b),
        QdrantDistance.Manhattan => a.Zip(b, (x, y) => Math.Abs(x - y)).Sum(),
        _ => TensorPrimitives.Dot(a, b),
    };

    public static bool LowerIsNearer(QdrantDistance distance) => distance is QdrantDistance.Euclid or QdrantDistance.Manhattan;
}
