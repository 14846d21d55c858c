namespace Rag.Storage.Records;

/// <summary>What a service keeps under an id: a text, or a vector to search by.</summary>
/// <param name="Id">Of <see cref="RecordId"/>.</param>
/// <param name="Body">The text; empty where there is a vector.</param>
/// <param name="Vector">The vector, not all zeros; empty where there is a text.</param>
internal sealed record StoredRecord(string Id, string Body, ReadOnlyMemory<float> Vector = default);

/// <summary>A vector that a search found.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Score">Cosine similarity.</param>
internal sealed record NearRecord(string Id, double Score);

/// <summary>A service that finds records by id, by the beginning of the id, and by vector: all that <see cref="RecordChunkStore"/> asks for. Safe for concurrent use.</summary>
/// <remarks>
/// Records lie in scopes that do not see each other. Each request may be sent twice without harm. A write of several records may be done by half when the process is killed.
/// What is written first is seen first: whoever sees a record of a scope sees all that was there before it was written.
/// </remarks>
internal interface IRecords : IDisposable
{
    /// <summary>Where the records are, for sentences.</summary>
    string Address { get; }

    /// <summary>The longest text of a record, in bytes of UTF-8.</summary>
    int MaxBodyBytes { get; }

    /// <summary>The most results that one search by vector gives.</summary>
    int MaxNearest { get; }

    /// <summary>Writes records, each in place of the one that had its id.</summary>
    Task WriteAsync(string scope, IReadOnlyList<StoredRecord> records, CancellationToken cancellationToken);

    /// <summary>The records of these ids that exist, in no order.</summary>
    /// <param name="scope">Where they lie.</param>
    /// <param name="ids">Each once.</param>
    /// <param name="size">Length of their vectors; 0 for texts.</param>
    /// <param name="cancellationToken">Stops the reading.</param>
    Task<IReadOnlyList<StoredRecord>> ReadAsync(string scope, IReadOnlyList<string> ids, int size, CancellationToken cancellationToken);

    /// <summary>The ids of all texts of a kind, or of a kind and group, in no order.</summary>
    Task<IReadOnlyList<string>> ListAsync(string scope, string kind, string? group, CancellationToken cancellationToken);

    /// <summary>Removes the records of these ids; those that do not exist are passed over.</summary>
    Task DeleteAsync(string scope, IReadOnlyList<string> ids, int size, CancellationToken cancellationToken);

    /// <summary>The vectors nearest to one by cosine, best first; ties in no order.</summary>
    /// <param name="scope">Where they lie.</param>
    /// <param name="vector">Not all zeros.</param>
    /// <param name="groups">Only vectors of these groups; <see langword="null"/> for all of the scope.</param>
    /// <param name="limit">Upper bound, 1 to <see cref="MaxNearest"/>.</param>
    /// <param name="cancellationToken">Stops the search.</param>
    Task<IReadOnlyList<NearRecord>> NearestAsync(string scope, ReadOnlyMemory<float> vector, IReadOnlyList<string>? groups, int limit, CancellationToken cancellationToken);

    /// <summary>Waits until all that was written here to a scope can be read.</summary>
    Task SettleAsync(string scope, CancellationToken cancellationToken);
}
