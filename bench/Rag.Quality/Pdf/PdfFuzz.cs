using System.Diagnostics;
using System.Globalization;
using Rag.Pdf;
using Rag.Testing;

namespace Rag.Quality.Pdf;

/// <summary>Damaged PDFs, read to the end: outcomes, the slowest, and the most memory. Half of them are damaged inside their streams.</summary>
internal static class PdfFuzz
{
    private const int Slowest = 8;
    private const int Slow = 200; // milliseconds
    private static readonly TimeSpan Hang = TimeSpan.FromSeconds(60);

    public static async Task MeasureAsync(string data, int count, int seed, TextWriter output)
    {
        string[] files = [.. Files(data, "pdf/files"), .. Files(data, "bad-input/pdf")];
        var each = (count + files.Length - 1) / files.Length;
        var results = new List<Result>();
        var clock = Stopwatch.StartNew();
        await Parallel.ForEachAsync(files, async (file, _) =>
        {
            var number = 0;
            foreach (var bytes in Mutated(await File.ReadAllBytesAsync(file, CancellationToken.None), each, seed))
            {
                var result = await ReadAsync($"{Path.GetFileName(file)} #{number++}", bytes);
                lock (results)
                {
                    // of the fast ones the bytes are not needed any more
                    results.Add(result.Longest < Slow ? result with { File = [] } : result);
                }

                if (result.Failure is not null)
                {
                    await Console.Error.WriteLineAsync($"{result.Name}: {result.Failure}");
                }
            }
        });

        output.WriteLine(Line($"pdf-fuzz: {results.Count} mutations of {files.Length} files, seed {seed}, {clock.Elapsed.TotalSeconds:F0} s"));
        foreach (var outcome in results.GroupBy(r => r.Outcome).OrderByDescending(g => g.Count()))
        {
            output.WriteLine(Line($"  {outcome.Key}: {outcome.Count()} files, {outcome.Sum(r => (long)r.Pages)} pages"));
        }

        using var self = Process.GetCurrentProcess();
        output.WriteLine(Line($"  most memory of the process, {Environment.ProcessorCount} files at a time: {self.PeakWorkingSet64 / 1e6:F0} MB"));
        output.WriteLine("  slowest, with the others beside and once more alone (ms to open, longest wait for a page, pages)");
        foreach (var slow in results.Where(r => r.File.Length > 0).OrderByDescending(r => r.Longest).Take(Slowest))
        {
            var alone = await ReadAsync(slow.Name, slow.File);
            output.WriteLine(Line($"    {slow.Name}: {slow.Opening:F0}, {slow.LongestPage:F0}; alone {alone.Opening:F0}, {alone.LongestPage:F0}, {alone.Pages}"));
        }
    }

    private static IEnumerable<byte[]> Mutated(byte[] file, int count, int seed)
    {
        var open = PdfUnpacking.Of(file);
        return Mutations.Of(file, count / 4, seed)
            .Concat(PdfMutations.Of(file, count / 4, seed))
            .Concat(Mutations.Of(open, count / 4, seed))
            .Concat(PdfMutations.Of(open, count - (count / 4 * 3), seed));
    }

    private static IEnumerable<string> Files(string data, string folder) => Directory.EnumerateFiles(Path.Combine(data, folder), "*.pdf").Order(StringComparer.Ordinal);

    private static async Task<Result> ReadAsync(string name, byte[] bytes)
    {
        var task = Task.Run(() => ReadCountedAsync(name, bytes));
        try
        {
            return await task.WaitAsync(Hang);
        }
        catch (TimeoutException)
        {
            return new(name, "hang", 0, Hang.TotalMilliseconds, 0, bytes, $"not at its end after {Hang}");
        }
    }

    private static async Task<Result> ReadCountedAsync(string name, byte[] bytes)
    {
        var clock = Stopwatch.StartNew();
        var (opening, longest, pages) = (0d, 0d, 0);
        try
        {
            var document = PdfDocument.Open(bytes, new() { Password = "user" });
            opening = clock.Elapsed.TotalMilliseconds;
            clock.Restart();
            await foreach (var page in document.ReadPagesAsync())
            {
                longest = Math.Max(longest, clock.Elapsed.TotalMilliseconds);
                clock.Restart();
                pages++;
            }

            return new(name, "read", opening, longest, pages, bytes);
        }
        catch (PdfException e)
        {
            return new(name, "refused", clock.Elapsed.TotalMilliseconds, longest, pages, bytes, string.IsNullOrWhiteSpace(e.Message) ? "empty message" : null);
        }
        catch (Exception e)
        {
            return new(name, "other exception", opening, longest, pages, bytes, e.ToString());
        }
    }

    private static string Line(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);

    private sealed record Result(string Name, string Outcome, double Opening, double LongestPage, int Pages, byte[] File, string? Failure = null)
    {
        public double Longest => Math.Max(Opening, LongestPage);
    }
}
