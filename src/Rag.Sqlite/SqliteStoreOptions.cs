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

    /// <summary>Most pages that the file may have; lets a test fill the disk.</summary>
    internal int? MaxPages { get; init; }

    /// <summary>The clock for <see cref="Rag.Storage.StoredDocument.IngestedAt"/> and for waiting. Default the system's.</summary>
    public TimeProvider Clock { get; init; } = TimeProvider.System;
}
