using System.Diagnostics;
using System.Globalization;
using Rag.Ingest.Reading;

namespace Rag.Quality.Formats;

/// <summary>How fast each reader reads a large file of its format, on the one thread that reading takes. With the entries of containers. Files are made here; the rounds of all formats take turns.</summary>
internal static class FormatSpeed
{
    private const int Rounds = 7;

    public static async Task MeasureAsync(int rows, TextWriter output)
    {
        var folder = Directory.CreateTempSubdirectory("rag-formats-");
        try
        {
            await MeasureAsync(rows, folder.FullName, output);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static async Task MeasureAsync(int rows, string folder, TextWriter output)
    {
        var files = LargeFiles.All(rows).ToList();
        var seconds = files.ConvertAll(_ => new List<double>());
        var characters = new int[files.Count];
        foreach (var file in files)
        {
            await File.WriteAllBytesAsync(Path.Combine(folder, file.Name), file.Bytes);
        }

        for (var round = 0; round <= Rounds; round++)
        {
            for (var i = 0; i < files.Count; i++)
            {
                var used = Environment.CpuUsage.TotalTime;
                var clock = Stopwatch.StartNew();
                characters[i] = 0;
                await foreach (var document in DocumentReaders.Default.ReadFileWithEntriesAsync(Path.Combine(folder, files[i].Name), files[i].Name))
                {
                    characters[i] += document.Text.Length;
                }

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
                $"  {file.Name,-12} {file.Bytes.Length / 1e6,6:F1} MB, {file.Unpacked / 1e6,6:F1} MB unpacked: {file.Bytes.Length / 1e6 / median,6:F1} MB/s, {file.Unpacked / 1e6 / median,6:F1} MB/s unpacked, {characters[i] / 1e6 / median,6:F1} million characters/s"));
        }
    }
}

/// <summary>A file that was made to be measured.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Bytes">Its bytes.</param>
/// <param name="Unpacked">Bytes of what is packed in it, or of itself.</param>
internal sealed record LargeFile(string Name, byte[] Bytes, long Unpacked);
