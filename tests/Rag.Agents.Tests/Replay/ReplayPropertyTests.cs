using System.Text.Json;
using Rag.Agents.Replay;

namespace Rag.Agents.Tests.Replay;

/// <summary>Runs of all strategies, with models and tools that do whatever comes to them, replay identically from their files.</summary>
public sealed class ReplayPropertyTests(ITestOutputHelper output)
{
    private const string Task = "When does the ferry leave?";

    [Fact]
    public async Task A_thousand_recorded_runs_replay_byte_for_byte_and_touch_nothing()
    {
        using var folder = new RecordFolder();
        var stops = new Dictionary<AgentStop, int>();
        for (var seed = 0; seed < 1000; seed++)
        {
            var live = new RandomRun(seed);
            var recording = new Recording(live.Time);
            var run = await live.Live(recording).RunAsync(Task, TestContext.Current.CancellationToken);
            await recording.Of(run).SaveAsync(folder.Path, TestContext.Current.CancellationToken);

            var record = await AgentRecord.LoadAsync(folder.Path, TestContext.Current.CancellationToken);
            var dead = new RandomRun(seed);
            var again = await ReplayAsync(dead, record, seed);

            Assert.True(Json(run) == Json(record.Run), $"Seed {seed}: the file does not hold the run.");
            Assert.True(Json(run) == Json(again), $"Seed {seed}: {RunDiff.Of(run, again)}\n{Json(run)}\n{Json(again)}");
            Assert.Equal(0, dead.Touched);
            stops[run.Stopped] = stops.GetValueOrDefault(run.Stopped) + 1;
        }

        output.WriteLine(string.Join(", ", stops.OrderBy(s => s.Key).Select(s => $"{s.Key} {s.Value}")));
        Assert.All(Enum.GetValues<AgentStop>(), stop => Assert.True(stops.GetValueOrDefault(stop) > 10, $"Only {stops.GetValueOrDefault(stop)} runs ended by {stop}."));
    }

    internal static async Task<AgentRun> ReplayAsync(RandomRun dead, AgentRecord record, int seed)
    {
        try
        {
            return await dead.Dead(record.Replay()).RunAsync(Task, TestContext.Current.CancellationToken);
        }
        catch (Exception e)
        {
            throw new InvalidOperationException($"Seed {seed}: {e.Message}\n{JsonSerializer.Serialize(record with { Prompts = new Dictionary<string, JsonElement>() }, RecordJson.Compact)}", e);
        }
    }

    internal static string Json(AgentRun run) => JsonSerializer.Serialize(run, RecordJson.Options);
}
