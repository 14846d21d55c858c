using System.Text.Json.Nodes;

namespace Rag.Testing.Qdrant;

/// <summary>A point as it lies in a collection; a write replaces it, so a reader never sees half of one.</summary>
internal sealed record StoredPoint(PointId Id, ulong Version, JsonObject Payload, IReadOnlyDictionary<string, float[]> Dense, IReadOnlyDictionary<string, SparseValues> Sparse)
{
    public bool Has(string vector) => Dense.ContainsKey(vector) || Sparse.ContainsKey(vector);
}

/// <summary>A sparse vector, its indices ascending.</summary>
internal sealed record SparseValues(uint[] Indices, float[] Values)
{
    public static SparseValues Read(JsonNode node)
    {
        var indices = JsonFields.Numbers<uint>(node["indices"], "indices");
        var values = JsonFields.Numbers<float>(node["values"], "values");
        if (indices.Length != values.Length)
        {
            throw QdrantRefusalException.Validation("values: must be the same length as indices");
        }

        if (indices.Distinct().Count() != indices.Length)
        {
            throw QdrantRefusalException.Validation("indices: must be unique");
        }

        Array.Sort(indices, values);
        return new(indices, values);
    }

    public JsonNode ToJson() => new JsonObject { ["indices"] = JsonFields.Array(Indices), ["values"] = JsonFields.Array(Values) };

    /// <summary>The sum over the indices that both have; null where they share none, which is then no match at all.</summary>
    public float? Dot(SparseValues other)
    {
        var (i, j, sum, shared) = (0, 0, 0f, false);
        while (i < Indices.Length && j < other.Indices.Length)
        {
            var order = Indices[i].CompareTo(other.Indices[j]);
            if (order == 0)
            {
                sum += Values[i] * other.Values[j];
                shared = true;
            }

            i += order <= 0 ? 1 : 0;
            j += order >= 0 ? 1 : 0;
        }

        return shared ? sum : null;
    }
}
