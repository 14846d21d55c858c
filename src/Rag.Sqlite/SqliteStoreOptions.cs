using Rag.Indexing;

namespace Rag.Sqlite;

/// <summary>How a <see cref="SqliteChunkStore"/> is opened.</summary>
public sealed record SqliteStoreOptions
{
    /// <summary>How words are found and weighed. Each model has an index file of its own beside the store. Default <see cref="KeywordModel.Default"/>.</summary>
    public KeywordModel Model { get; init; } = KeywordModel.Default;

    /// <summary>How long a write waits for another process that is writing, zero or more. Default ten seconds.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Negative.</exception>
    public TimeSpan BusyTimeout
    {
        get;
        init
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(value, TimeSpan.Zero);
            field = value;
        }
    } = TimeSpan.FromSeconds(10);

    /// <summary>The share of the true nearest chunks that a search by vector must find on average, above 0 to 1; 1 makes every search exact. Default <see cref="VectorIndex.DefaultRecall"/>.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Not above 0 and at most 1.</exception>
    public double VectorRecall
    {
        get;
        init => field = new VectorIndex(value).Recall;
    } = VectorIndex.DefaultRecall;

    /// <summary>Most pages that the file may have; lets a test fill the disk.</summary>
    internal int? MaxPages { get; init; }

    /// <summary>The clock for <see cref="Rag.Storage.StoredDocument.IngestedAt"/> and for waiting. Default the system's.</summary>
    public TimeProvider Clock { get; init; } = TimeProvider.System;
}
