using System.Diagnostics;
using System.Globalization;
using Rag.Pdf;

namespace Rag.Quality.Pdf;

/// <summary>Pages a second in a process that has run for a while, all pages of a folder over and over, and the slowest single page.</summary>
internal static class PdfSpeed
{
    private const int Rounds = 12;
    private const int Warm = 4;

    /// <summary>On one core and on all.</summary>
    public static async Task MeasureAsync(string data, TextWriter output)
    {
        foreach (var cores in (int[])[1, Environment.ProcessorCount])
        {
            var start = new ProcessStartInfo("taskset", ["-c", $"0-{cores - 1}", "dotnet", typeof(PdfSpeed).Assembly.Location, "pdf-speed-of", "--data", data]) { RedirectStandardOutput = true };
            using var child = Process.Start(start)!;
            output.WriteLine($"pdf-speed, {cores} cores");
            output.Write(await child.StandardOutput.ReadToEndAsync());
            await child.WaitForExitAsync();
        }
    }

    public static async Task MeasureOneAsync(string data, TextWriter output)
    {
        foreach (var folder in (string[])["qa-financebench/pdfs", "pdf/files"])
        {
            var files = Directory.EnumerateFiles(Path.Combine(data, folder), "*.pdf").Order(StringComparer.Ordinal).Select(File.ReadAllBytes).ToList();
            var rates = new List<double>();
            var (slowest, cpuRate) = (0d, 0d);
            for (var round = 0; round < Rounds; round++)
            {
                var (pages, longest) = (0, 0d);
                var clock = Stopwatch.StartNew();
                var used = Environment.CpuUsage.TotalTime;
                foreach (var file in files)
                {
                    (pages, longest) = await ReadAsync(file, pages, longest);
                }

                if (round >= Warm)
                {
                    rates.Add(pages / clock.Elapsed.TotalSeconds);
                    cpuRate = Math.Max(cpuRate, pages / (Environment.CpuUsage.TotalTime - used).TotalSeconds);
                    slowest = slowest == 0 ? longest : Math.Min(slowest, longest);
                }
            }

            rates.Sort();
            output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  {folder}: median {rates[rates.Count / 2]:F0} pages/s, {rates[0]:F0} to {rates[^1]:F0}; best by processor time {cpuRate:F0} a core; longest wait for a page {slowest:F0} ms"));
        }
    }

    private static async Task<(int Pages, double Longest)> ReadAsync(byte[] file, int pages, double longest)
    {
        try
        {
            var wait = Stopwatch.StartNew();
            await foreach (var page in PdfDocument.Open(file, new() { Password = "user" }).ReadPagesAsync())
            {
                longest = Math.Max(longest, wait.Elapsed.TotalMilliseconds);
                wait.Restart();
                pages++;
            }
        }
        catch (PdfException)
        {
            // not a document
        }

        return (pages, longest);
    }
}
