using Microsoft.Extensions.AI;
using Rag.Agents.Replay;
using Rag.Agents.Strategies;
using Rag.Testing;

namespace Rag.Agents.Tests.Replay;

public sealed class ReplayTests
{
    private const string Task = "When does the ferry leave?";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Recording_changes_nothing_about_a_run()
    {
        for (var seed = 0; seed < 300; seed++)
        {
            var plain = await new RandomRun(seed, takesTime: false).Plain().RunAsync(Task, Token);
            var recorded = await new RandomRun(seed, takesTime: false).Live(new Recording(new ManualTime())).RunAsync(Task, Token);

            // samples side by side come in any order, and the random model writes by order
            Assert.True(plain.Steps.OfType<AgentStep.Thought>().Any(t => t.Sample is not null) || RunDiff.Of(plain, recorded).IsEmpty, $"Seed {seed}: {RunDiff.Of(plain, recorded)}");
        }
    }

    [Fact]
    public async Task Run_with_another_prompt_departs_and_says_at_which_step_and_in_what()
    {
        var record = await FerryRun.RecordAsync();
        var changed = record.Replay().Agent(null, new ReActStrategy(new() { Instructions = "Solve it!", Examples = [] }), FerryRun.Options());

        var e = await Assert.ThrowsAsync<ReplayException>(() => changed.RunAsync(Task, Token));

        Assert.Equal(0, e.Step);
        Assert.Contains("after step 0: the prompt differs at 0.contents.0.text: it was", e.Message, StringComparison.Ordinal);
        Assert.Contains("Solve it. ", e.Message, StringComparison.Ordinal);
        Assert.Contains("Solve it! ", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Run_with_other_options_departs()
    {
        var record = await FerryRun.RecordAsync();
        var changed = record.Replay().Agent(null, FerryRun.Strategy, FerryRun.Options() with { Budget = new() { MaxReplyTokens = 99 } });

        var e = await Assert.ThrowsAsync<ReplayException>(() => changed.RunAsync(Task, Token));

        Assert.Contains("options.maxOutputTokens: it was '1024' and is now '99'", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Tool_call_that_the_record_does_not_hold_ends_the_run_although_failures_of_tools_go_to_the_model()
    {
        var record = await FerryRun.RecordAsync();
        var changed = record with { Calls = [.. record.Calls.Select(c => c.Kind == RecordedCallKind.Tool && c.Request.GetProperty("input").GetString() == "ferry times" ? c with { Request = RecordJson.Sorted([new("input", "bus times")]) } : c)] };

        var e = await Assert.ThrowsAsync<ReplayException>(() => FerryRun.Dead(changed.Replay()).RunAsync(Task, Token));

        Assert.Equal(3, e.Step);
        Assert.Contains("the call of search differs at input: it was 'bus times' and is now 'ferry times'", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Run_that_asks_more_than_the_record_holds_departs()
    {
        var record = await FerryRun.RecordAsync();
        var shorter = record with { Calls = [.. record.Calls.Take(1)] };

        var e = await Assert.ThrowsAsync<ReplayException>(() => FerryRun.Dead(shorter.Replay()).RunAsync(Task, Token));

        Assert.Contains("the record holds no further call of that kind", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Time_limits_that_the_run_no_longer_has_are_a_departure_not_a_cancellation()
    {
        var time = new ManualTime();
        var recording = new Recording(time);
        using var hangs = new TurnScript((_, _, _) =>
        {
            time.Advance(TimeSpan.FromMinutes(2));
            return new(ChatRole.Assistant, "late");
        });
        var record = recording.Of(await recording.Agent(hangs, FerryRun.Strategy).RunAsync(Task, Token));
        Assert.Equal(AgentStop.Time, record.Run.Stopped);

        var e = await Assert.ThrowsAsync<ReplayException>(() => record.Replay().Agent(null, FerryRun.Strategy, new() { Budget = new() { Timeout = TimeSpan.FromHours(1) } }).RunAsync(Task, Token));

        Assert.Contains("cut off at 00:01:36", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Cancelled_replay_and_cancelled_recording_throw()
    {
        var record = await FerryRun.RecordAsync();
        using var source = new CancellationTokenSource();
        using var client = new TurnScript((_, _, _) =>
        {
            source.Cancel();
            return new(ChatRole.Assistant, " hm.\nAction 1: search[x]");
        });

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => new Recording().Agent(client, FerryRun.Strategy, FerryRun.Options()).RunAsync(Task, source.Token));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => FerryRun.Dead(record.Replay()).RunAsync(Task, source.Token));
    }

    [Fact]
    public void Agent_of_another_recording_is_refused_as_a_tool()
    {
        using var client = TurnScript.Saying("x");
        var other = new Recording().Agent(client, FerryRun.Strategy).AsTool("expert", "Knows.");

        var e = Assert.Throws<ArgumentException>(() => new Recording().Agent(client, FerryRun.Strategy, new() { Tools = [other] }));

        Assert.Contains("'expert' was not made by this recording", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Live_recording_wants_a_model() => Assert.Throws<ArgumentNullException>(() => new Recording().Agent(null, FerryRun.Strategy));

    [Fact]
    public void Record_wants_a_run() => Assert.Throws<InvalidOperationException>(() => new Recording().Of(new AgentRun(Task, "react", [])));

    [Fact]
    public async Task Context_of_a_model_is_recorded_and_told_again_without_the_model()
    {
        var recording = new Recording(new ManualTime());
        using var client = new CountingClient(300);
        var run = await recording.Agent(client, FerryRun.Strategy).RunAsync(Task, Token);
        var record = recording.Of(run);

        var again = await record.Replay().Agent(null, FerryRun.Strategy).RunAsync(Task, Token);

        Assert.Equal(ReplayPropertyTests.Json(run), ReplayPropertyTests.Json(again));
        Assert.Contains(record.Calls, c => c.Kind == RecordedCallKind.Window);
        Assert.Contains(record.Calls, c => c.Kind == RecordedCallKind.Chat && c.Request.GetProperty("options").GetProperty("maxOutputTokens").GetInt32() < 300);
    }

    /// <summary>A model that counts its own tokens: a prompt's are its characters divided by ten.</summary>
    private sealed class CountingClient(int tokens) : IChatClient, Generation.IContextWindow
    {
        private readonly TurnScript _script = TurnScript.Saying(" I know.\nAction 1: Finish[noon]");

        public int Tokens => tokens;

        public int Count(IEnumerable<ChatMessage> messages, ChatOptions? options = null) => messages.Sum(m => m.Text.Length) / 10;

        public Task<ChatResponse> GetResponseAsync(IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default) => _script.GetResponseAsync(messages, options, cancellationToken);

        public IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default) =>
            _script.GetStreamingResponseAsync(messages, options, cancellationToken);

        public object? GetService(Type serviceType, object? serviceKey = null) => serviceType.IsInstanceOfType(this) ? this : null;

        public void Dispose() => _script.Dispose();
    }
}
