namespace Rag.Qdrant.Api;

/// <summary>What the server says of a snapshot; the time is UTC without saying so.</summary>
internal sealed record SnapshotDescription(string Name, DateTime? CreationTime, long Size, string? Checksum);

/// <summary>Restores from a place that the server can read.</summary>
internal sealed record SnapshotRecover(string Location, string Priority)
{
    public string? Checksum { get; init; }
}
