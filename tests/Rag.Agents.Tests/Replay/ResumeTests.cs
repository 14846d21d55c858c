using Microsoft.Extensions.AI;
using Rag.Agents.Replay;
using Rag.Agents.Strategies;
using Rag.Testing;

namespace Rag.Agents.Tests.Replay;

public sealed class ResumeTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Run_can_be_resumed_from_each_of_its_steps_and_ends_the_same()
    {
        var record = await FerryRun.RecordAsync();
        Assert.Equal("thought, tool_call, observation, thought, tool_call, observation, thought, finish, error, thought, finish, answer", string.Join(", ", record.Run.Steps.Select(s => AgentStepJson.Of(s).Kind)));

        for (var step = 0; step < record.Run.Steps.Count; step++)
        {
            using var client = FerryRun.Model();
            var touched = 0;
            var resumed = record.Resume(step, new ManualTime());
            var run = await resumed.Agent(client, FerryRun.Strategy, FerryRun.Options(() => touched++)).RunAsync(FerryRun.Task, Token);

            Assert.True(RunDiff.Of(record.Run, run).IsEmpty, $"Step {step}: {RunDiff.Of(record.Run, run)}");
            Assert.Equal(record.Run.Steps.Skip(step + 1).Count(s => s is AgentStep.Observation), touched); // a call is taken with what came of it
            Assert.Equal(run.Calls, client.Requests.Count);

            var again = await FerryRun.Dead(resumed.Of(run).Replay()).RunAsync(FerryRun.Task, Token);
            Assert.Equal(ReplayPropertyTests.Json(run), ReplayPropertyTests.Json(again));
        }
    }

    [Fact]
    public async Task Random_runs_resume_with_another_model_and_prompt_after_the_same_steps_and_replay()
    {
        using var folder = new RecordFolder();
        for (var seed = 0; seed < 100; seed++)
        {
            var first = new RandomRun(seed);
            var recording = new Recording(first.Time);
            var record = recording.Of(await first.Live(recording).RunAsync(FerryRun.Task, Token));
            var step = new Random(seed).Next(GivenSteps.Most(record.Run.Steps) + 1);

            var second = new RandomRun(seed, modelSeed: seed + 5000);
            var resumed = record.Resume(step, second.Time);
            var run = await second.Live(resumed).RunAsync(FerryRun.Task, Token);
            await resumed.Of(run).SaveAsync(folder.Path, Token);
            var again = await ReplayPropertyTests.ReplayAsync(new RandomRun(seed), await AgentRecord.LoadAsync(folder.Path, Token), seed);

            var diff = RunDiff.Of(record.Run, run);
            Assert.True(diff.EqualSteps >= step, $"Seed {seed}, step {step}: {diff}");
            Assert.True(ReplayPropertyTests.Json(run) == ReplayPropertyTests.Json(again), $"Seed {seed}, step {step}: {RunDiff.Of(run, again)}");
        }
    }

    [Fact]
    public async Task Resumed_run_goes_on_with_another_strategy()
    {
        var record = await FerryRun.RecordAsync();
        using var client = TurnScript.Saying("The ferry leaves at noon.");

        var run = await record.Resume(6).Agent(client, new ToolCallingStrategy("Answer."), FerryRun.Options(() => Assert.Fail("A tool was called."))).RunAsync(FerryRun.Task, Token);

        Assert.Equal("tools", run.Strategy);
        Assert.Equal(8, run.Steps.Count);
        Assert.Equal("The ferry leaves at noon. [1]", run.Answer.Text);
        Assert.Single(client.Requests);
    }

    [Fact]
    public async Task Time_of_the_steps_counts_and_goes_on_from_there()
    {
        var time = new ManualTime();
        var recording = new Recording(time);
        using var client = FerryRun.Model();
        using var slow = new TurnScript((_, messages, _) =>
        {
            time.Advance(TimeSpan.FromSeconds(20));
            return new(ChatRole.Assistant, client.GetResponseAsync(messages).GetAwaiter().GetResult().Text);
        });
        var record = recording.Of(await recording.Agent(slow, FerryRun.Strategy, FerryRun.Options()).RunAsync(FerryRun.Task, Token));

        var run = await record.Resume(6, new ManualTime()).Agent(client, FerryRun.Strategy, FerryRun.Options() with { Budget = new() { Timeout = TimeSpan.FromSeconds(40) } }).RunAsync(FerryRun.Task, Token);

        Assert.Equal(AgentStop.Time, run.Stopped);
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(12)]
    public async Task Step_that_the_run_does_not_have_is_refused(int step)
    {
        var record = await FerryRun.RecordAsync();

        var e = Assert.Throws<ArgumentOutOfRangeException>(() => record.Resume(step));

        Assert.Contains("from step 0 to 11", e.Message, StringComparison.Ordinal);
    }
}
