using Rag.Indexing;

namespace Rag.Chroma;

/// <summary>How the store talks to its server, and how it finds words.</summary>
public sealed class ChromaStoreOptions
{
    /// <summary>The server's API key, sent as <c>x-chroma-token</c>, or <see langword="null"/> where it wants none. Default <see langword="null"/>.</summary>
    public string? ApiKey { get; init; }

    /// <summary>How long one request may take before it is tried again. Default 30 seconds.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>The wait before the first of three further tries; it doubles with each, and the server's own Retry-After comes first. Default 200 ms.</summary>
    public TimeSpan RetryDelay { get; init; } = TimeSpan.FromMilliseconds(200);

    /// <summary>How old what a writer left unfinished must be before opening the store takes it for abandoned. Default 10 minutes.</summary>
    public TimeSpan AbandonedAfter { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>The most results of one search by vector, at least 1. Default 300, the quota of Chroma Cloud; a server of one's own takes more.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Less than 1.</exception>
    public int MaxResults
    {
        get;
        init
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(value, 1);
            field = value;
        }
    } = 300;

    /// <summary>How words are found and weighed. Default <see cref="KeywordModel.Default"/>.</summary>
    public KeywordModel Model { get; init; } = KeywordModel.Default;

    /// <summary>The clock that dates documents. Default the system's.</summary>
    public TimeProvider Clock { get; init; } = TimeProvider.System;
}
