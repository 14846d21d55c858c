namespace Rag.Ingest;

/// <summary>What became of one file.</summary>
public enum SyncOutcome
{
    /// <summary>The store did not have it and does now.</summary>
    Added,

    /// <summary>It was replaced.</summary>
    Updated,

    /// <summary>The store has it as it is.</summary>
    Unchanged,

    /// <summary>It was removed from the store.</summary>
    Deleted,

    /// <summary>It holds no document.</summary>
    Skipped,

    /// <summary>It could not be synced.</summary>
    Failed,
}

/// <summary>One file is done.</summary>
/// <param name="Path">Its full path.</param>
/// <param name="Outcome">What became of it.</param>
/// <param name="Done">Files done so far, this one included; ascends by one from report to report.</param>
/// <param name="Total">Files in all, as far as the source knows: of files and folders from the first report on, of web pages it grows.</param>
public sealed record SyncProgress(string Path, SyncOutcome Outcome, int Done, int Total);
