using System.Diagnostics;
using Rag.Agents.Replay;
using Rag.Agents.Strategies;

namespace Rag.Agents.Tests.Replay;

/// <summary>The code of docs/how-to/replay-an-agent.md.</summary>
public sealed class ReplayPageTests
{
    [Fact]
    public async Task Page_does_what_it_says()
    {
        using var folder = new RecordFolder();
        var path = folder.Path;
        var cancellationToken = TestContext.Current.CancellationToken;
        using var client = FerryRun.Model();
        var options = FerryRun.Options();
        var strategy = FerryRun.Strategy;

        // <record>
        var recording = new Recording();
        var agent = recording.Agent(client, strategy, options);

        var run = await agent.RunAsync("When does the ferry leave?", cancellationToken);
        await recording.Of(run).SaveAsync(path, cancellationToken);
        // </record>

        // <replay>
        var record = await AgentRecord.LoadAsync(path, cancellationToken);
        var replayed = await record.Replay().Agent(null, strategy, options).RunAsync(record.Run.Task, cancellationToken);

        var diff = RunDiff.Of(record.Run, replayed);
        if (!diff.IsEmpty)
        {
            throw new InvalidOperationException(diff.ToString());
        }
        // </replay>

        Assert.Equal(ReplayPropertyTests.Json(run), ReplayPropertyTests.Json(replayed));

        // <resume>
        var resumed = record.Resume(step: 6);
        var second = await resumed.Agent(client, new ReActStrategy(new() { Instructions = "Look twice.", Examples = [] }), options).RunAsync(record.Run.Task, cancellationToken);
        await resumed.Of(second).SaveAsync(path, cancellationToken);
        // </resume>

        Assert.True(RunDiff.Of(run, second).IsEmpty);

        var spans = 0;
        using var listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name == "Rag.Agents",
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllData,
            ActivityStopped = _ => spans++,
        };
        ActivitySource.AddActivityListener(listener);

        // <spans>
        Spans.Export(record);
        // </spans>

        Assert.True(spans > 5);
    }
}
