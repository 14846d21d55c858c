using Rag.Indexing;

namespace Rag.Pinecone;

/// <summary>How the store talks to its index, and how it finds words.</summary>
public sealed class PineconeStoreOptions
{
    /// <summary>The API key, or <see langword="null"/> where none is wanted, as by the local emulator. Default <see langword="null"/>.</summary>
    public string? ApiKey { get; init; }

    /// <summary>How long one request may take before it is tried again. Default 30 seconds.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>The wait before the first of three further tries, and before it is asked again whether a write can be read; it doubles with each, and the service's own Retry-After comes first. Default 200 ms.</summary>
    public TimeSpan RetryDelay { get; init; } = TimeSpan.FromMilliseconds(200);

    /// <summary>How old what a writer left unfinished must be before opening the store takes it for abandoned. Default 10 minutes.</summary>
    public TimeSpan AbandonedAfter { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>How words are found and weighed. Default <see cref="KeywordModel.Default"/>.</summary>
    public KeywordModel Model { get; init; } = KeywordModel.Default;

    /// <summary>The clock that dates documents and that waits go by. Default the system's.</summary>
    public TimeProvider Clock { get; init; } = TimeProvider.System;
}
