namespace Rag.Api.Jobs;

/// <summary>Where a job stands.</summary>
internal enum JobState
{
    /// <summary>It waits for its turn.</summary>
    Queued,

    /// <summary>Its file is being read.</summary>
    Running,

    /// <summary>The store has its document.</summary>
    Done,

    /// <summary>Its file could not be stored; it can be tried again.</summary>
    Failed,

    /// <summary>Somebody stopped it or gave it up.</summary>
    Cancelled,
}
