using Rag.Ingest;
using Rag.Ingest.Sources;
using Spectre.Console;

namespace Rag.Chat.Dialogue;

/// <summary>Shows how far a sync is.</summary>
internal static class SyncView
{
    /// <summary>Syncs; on a terminal with a progress bar when it takes long.</summary>
    public static Task<SyncReport> RunAsync(IAnsiConsole console, IngestionPipeline pipeline, IDocumentSource source, SyncOptions options, CancellationToken cancellationToken)
    {
        var bar = new WaitBar<SyncProgress>("Looking for documents", p => new(p.Done, p.Total, Path.GetFileName(p.Path) is { Length: > 0 } name ? name : p.Path));
        return bar.ShowAsync(console, Task.Run(() => pipeline.SyncAsync(source, options, bar, cancellationToken), cancellationToken), cancellationToken);
    }

    /// <summary>What a sync did, on one line.</summary>
    public static string Summary(SyncReport report)
    {
        var skipped = report.Skipped.Count > 0 ? $", {report.Skipped.Count} skipped" : "";
        var failed = report.Failed.Count > 0 ? $", {report.Failed.Count} failed" : "";
        return $"{report.Added} added, {report.Updated} updated, {report.Unchanged} unchanged, {report.Deleted} deleted{skipped}{failed}; {report.Chunks} chunks in {report.Elapsed.TotalSeconds:0.00} s";
    }
}
