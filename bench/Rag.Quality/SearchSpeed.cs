using System.Diagnostics;
using System.Globalization;
using Rag.Ingest.Chunking;
using Rag.Ingest.Reading;
using Rag.Retrieval;
using Rag.Sqlite;

namespace Rag.Quality;

/// <summary>Opening and searching a store of 100,000 chunks: the demo documents, repeated with every twelfth word exchanged.</summary>
internal static class SearchSpeed
{
    private const int Chunks = 100_000;
    private const int Queries = 1000;
    private const int Warmup = 100;

    private static string Store => Path.Combine(Path.GetTempPath(), "rag-quality-100k", "store.db");

    /// <summary>Builds the store, then measures it in a process of its own, so that memory is that of searching.</summary>
    public static async Task MeasureAsync(string data, TextWriter output)
    {
        if (Directory.Exists(Path.GetDirectoryName(Store)))
        {
            Directory.Delete(Path.GetDirectoryName(Store)!, recursive: true);
        }

        Directory.CreateDirectory(Path.GetDirectoryName(Store)!);
        var clock = Stopwatch.StartNew();
        var (chunks, characters) = await BuildAsync(data);
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"search: store of {chunks} chunks, {characters / 1e6:F0} million characters, built in {clock.Elapsed.TotalSeconds:F1} s"));
        using var child = Process.Start(new ProcessStartInfo("dotnet", [typeof(SearchSpeed).Assembly.Location, "search-built", "--data", data]) { RedirectStandardOutput = true })!;
        output.Write(await child.StandardOutput.ReadToEndAsync());
        await child.WaitForExitAsync();
    }

    public static async Task MeasureBuiltAsync(string data, TextWriter output)
    {
        var clock = Stopwatch.StartNew();
        await using var store = await SqliteChunkStore.OpenAsync(Store);
        var retriever = new DefaultRetriever(store);
        var opened = clock.Elapsed.TotalMilliseconds;
        await retriever.RetrieveAsync(new("first query"), 10);
        var ready = clock.Elapsed.TotalMilliseconds;
        var queries = await QueriesAsync(data);
        List<double> times = [];
        foreach (var query in queries)
        {
            clock.Restart();
            await retriever.RetrieveAsync(new(query), 10);
            times.Add(clock.Elapsed.TotalMilliseconds);
        }

        var sorted = times.Skip(Warmup).Order().ToList();
        using var self = Process.GetCurrentProcess();
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  open {opened:F0} ms, open and first query {ready:F0} ms"));
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  {sorted.Count} queries (headings and questions), top 10: p50 {sorted[sorted.Count / 2]:F2} ms, p99 {sorted[sorted.Count * 99 / 100]:F2} ms, worst {sorted[^1]:F2} ms"));
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  memory: working set {self.WorkingSet64 / 1e6:F0} MB, peak {self.PeakWorkingSet64 / 1e6:F0} MB"));
    }

    private static async Task<(int Chunks, long Characters)> BuildAsync(string data)
    {
        await using var store = await SqliteChunkStore.OpenAsync(Store);
        var chunker = new StructureChunker();
        var files = DemoDocuments.Files(data);
        var (count, characters) = (0, 0L);
        for (var copy = 0; count < Chunks; copy++)
        {
            var random = new Random(copy);
            foreach (var file in files)
            {
                var document = await DocumentReaders.Default.ReadFileAsync(file, $"copy{copy:000}/{Path.GetFileName(Path.GetDirectoryName(file))}/{Path.GetFileName(file)}");
                document = copy == 0 ? document : document with { Text = Vary(document.Text, random), Language = "en" };
                EmbeddedChunk[] chunks = [.. chunker.Split(document).Take(Chunks - count).Select(c => new EmbeddedChunk(c))];
                await store.ReplaceDocumentAsync(document, chunks);
                (count, characters) = (count + chunks.Length, characters + document.Text.Length);
                if (count >= Chunks)
                {
                    break;
                }
            }
        }

        return (count, characters);
    }

    // Exchanges letters inside every twelfth word or so, keeping all lengths, so that spans stay valid and the vocabulary grows as it does in real collections.
    private static string Vary(string text, Random random)
    {
        var characters = text.ToCharArray();
        for (var i = random.Next(12); i < characters.Length; i += random.Next(24, 120))
        {
            if (char.IsAsciiLetterLower(characters[i]))
            {
                characters[i] = (char)('a' + random.Next(26));
            }
        }

        return new string(characters);
    }

    private static async Task<IReadOnlyList<string>> QueriesAsync(string data)
    {
        List<string> headings = [.. DemoQuestions.All().Select(q => q.Question)];
        foreach (var file in DemoDocuments.Files(data))
        {
            var document = await DocumentReaders.Default.ReadFileAsync(file, "d");
            headings.AddRange(document.Blocks.Where(b => b.Kind == BlockKind.Heading).Select(b => b.Span.Of(document.Text)));
        }

        var random = new Random(1);
        return [.. Enumerable.Range(0, Queries + Warmup).Select(_ => headings[random.Next(headings.Count)])];
    }
}
