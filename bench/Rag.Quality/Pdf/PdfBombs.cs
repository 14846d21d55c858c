using System.Diagnostics;
using System.Globalization;
using Rag.Pdf;

namespace Rag.Quality.Pdf;

/// <summary>Pages that are as much work as a page can be: how long each takes, and how much it allocates.</summary>
internal static class PdfBombs
{
    private const int Rounds = 3; // the first compiles

    public static async Task MeasureAsync(string data, TextWriter output)
    {
        output.WriteLine("pdf-bombs: one page each; seconds of processor time, collections and compilation included, and MB allocated");
        foreach (var (name, make) in Testing.PdfBombs.All)
        {
            var bytes = make();
            var seconds = double.MaxValue;
            long allocated = 0;
            for (var round = 0; round < Rounds; round++)
            {
                var before = GC.GetTotalAllocatedBytes(precise: true);
                var used = Environment.CpuUsage.TotalTime;
                await foreach (var _ in PdfDocument.Open(bytes).ReadPagesAsync())
                {
                    // one page
                }

                seconds = Math.Min(seconds, (Environment.CpuUsage.TotalTime - used).TotalSeconds);
                allocated = GC.GetTotalAllocatedBytes(precise: true) - before;
            }

            output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  {name,-58} {seconds,7:F2} {allocated / 1e6,7:F0}"));
            await output.FlushAsync();
        }

        using var self = Process.GetCurrentProcess();
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  most memory of the process: {self.PeakWorkingSet64 / 1e6:F0} MB"));
    }
}
