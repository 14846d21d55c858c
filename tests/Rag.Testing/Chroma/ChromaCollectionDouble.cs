using System.Numerics.Tensors;
using System.Text;
using System.Text.Json.Nodes;

namespace Rag.Testing.Chroma;

/// <summary>A collection of a <see cref="ChromaDouble"/>.</summary>
public sealed class ChromaCollectionDouble(string name, JsonObject? metadata, string space)
{
    private sealed record Entry(float[] Vector, JsonObject? Metadata, string? Document);

    private const int MaxRecords = 300;

    private readonly Dictionary<string, Entry> _entries = new(StringComparer.Ordinal);

    public string Id { get; } = Guid.NewGuid().ToString();

    /// <summary>The length of the vectors; that of the first one decides.</summary>
    public int? Dimension { get; internal set; }

    public IReadOnlyCollection<string> Ids => _entries.Keys;

    /// <summary>Puts another text in the place of a record's.</summary>
    public void Spoil(string id, string document) => _entries[id] = _entries[id] with { Document = document };

    /// <summary>Loses a record.</summary>
    public void Lose(string id) => _entries.Remove(id);

    internal JsonObject Describe() => new()
    {
        ["id"] = Id,
        ["name"] = name,
        ["metadata"] = metadata?.DeepClone(),
        ["dimension"] = Dimension,
        ["configuration_json"] = new JsonObject { ["hnsw"] = new JsonObject { ["space"] = space, ["ef_search"] = 100 }, ["spann"] = null, ["embedding_function"] = null },
        ["tenant"] = "default_tenant",
        ["database"] = "default_database",
        ["log_position"] = 0,
        ["version"] = 0,
    };

    internal JsonNode Upsert(JsonObject request)
    {
        var ids = Texts(request["ids"]!);
        var vectors = request["embeddings"]!.AsArray().Select(Vector).ToList();
        var (metadatas, documents) = (request["metadatas"]?.AsArray(), request["documents"]?.AsArray());
        Require(ids.Count is > 0 and <= MaxRecords, $"Quota exceeded: {ids.Count} records in one write, at most {MaxRecords}");
        Require(ids.Distinct().Count() == ids.Count, "Expected IDs to be unique");
        Require(vectors.Count == ids.Count && (metadatas?.Count ?? ids.Count) == ids.Count && (documents?.Count ?? ids.Count) == ids.Count, "Unequal lengths for fields: ids, embeddings, metadatas, documents");
        Require(ids.All(id => Encoding.UTF8.GetByteCount(id) is > 0 and <= 128), "Quota exceeded: id of more than 128 bytes");
        foreach (var vector in vectors)
        {
            Dimension ??= vector.Length;
            Require(vector.Length == Dimension, $"Collection expecting embedding with dimension of {Dimension}, got {vector.Length}");
        }

        for (var i = 0; i < ids.Count; i++)
        {
            var (fields, document) = (metadatas?[i]?.AsObject(), (string?)documents?[i]);
            Require(Encoding.UTF8.GetByteCount(document ?? "") <= 16_384, "Quota exceeded: document of more than 16384 bytes");
            Require(fields is null || fields.All(f => f.Key.Length <= 36 && f.Value is JsonValue value && Encoding.UTF8.GetByteCount(value.ToString()) <= 4_096), "Quota exceeded, or a metadata value that is neither text, number nor flag");
            _entries[ids[i]] = new(vectors[i], fields?.DeepClone().AsObject(), document);
        }

        return new JsonObject();
    }

    internal JsonNode Get(JsonObject request)
    {
        var ids = request["ids"] is { } asked ? Texts(asked) : null;
        var limit = (int?)request["limit"] ?? MaxRecords;
        Require(limit <= MaxRecords && (ids?.Count ?? 0) <= MaxRecords, $"Quota exceeded: more than {MaxRecords} results");
        var found = _entries.Where(e => ids is null || ids.Contains(e.Key)).Where(e => Matches(e.Value, request["where"])).Skip((int?)request["offset"] ?? 0).Take(limit).ToList();
        var include = Texts(request["include"]!);
        return new JsonObject
        {
            ["ids"] = new JsonArray([.. found.Select(e => JsonValue.Create(e.Key))]),
            ["documents"] = include.Contains("documents") ? new JsonArray([.. found.Select(e => e.Value.Document is { } d ? JsonValue.Create(d) : null)]) : null,
            ["embeddings"] = include.Contains("embeddings") ? new JsonArray([.. found.Select(e => new JsonArray([.. e.Value.Vector.Select(n => JsonValue.Create(n))]))]) : null,
            ["metadatas"] = include.Contains("metadatas") ? new JsonArray([.. found.Select(e => e.Value.Metadata?.DeepClone())]) : null,
            ["uris"] = null,
            ["include"] = request["include"]!.DeepClone(),
        };
    }

    internal JsonNode Delete(JsonObject request)
    {
        var ids = Texts(request["ids"]!);
        Require(ids.Count is > 0 and <= MaxRecords, $"Quota exceeded: {ids.Count} ids in one write, at most {MaxRecords}");
        return new JsonObject { ["deleted"] = ids.Count(_entries.Remove) };
    }

    internal JsonNode Query(JsonObject request)
    {
        var vector = Vector(request["query_embeddings"]!.AsArray().Single());
        var limit = (int)request["n_results"]!;
        Require(limit is > 0 and <= MaxRecords, $"Quota exceeded: {limit} results, at most {MaxRecords}");
        Require(Dimension is null || vector.Length == Dimension, $"Collection expecting embedding with dimension of {Dimension}, got {vector.Length}");
        var found = _entries.Where(e => Matches(e.Value, request["where"])).Select(e => (e.Key, Distance: Distance(vector, e.Value.Vector))).OrderBy(e => e.Distance).Take(limit).ToList();
        return new JsonObject
        {
            ["ids"] = new JsonArray(new JsonArray([.. found.Select(e => JsonValue.Create(e.Key))])),
            ["distances"] = new JsonArray(new JsonArray([.. found.Select(e => JsonValue.Create(e.Distance))])),
            ["include"] = request["include"]!.DeepClone(),
        };
    }

    private static bool Matches(Entry entry, JsonNode? where)
    {
        if (where is null)
        {
            return true;
        }

        var (key, value) = where.AsObject().Single();
        if (key == "$and")
        {
            return value!.AsArray().All(part => Matches(entry, part));
        }

        var (comparison, operand) = value!.AsObject().Single();
        var stored = (string?)entry.Metadata?[key];
        return comparison switch
        {
            "$eq" => stored is not null && stored == (string?)operand,
            "$in" => stored is not null && Texts(operand!).Contains(stored),
            _ => throw new NotSupportedException($"The double does not compare by {comparison}."),
        };
    }

    private float Distance(float[] one, float[] other)
    {
        if (space != "cosine")
        {
            throw new NotSupportedException("The double searches by cosine only.");
        }

        var cosine = TensorPrimitives.CosineSimilarity(one, other);
        return float.IsNaN(cosine) ? 1 : 1 - cosine;
    }

    private static float[] Vector(JsonNode? numbers) => [.. numbers!.AsArray().Select(n => (float)n!)];

    private static List<string> Texts(JsonNode array) => [.. array.AsArray().Select(n => (string)n!)];

    private static void Require(bool condition, string message)
    {
        if (!condition)
        {
            throw new ChromaRefusalException(400, "InvalidArgumentError", message);
        }
    }
}
