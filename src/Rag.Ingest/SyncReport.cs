namespace Rag.Ingest;

/// <summary>What a sync did. Lists are in order of path (ordinal), so the same files and store give the same report. An entry of a container counts as a document of its own.</summary>
/// <param name="Added">Documents that the store did not have.</param>
/// <param name="Updated">Documents replaced because their file, its place or the settings changed.</param>
/// <param name="Unchanged">Documents left as they were.</param>
/// <param name="Deleted">Documents removed because their file is gone or has lost its text.</param>
/// <param name="Failed">Files that could not be synced; what the store had of them stays.</param>
/// <param name="Skipped">Files found in a folder that hold no document: formats without a reader, files without text.</param>
/// <param name="Chunks">Chunks that the store now has of the added, updated and unchanged documents.</param>
/// <param name="Elapsed">Time it took.</param>
public sealed record SyncReport(
    int Added,
    int Updated,
    int Unchanged,
    int Deleted,
    IReadOnlyList<SyncFailure> Failed,
    IReadOnlyList<SkippedFile> Skipped,
    int Chunks,
    TimeSpan Elapsed)
{
    /// <summary>What was repaired or left out of the files that were added or updated. Default none.</summary>
    public IReadOnlyList<SyncWarning> Warnings { get; init; } = [];
}

/// <summary>Something that a reader had to repair or leave out of a file that was stored.</summary>
/// <param name="Path">The file's full path.</param>
/// <param name="Message">One sentence.</param>
public sealed record SyncWarning(string Path, string Message);

/// <summary>A file or folder that could not be synced.</summary>
/// <param name="Path">Its full path.</param>
/// <param name="Error">What is wrong, with the values, and what to do; one sentence or two.</param>
public sealed record SyncFailure(string Path, string Error);

/// <summary>A file that was passed over.</summary>
/// <param name="Path">Its full path.</param>
/// <param name="Reason">Why.</param>
public sealed record SkippedFile(string Path, string Reason);
