using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;
using Rag.Sqlite;
using Rag.Testing;

namespace Rag.Quality;

/// <summary>Opening a store with many vectors, to the first result: from the file beside it and without that. Wall-clock time and seconds of the processor, and what of the process's memory is its own (Linux).</summary>
/// <remarks>The first run makes FOLDER/store.db of FOLDER/base.f32 and its graph, which takes long; the second and later ones, in a process of their own, measure.</remarks>
internal static class VectorOpening
{
    private const int Dimensions = 384;
    private const int PerDocument = 20;

    public static async Task MeasureAsync(string folder, TextWriter output)
    {
        var path = Path.Combine(folder, "store.db");
        if (!File.Exists(path))
        {
            await MakeAsync(path, Path.Combine(folder, "base.f32"), output);
            return;
        }

        SqliteChunkStore? opening = null;
        var opened = await TimeAsync(async () => opening = await SqliteChunkStore.OpenAsync(path));
        await using var store = opening!;
        var before = Memory();
        var question = new float[Dimensions];
        await using (var file = File.OpenRead(Path.Combine(folder, "queries.f32")))
        {
            file.ReadExactly(MemoryMarshal.AsBytes(question.AsSpan()));
        }

        List<string> searches = [];
        for (var i = 0; i < 3; i++)
        {
            searches.Add(await TimeAsync(() => store.SearchVectorsAsync(question, new(""), 10)));
        }

        Say(output, $"vectors-opening: {(File.Exists(path + ".vectors.index") ? "with" : "without")} the file of vectors: opened in {opened}, searched in {string.Join(", then ", searches)}");
        Say(output, $"  memory of the process itself {before} before the first search, {Memory()} after; sampled recall {await store.GetVectorRecallAsync():F4}");
    }

    private static async Task MakeAsync(string path, string vectors, TextWriter output)
    {
        var clock = Stopwatch.StartNew();
        var store = await SqliteChunkStore.OpenAsync(path);
        await using (var file = File.OpenRead(vectors))
        {
            var block = new float[PerDocument * Dimensions];
            for (var d = 0; file.ReadAtLeast(MemoryMarshal.AsBytes(block.AsSpan()), block.Length * sizeof(float), throwOnEndOfStream: false) == block.Length * sizeof(float); d++)
            {
                var document = Corpus.Text($"d{d:000000}", [.. Enumerable.Range(0, PerDocument).Select(i => $"passage {i}")]);
                await store.ReplaceDocumentAsync(document, Corpus.Chunks(document, i => block[(i * Dimensions)..((i + 1) * Dimensions)]));
            }
        }

        Say(output, $"vectors-opening: stored in {clock.Elapsed.TotalSeconds:F1} s");
        clock.Restart();
        await store.SearchVectorsAsync(new float[Dimensions], new(""), 10);
        Say(output, $"  vectors read from the store in {clock.Elapsed.TotalSeconds:F1} s, memory of the process itself {Memory()}");
        clock.Restart();
        await store.Linking;
        Say(output, $"  graph made in {clock.Elapsed.TotalSeconds:F1} s in the background");
        clock.Restart();
        await store.DisposeAsync();
        Say(output, $"  closed in {clock.Elapsed.TotalSeconds:F1} s; the file of vectors has {new FileInfo(path + ".vectors.index").Length / 1e6:F0} MB");
    }

    private static async Task<string> TimeAsync(Func<Task> action)
    {
        var (clock, processor) = (Stopwatch.StartNew(), Environment.CpuUsage.TotalTime);
        await action();
        return string.Create(CultureInfo.InvariantCulture, $"{clock.Elapsed.TotalSeconds:F3} s ({(Environment.CpuUsage.TotalTime - processor).TotalSeconds:F3} s of the processor)");
    }

    private static string Memory() => File.ReadLines("/proc/self/status").First(l => l.StartsWith("RssAnon", StringComparison.Ordinal))[8..].Trim();

    private static void Say(TextWriter output, FormattableString line) => output.WriteLine(line.ToString(CultureInfo.InvariantCulture));
}
