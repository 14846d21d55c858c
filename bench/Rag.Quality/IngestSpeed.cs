using System.Diagnostics;
using System.Globalization;
using Rag.Ingest;
using Rag.Ingest.Chunking;
using Rag.Ingest.Reading;
using Rag.Sqlite;

namespace Rag.Quality;

/// <summary>Markdown from file to committed, and a second run with nothing changed.</summary>
internal static class IngestSpeed
{
    private const int Rounds = 21;

    public static async Task MeasureAsync(string data, TextWriter output)
    {
        var files = DemoDocuments.Files(data);
        var megabytes = files.Sum(f => new FileInfo(f).Length) / 1e6;
        List<double> first = [];
        List<double> second = [];
        for (var round = 0; round < Rounds; round++)
        {
            var folder = DemoDocuments.FreshFolder();
            try
            {
                first.Add(await SyncAsync(data, Path.Combine(folder, "store.db"), expectUnchanged: false));
                second.Add(await SyncAsync(data, Path.Combine(folder, "store.db"), expectUnchanged: true));
            }
            finally
            {
                Directory.Delete(folder, recursive: true);
            }
        }

        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"ingest: {files.Count} Markdown files, {megabytes:F2} MB; from opening an empty store to its closing, {Environment.ProcessorCount} processors"));
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  first run of the process: {first[0]:F0} ms = {megabytes / first[0] * 1000:F1} MB/s; unchanged run after it {second[0]:F0} ms"));
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  median of {Rounds - 1} later runs: {Median(first):F0} ms = {megabytes / Median(first) * 1000:F1} MB/s; unchanged {Median(second):F0} ms"));
    }

    private static double Median(IEnumerable<double> rounds) => rounds.Skip(1).Order().ElementAt((Rounds - 1) / 2);

    private static async Task<double> SyncAsync(string data, string path, bool expectUnchanged)
    {
        var clock = Stopwatch.StartNew();
        await using (var store = await SqliteChunkStore.OpenAsync(path))
        {
            var report = await new IngestionPipeline(DocumentReaders.Default, new StructureChunker(), store).SyncAsync(DemoDocuments.Folders(data));
            if (report.Failed.Count > 0 || expectUnchanged != (report.Added == 0))
            {
                throw new InvalidOperationException($"Expected a clean run, got {report}.");
            }
        }

        return clock.Elapsed.TotalMilliseconds;
    }
}
