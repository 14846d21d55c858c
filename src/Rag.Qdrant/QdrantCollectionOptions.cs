namespace Rag.Qdrant;

/// <summary>How a collection is laid out; read only when the store makes it.</summary>
public sealed class QdrantCollectionOptions
{
    /// <summary>Parts over which a cluster spreads the points, at least 1; <see langword="null"/> leaves it to the server (one for each node). Default <see langword="null"/>.</summary>
    public int? Shards { get; init; }

    /// <summary>Nodes that hold each part, at least 1; <see langword="null"/> leaves it to the server (one). Default <see langword="null"/>.</summary>
    public int? Replicas { get; init; }

    /// <summary>Nodes that must have written a change before it counts as done, 1 to <see cref="Replicas"/>; <see langword="null"/> leaves it to the server (one). Default <see langword="null"/>.</summary>
    public int? WriteConsistency { get; init; }

    /// <summary>Whether full vectors and payloads stay on disk, which saves memory and costs time. Default no.</summary>
    public bool OnDisk { get; init; }

    /// <summary>Whether the server also keeps vectors in one byte a number, in memory, and searches those first; it rescores with the full ones. Default no.</summary>
    public bool Quantized { get; init; }

    /// <summary>Lengths of vectors that the collection takes from the beginning. Servers that can add a vector later need none. Default none.</summary>
    public IReadOnlyList<int> VectorSizes { get; init; } = [];
}
