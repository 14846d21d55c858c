using System.Text.Json;

namespace Rag.Qdrant.Api;

internal sealed record ScalarQuantization(string Type, bool AlwaysRam);

internal sealed record QuantizationConfig(ScalarQuantization Scalar);

internal sealed record DenseConfig(int Size, string Distance)
{
    public bool? OnDisk { get; init; }
}

internal sealed record SparseConfig
{
    public string? Modifier { get; init; }
}

/// <summary>Makes a collection.</summary>
internal sealed record CollectionRequest(IReadOnlyDictionary<string, DenseConfig> Vectors, IReadOnlyDictionary<string, SparseConfig> SparseVectors)
{
    public int? ShardNumber { get; init; }

    public int? ReplicationFactor { get; init; }

    public int? WriteConsistencyFactor { get; init; }

    public bool? OnDiskPayload { get; init; }

    public QuantizationConfig? QuantizationConfig { get; init; }
}

/// <summary>A vector that is added to a collection.</summary>
internal sealed record VectorRequest(DenseConfig Dense);

/// <summary>An index over a payload field.</summary>
internal sealed record IndexRequest(string FieldName, FieldSchema FieldSchema);

internal sealed record FieldSchema(string Type)
{
    public bool? IsTenant { get; init; }
}

internal sealed record ServerVersion(string Title, string Version);

internal sealed record CollectionParams
{
    /// <summary>A <see cref="DenseConfig"/> for each name; in collections of other programs it may be that of one vector without a name.</summary>
    public Dictionary<string, JsonElement>? Vectors { get; init; }

    public Dictionary<string, SparseConfig>? SparseVectors { get; init; }
}

internal sealed record CollectionConfig(CollectionParams Params);

/// <summary>What the server says of a collection.</summary>
internal sealed record CollectionDescription(CollectionConfig Config);
