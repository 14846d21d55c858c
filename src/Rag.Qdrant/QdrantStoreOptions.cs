namespace Rag.Qdrant;

/// <summary>How the store talks to its server.</summary>
public sealed class QdrantStoreOptions
{
    /// <summary>The server's API key, or <see langword="null"/> where it wants none. Default <see langword="null"/>.</summary>
    public string? ApiKey { get; init; }

    /// <summary>How long one request may take before it is tried again. Default 30 seconds.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>The wait before the first of three further tries; it doubles with each, and the server's own Retry-After comes first. Default 200 ms.</summary>
    public TimeSpan RetryDelay { get; init; } = TimeSpan.FromMilliseconds(200);

    /// <summary>The longest request that the server takes, in bytes, at least 1: its <c>service.max_request_size_mb</c>. Chunks are written in requests no longer than this; a document's text has to fit into one. Default 32 MiB, the server's.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Less than 1.</exception>
    public int MaxRequestBytes { get; init => field = value >= 1 ? value : throw new ArgumentOutOfRangeException(nameof(MaxRequestBytes), value, "Give at least 1 byte."); } = 32 << 20;

    /// <summary>How old what a writer left unfinished must be before opening the store takes it for abandoned. Default 10 minutes.</summary>
    public TimeSpan AbandonedAfter { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>How words and vectors become one list where the store is asked as an <see cref="Rag.Storage.IHybridStore"/>, as <c>HybridRetriever.Over</c> does. Default reciprocal ranks.</summary>
    public QdrantFusion Fusion { get; init; } = new QdrantFusion.ReciprocalRank();

    /// <summary>How the collection is laid out if the store makes it.</summary>
    public QdrantCollectionOptions Collection { get; init; } = new();

    /// <summary>The clock that dates documents. Default the system's.</summary>
    public TimeProvider Clock { get; init; } = TimeProvider.System;
}
