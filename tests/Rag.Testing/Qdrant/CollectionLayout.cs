using System.Text.Json.Nodes;

namespace Rag.Testing.Qdrant;

/// <summary>Which vectors the points of a collection may have, and which keys of their payloads are indexed.</summary>
internal sealed class CollectionLayout
{
    private readonly JsonObject _params;

    public CollectionLayout(JsonNode request)
    {
        _params = new()
        {
            ["shard_number"] = 1,
            ["replication_factor"] = 1,
            ["write_consistency_factor"] = 1,
            ["on_disk_payload"] = true,
        };
        foreach (var name in (string[])["vectors", "sparse_vectors", "shard_number", "replication_factor", "write_consistency_factor", "on_disk_payload"])
        {
            if (request.Optional(name) is { } value)
            {
                _params[name] = value.DeepClone();
            }
        }

        Quantization = request.Optional("quantization_config")?.DeepClone();
        var vectors = request.Optional("vectors") ?? new JsonObject();
        _params["vectors"] ??= new JsonObject();
        Single = vectors.Optional("size") is not null;
        IEnumerable<KeyValuePair<string, JsonNode?>> named = Single ? new[] { KeyValuePair.Create("", (JsonNode?)vectors) } : vectors.AsObject();
        foreach (var (name, config) in named)
        {
            Dense[name] = ReadDense(config!);
        }

        foreach (var (name, config) in request.Optional("sparse_vectors") as JsonObject ?? [])
        {
            Sparse[name] = ReadSparse(config);
        }
    }

    /// <summary>Whether there is one dense vector, without a name.</summary>
    public bool Single { get; }

    public Dictionary<string, DenseKind> Dense { get; } = [];

    public Dictionary<string, SparseKind> Sparse { get; } = [];

    /// <summary>The schema of each indexed key, as it was sent.</summary>
    public SortedDictionary<string, JsonNode> Indexes { get; } = new(StringComparer.Ordinal);

    public JsonNode? Quantization { get; private set; }

    public string IndexType(string key) => !Indexes.TryGetValue(key, out var schema) ? "" : JsonFields.IsText(schema, out var name) ? name : schema.Text("type");

    /// <summary>Takes a vector of a further name. The same name with the same configuration changes nothing.</summary>
    public void Add(string name, JsonNode config)
    {
        if (config.Optional("dense") is { } dense)
        {
            var kind = ReadDense(dense);
            RefuseOther(name, Sparse.ContainsKey(name), "a sparse vector");
            RefuseOther(name, Dense.TryGetValue(name, out var present) && present != kind, "a vector of another configuration");
            Dense[name] = kind;
            _params["vectors"]![name] = dense.DeepClone();
        }
        else
        {
            var sparse = config.Required("sparse");
            RefuseOther(name, Dense.ContainsKey(name), "a dense vector");
            RefuseOther(name, Sparse.TryGetValue(name, out var present) && present != ReadSparse(sparse), "a sparse vector of another configuration");
            Sparse[name] = ReadSparse(sparse);
            (_params["sparse_vectors"] ??= new JsonObject())[name] = sparse.DeepClone();
        }
    }

    public void Remove(string name)
    {
        if (!Dense.Remove(name) && !Sparse.Remove(name))
        {
            throw QdrantRefusalException.VectorName(name);
        }

        (_params["vectors"] as JsonObject)?.Remove(name);
        (_params["sparse_vectors"] as JsonObject)?.Remove(name);
    }

    /// <summary>Changes what may change on a collection that exists: not the vectors' size or distance.</summary>
    public void Update(JsonNode request)
    {
        foreach (var (name, value) in request.Optional("params") as JsonObject ?? [])
        {
            _params[name] = value?.DeepClone();
        }

        foreach (var (name, config) in request.Optional("sparse_vectors") as JsonObject ?? [])
        {
            Sparse[name] = Sparse.ContainsKey(name) ? ReadSparse(config) : throw QdrantRefusalException.VectorName(name);
            _params["sparse_vectors"]![name] = config?.DeepClone();
        }

        foreach (var (name, _) in request.Optional("vectors") as JsonObject ?? [])
        {
            if (!Dense.ContainsKey(name))
            {
                throw QdrantRefusalException.VectorName(name);
            }
        }

        Quantization = request.Optional("quantization_config")?.DeepClone() ?? Quantization;
    }

    public JsonObject ToJson() => new()
    {
        ["params"] = _params.DeepClone(),
        ["hnsw_config"] = new JsonObject { ["m"] = 16, ["ef_construct"] = 100, ["full_scan_threshold"] = 10000, ["max_indexing_threads"] = 0, ["on_disk"] = false },
        ["optimizer_config"] = new JsonObject { ["deleted_threshold"] = 0.2, ["vacuum_min_vector_number"] = 1000, ["default_segment_number"] = 0, ["flush_interval_sec"] = 5, ["indexing_threshold"] = 10000 },
        ["wal_config"] = new JsonObject { ["wal_capacity_mb"] = 32, ["wal_segments_ahead"] = 0 },
        ["quantization_config"] = Quantization?.DeepClone(),
    };

    private static DenseKind ReadDense(JsonNode config)
    {
        if (config.Optional("multivector_config") is not null)
        {
            throw new NotSupportedException("The double holds one vector under a name, not several; add multivectors to CollectionLayout.");
        }

        config.Required("size");
        return Enum.TryParse<QdrantDistance>(config.Text("distance"), out var distance)
            ? new(config.Count("size", 0), distance)
            : throw QdrantRefusalException.Format($"unknown variant `{config.Text("distance")}`, expected one of `Cosine`, `Euclid`, `Dot`, `Manhattan`");
    }

    private static SparseKind ReadSparse(JsonNode? config) => new(config.Optional("modifier") is { } modifier && modifier.GetValue<string>() == "idf");

    private static void RefuseOther(string name, bool other, string what)
    {
        if (other)
        {
            throw QdrantRefusalException.Input($"Vector `{name}` already exists as {what}");
        }
    }
}

/// <summary>The length of a dense vector and how two of them are compared.</summary>
internal sealed record DenseKind(int Size, QdrantDistance Distance);

/// <summary>Whether the query's values are multiplied by the idf of their index.</summary>
internal sealed record SparseKind(bool Idf);

internal enum QdrantDistance
{
    Cosine,
    Euclid,
    Dot,
    Manhattan,
}
