using System.Diagnostics;
using System.Globalization;
using Rag.Pdf;
using Rag.Testing;

namespace Rag.Quality.Pdf;

/// <summary>Reading pages and dropping them: what is held must not grow with their number.</summary>
internal static class PdfMemory
{
    private static readonly int[] Counts = [100, 1_000, 4_000];
    private static readonly string[] Words = ["pages", "of", "a", "long", "report", "with", "figures", "and", "what", "they", "mean", "for", "the", "year"];

    /// <summary>Each document in a process of its own, which does not write it.</summary>
    public static async Task MeasureAsync(string data, TextWriter output)
    {
        output.WriteLine("pdf-memory: MB of the file, most MB held after a collection, over those of the open document, most of the process");
        foreach (var count in Counts)
        {
            await File.WriteAllBytesAsync(PathOf(count), Pages(count));
            using var child = Process.Start(new ProcessStartInfo("dotnet", [typeof(PdfMemory).Assembly.Location, "pdf-memory-of", "--count", $"{count}", "--data", data]) { RedirectStandardOutput = true })!;
            output.Write(await child.StandardOutput.ReadToEndAsync());
            await child.WaitForExitAsync();
            File.Delete(PathOf(count));
        }
    }

    public static async Task MeasureOneAsync(int count, TextWriter output)
    {
        var bytes = await File.ReadAllBytesAsync(PathOf(count));
        var document = PdfDocument.Open(bytes);
        var open = GC.GetTotalMemory(forceFullCollection: true);
        long most = 0;
        var clock = Stopwatch.StartNew();
        await foreach (var page in document.ReadPagesAsync())
        {
            if (page.Number % (count / 10) == 0)
            {
                most = Math.Max(most, GC.GetTotalMemory(forceFullCollection: true));
            }
        }

        using var self = Process.GetCurrentProcess();
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  {count,6} pages: {bytes.Length / 1e6,5:F1} {most / 1e6,6:F1} {(most - open) / 1e6,6:F1} {self.PeakWorkingSet64 / 1e6,6:F0}   ({count / clock.Elapsed.TotalSeconds:F0} pages/s, collections included)"));
    }

    private static string PathOf(int count) => Path.Combine(Path.GetTempPath(), $"rag-quality-{count}.pdf");

    private static byte[] Pages(int count)
    {
        var random = new Random(1);
        var pdf = new PdfWriter();
        var font = $"/Font << /F1 {pdf.AddFont()} 0 R >>";
        for (var page = 0; page < count; page++)
        {
            var lines = Enumerable.Range(0, 50).Select(i => $"({string.Join(' ', Enumerable.Range(0, 12).Select(_ => Words[random.Next(Words.Length)]))}) Tj T* ");
            pdf.AddPage($"BT /F1 10 Tf 14 TL 72 740 Td {string.Concat(lines)} ET", font, deflate: true);
        }

        return pdf.ToBytes();
    }
}
