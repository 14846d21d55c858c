using System.Diagnostics;
using System.Globalization;
using Rag.Ingest.Reading;

namespace Rag.Quality.Formats;

/// <summary>How fast each reader reads a large file of its format, on the one thread that reading takes. Files are made here; the rounds of all formats take turns.</summary>
internal static class FormatSpeed
{
    private const int Rounds = 7;

    public static async Task MeasureAsync(int rows, TextWriter output)
    {
        var files = LargeFiles.All(rows).ToList();
        var seconds = files.ConvertAll(_ => new List<double>());
        var characters = new int[files.Count];
        for (var round = 0; round <= Rounds; round++)
        {
            for (var i = 0; i < files.Count; i++)
            {
                var used = Environment.CpuUsage.TotalTime;
                var clock = Stopwatch.StartNew();
                characters[i] = (await DocumentReaders.Default.ReadAsync(new MemoryStream(files[i].Bytes, 0, files[i].Bytes.Length, false, true), files[i].Name)).Text.Length;
                if (round > 0)
                {
                    seconds[i].Add(Math.Min(clock.Elapsed.TotalSeconds, (Environment.CpuUsage.TotalTime - used).TotalSeconds));
                }
            }
        }

        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"formats: {Rounds} rounds in turns after one that is not counted; seconds of the processor (with the collector's), or of the wall where those are fewer"));
        foreach (var (i, file) in files.Index())
        {
            var median = seconds[i].Order().ElementAt(Rounds / 2);
            output.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"  {file.Name,-10} {file.Bytes.Length / 1e6,6:F1} MB, {file.Unpacked / 1e6,6:F1} MB unpacked: {file.Bytes.Length / 1e6 / median,6:F1} MB/s, {file.Unpacked / 1e6 / median,6:F1} MB/s unpacked, {characters[i] / 1e6 / median,6:F1} million characters/s"));
        }
    }
}

/// <summary>A file that was made to be measured.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Bytes">Its bytes.</param>
/// <param name="Unpacked">Bytes of what is packed in it, or of itself.</param>
internal sealed record LargeFile(string Name, byte[] Bytes, long Unpacked);
