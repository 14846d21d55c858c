namespace Rag.Api.Jobs;

/// <summary>One file on its way into the store. Also the form in which the queue keeps it.</summary>
/// <param name="Id">32 hexadecimal digits, those of later jobs greater; names the folder of its file, too.</param>
/// <param name="Tenant">Whose document it is.</param>
/// <param name="Caller">Hash of the key that asked for it; only that key sees it.</param>
/// <param name="Document">The document's id, which is the file's name.</param>
internal sealed record IngestionJob(string Id, string Tenant, string Caller, string Document)
{
    // What ends the process each time it is read must not end it for ever.
    private const int MaxStarts = 5;

    /// <summary>SHA-256 of the uploaded bytes; <see langword="null"/> where the document's present file is read once more.</summary>
    public string? Sha256 { get; init; }

    /// <summary>Bytes that were uploaded.</summary>
    public long Bytes { get; init; }

    /// <summary>Labels of the document; <see langword="null"/>: those that it has.</summary>
    public IReadOnlyDictionary<string, string>? Tags { get; init; }

    /// <summary>Who may see the document; <see langword="null"/>: whoever may see it now.</summary>
    public IReadOnlyList<string>? Groups { get; init; }

    /// <summary>The groups of the key: it cannot replace what it cannot see.</summary>
    public IReadOnlyList<string> CallerGroups { get; init; } = [];

    public JobState State { get; init; }

    /// <summary>How often it was begun since it was queued.</summary>
    public int Attempts { get; init; }

    /// <summary>Chunks that the store has of it.</summary>
    public int Chunks { get; init; }

    /// <summary>What was repaired or left out.</summary>
    public IReadOnlyList<string> Warnings { get; init; } = [];

    /// <summary>Why it failed.</summary>
    public string? Error { get; init; }

    public DateTimeOffset CreatedAt { get; init; }

    public DateTimeOffset ChangedAt { get; init; }

    public bool IsOpen => State is JobState.Queued or JobState.Running;

    /// <summary>Whether its file is wanted, or may be: the document's, or one that is still to be read.</summary>
    public bool KeepsFile { get; init; }

    public IngestionJob Fail(string error) => this with { State = JobState.Failed, Error = error };

    /// <summary>What it is once the server has started again while it ran.</summary>
    public IngestionJob Interrupted() => Attempts < MaxStarts
        ? this with { State = JobState.Queued }
        : Fail($"The server stopped {Attempts} times while it read this file. Look into its log before you try again.");

    /// <summary>Whether another upload is the same one.</summary>
    public bool SameAs(IngestionJob other) => Document == other.Document && Sha256 == other.Sha256
        && (Groups ?? []).SequenceEqual(other.Groups ?? []) && Listed(Tags).SequenceEqual(Listed(other.Tags));

    private static IEnumerable<KeyValuePair<string, string>> Listed(IReadOnlyDictionary<string, string>? tags) => (tags ?? new Dictionary<string, string>()).OrderBy(t => t.Key, StringComparer.Ordinal);
}
