using System.Diagnostics;
using System.Globalization;
using Rag.Testing;

namespace Rag.Sqlite.Tests;

/// <summary>A process is killed (SIGKILL) while it writes; whoever opens the store next finds every committed document, whole and once.</summary>
public sealed class CrashTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private string File => _folder["store.db"];

    public void Dispose() => _folder.Dispose();

    [Fact]
    public Task A_killed_writer_loses_nothing_that_was_committed() => KillAndCompare(seed: 1, kills: 8);

    [Fact(Explicit = true)] // about two minutes: dotnet run --project tests/Rag.Sqlite.Tests -c Release -- -explicit only
    [Trait("Category", "Slow")]
    public Task A_writer_killed_two_hundred_times_loses_nothing_that_was_committed() => KillAndCompare(seed: 2, kills: 200);

    private async Task KillAndCompare(int seed, int kills)
    {
        var random = new Random(seed);
        var last = -1;
        for (var kill = 0; kill < kills; kill++)
        {
            last = Math.Max(last, await WriteUntilKilled(seed, last + 1, acknowledged: random.Next(30), spins: random.Next(200_000)));
            last = await CompareAsync(seed, last, $"kill {kill}");
        }
    }

    /// <summary>Starts a writer, waits for that many commits and a little longer, kills it, and gives the last step that it reported.</summary>
    private async Task<int> WriteUntilKilled(int seed, int first, int acknowledged, int spins)
    {
        using var writer = Process.Start(new ProcessStartInfo(
            Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet",
            ["exec", typeof(CrashScript).Assembly.Location, "write", File, $"{seed}", $"{first}"])
        {
            RedirectStandardOutput = true,
        })!;
        var last = -1;
        for (var lines = 0; lines < acknowledged && await writer.StandardOutput.ReadLineAsync() is { } line; lines++)
        {
            last = int.Parse(line, CultureInfo.InvariantCulture);
        }

        Thread.SpinWait(spins);
        writer.Kill();
        while (await writer.StandardOutput.ReadLineAsync() is { } line)
        {
            last = int.TryParse(line, CultureInfo.InvariantCulture, out var step) ? step : last;
        }

        await writer.WaitForExitAsync();
        Assert.True(OperatingSystem.IsWindows() || writer.ExitCode == 128 + 9, $"The writer ended by itself with {writer.ExitCode}.");
        return last;
    }

    /// <summary>The store holds what the script leads to after the last reported step, or after one more that was committed but not reported; gives which.</summary>
    private async Task<int> CompareAsync(int seed, int last, string when)
    {
        await using var store = await SqliteChunkStore.OpenAsync(File);
        var versions = (await store.ListDocumentsAsync()).ToDictionary(d => d.Id, d => d.Version);
        var reached = Enumerable.Range(last, 2).FirstOrDefault(step => Same(CrashScript.After(seed, step), versions), -2);
        Assert.True(reached > -2, $"{when}: after step {last} the store holds {string.Join(", ", versions)}");

        await using var scratch = await SqliteChunkStore.OpenAsync(_folder[$"scratch{when}.db"]);
        foreach (var document in CrashScript.After(seed, reached).Values)
        {
            Assert.Equal(document.Text, (await store.GetDocumentAsync(document.Id))!.Text);
            await scratch.ReplaceDocumentAsync(document, Corpus.Chunks(document, c => [int.Parse(document.Version, CultureInfo.InvariantCulture), c + 1]));
        }

        foreach (var query in (string[])["w1", "w7 w8 w9 title", "w250 w3 w99"])
        {
            Corpus.AssertSame(await scratch.SearchKeywordsAsync(new(query), 2000), await store.SearchKeywordsAsync(new(query), 2000));
        }

        Corpus.AssertSame(await scratch.SearchVectorsAsync(new float[] { 1, 2 }, new(""), 2000), await store.SearchVectorsAsync(new float[] { 1, 2 }, new(""), 2000));
        return reached;
    }

    private static bool Same(Dictionary<string, Document> documents, Dictionary<string, string> versions) =>
        documents.Count == versions.Count && documents.Values.All(d => versions.GetValueOrDefault(d.Id) == d.Version);
}
