using Rag.Ingest;
using Spectre.Console;

namespace Rag.Chat.Dialogue;

/// <summary>Shows how far a sync is.</summary>
internal static class SyncView
{
    // Below this nobody wonders whether anything happens, and a bar would only flash.
    private static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(300);

    private static readonly TimeSpan Refresh = TimeSpan.FromMilliseconds(60);

    /// <summary>Syncs; on a terminal with a progress bar when it takes long.</summary>
    public static async Task<SyncReport> RunAsync(IAnsiConsole console, IngestionPipeline pipeline, IReadOnlyList<string> paths, SyncOptions options, CancellationToken cancellationToken)
    {
        var latest = new Latest();
        var sync = Task.Run(() => pipeline.SyncAsync(paths, options, latest, cancellationToken), cancellationToken);
        if (console.Profile.Capabilities.Ansi && await Task.WhenAny(sync, Task.Delay(Patience, cancellationToken)) != sync)
        {
            await ShowAsync(console, sync, latest);
        }

        return await sync;
    }

    /// <summary>What a sync did, on one line.</summary>
    public static string Summary(SyncReport report)
    {
        var skipped = report.Skipped.Count > 0 ? $", {report.Skipped.Count} skipped" : "";
        var failed = report.Failed.Count > 0 ? $", {report.Failed.Count} failed" : "";
        return $"{report.Added} added, {report.Updated} updated, {report.Unchanged} unchanged, {report.Deleted} deleted{skipped}{failed}; {report.Chunks} chunks in {report.Elapsed.TotalSeconds:0.00} s";
    }

    private static Task ShowAsync(IAnsiConsole console, Task sync, Latest latest) =>
        console.Progress().AutoClear(true).Columns(new ProgressBarColumn(), new PercentageColumn(), new TaskDescriptionColumn { Alignment = Justify.Left }).StartAsync(async context =>
        {
            var bar = context.AddTask("Looking for documents");
            while (!sync.IsCompleted)
            {
                if (latest.Value is { } progress)
                {
                    bar.MaxValue = progress.Total;
                    bar.Value = progress.Done;
                    bar.Description = Markup.Escape(Plain.Line(Path.GetFileName(progress.Path)));
                }

                await Task.WhenAny(sync, Task.Delay(Refresh));
            }
        });

    private sealed class Latest : IProgress<SyncProgress>
    {
        private volatile SyncProgress? _value;

        public SyncProgress? Value => _value;

        public void Report(SyncProgress value) => _value = value;
    }
}
