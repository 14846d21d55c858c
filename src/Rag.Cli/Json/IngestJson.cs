using Rag.Ingest;

namespace Rag.Cli.Json;

/// <summary>What <c>rag ingest</c> prints.</summary>
internal sealed record IngestJson(int Added, int Updated, int Unchanged, int Deleted, IEnumerable<FailureJson> Failed, int Chunks, long ElapsedMs, IEnumerable<WarningJson> Warnings, int Reembedded)
{
    public static IngestJson Of(SyncReport report, int reembedded) => new(
        report.Added, report.Updated, report.Unchanged, report.Deleted, report.Failed.Select(f => new FailureJson(f.Path, f.Error)),
        report.Chunks, (long)report.Elapsed.TotalMilliseconds, report.Warnings.Select(w => new WarningJson(w.Path, w.Message)), reembedded);
}

/// <summary>Something that was repaired or left out of a file.</summary>
internal sealed record WarningJson(string Path, string Message);
