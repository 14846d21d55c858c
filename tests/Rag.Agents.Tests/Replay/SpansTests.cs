using System.Diagnostics;
using Microsoft.Extensions.AI;
using Rag.Agents.Replay;
using Rag.Agents.Strategies;
using Rag.Testing;

namespace Rag.Agents.Tests.Replay;

public sealed class SpansTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Run_is_a_tree_of_spans_with_their_own_times()
    {
        var spans = Export(await NestedAsync());

        Assert.Equal(
        [
            "invoke_agent tools <  0.0-5.0",
            "chat model-1 < invoke_agent tools 0.0-1.0",
            "execute_tool expert < invoke_agent tools 1.0-3.0",
            "invoke_agent react < execute_tool expert 1.0-3.0",
            "chat model-2 < invoke_agent react 1.0-2.0",
            "execute_tool broken < invoke_agent react 2.0-2.0",
            "chat model-2 < invoke_agent react 2.0-3.0",
            "chat model-1 < invoke_agent tools 3.0-4.0",
            "execute_tool broken < invoke_agent tools 4.0-4.0",
            "chat model-1 < invoke_agent tools 4.0-5.0",
        ],
        spans.Select(s => FormattableString.Invariant($"{s.DisplayName} < {spans.Find(p => p.SpanId == s.ParentSpanId)?.DisplayName} {Seconds(s.StartTimeUtc):0.0}-{Seconds(s.StartTimeUtc + s.Duration):0.0}")));
        Assert.Single(spans.Select(s => s.TraceId).Distinct());
    }

    [Fact]
    public async Task Attributes_follow_the_conventions_and_hold_no_contents()
    {
        var spans = Export(await NestedAsync());

        Assert.Equal("gen_ai.agent.name=tools gen_ai.operation.name=invoke_agent gen_ai.usage.input_tokens=55 gen_ai.usage.output_tokens=10", Tags(spans[0]));
        Assert.Equal(
            "gen_ai.agent.name=tools gen_ai.operation.name=chat gen_ai.provider.name=test gen_ai.request.max_tokens=1024 gen_ai.request.model=model-1 gen_ai.request.seed=7 gen_ai.request.temperature=0 "
            + "gen_ai.response.finish_reasons=tool_calls gen_ai.response.model=model-1 gen_ai.usage.input_tokens=11 gen_ai.usage.output_tokens=2", Tags(spans[1]));
        Assert.Equal("gen_ai.agent.name=tools gen_ai.operation.name=execute_tool gen_ai.tool.call.id=c1 gen_ai.tool.name=expert gen_ai.tool.type=function", Tags(spans[2]));
        Assert.Equal("error.type=System.InvalidOperationException gen_ai.agent.name=tools gen_ai.operation.name=execute_tool gen_ai.tool.call.id=c2 gen_ai.tool.name=broken gen_ai.tool.type=function", Tags(spans[8]));
        Assert.Equal((ActivityStatusCode.Error, null), (spans[8].Status, spans[8].StatusDescription));
        Assert.Equal([ActivityKind.Internal, ActivityKind.Client, ActivityKind.Internal], spans.Take(3).Select(s => s.Kind));
    }

    [Fact]
    public async Task Contents_go_along_where_they_are_wanted()
    {
        var spans = Export(await NestedAsync(), contents: true);

        Assert.Equal("""[{"role":"assistant","parts":[{"type":"tool_call","id":"c1","name":"expert","arguments":{"task":"the ferry"}}],"finish_reason":"tool_calls"}]""", spans[1].GetTagItem("gen_ai.output.messages"));
        Assert.StartsWith("""[{"role":"system","parts":[{"type":"text","content":"Answer."}]},{"role":"user","parts":""", (string)spans[1].GetTagItem("gen_ai.input.messages")!, StringComparison.Ordinal);
        Assert.Contains("""{"type":"tool_call_response","id":"c1","response":"It leaves at noon."}""", (string)spans[^1].GetTagItem("gen_ai.input.messages")!, StringComparison.Ordinal);
        Assert.Equal("""{"input":"x"}""", spans[8].GetTagItem("gen_ai.tool.call.arguments"));
        Assert.Equal("the wire is cut", spans[8].StatusDescription);
    }

    [Fact]
    public async Task Call_that_was_cut_off_is_a_timeout()
    {
        var time = new ManualTime();
        var recording = new Recording(time);
        using var hangs = new TurnScript((_, _, _) =>
        {
            time.Advance(TimeSpan.FromMinutes(2));
            return new(ChatRole.Assistant, "late");
        });
        var record = recording.Of(await recording.Agent(hangs, FerryRun.Strategy).RunAsync(FerryRun.Task, Token));

        Assert.Equal("timeout", Export(record)[1].GetTagItem("error.type"));
    }

    [Fact]
    public async Task Run_is_a_child_of_the_current_span_and_nothing_is_done_without_a_listener()
    {
        var record = await FerryRun.RecordAsync();
        Spans.Export(record);
        using var outer = new Activity("request").SetIdFormat(ActivityIdFormat.W3C).Start();

        var spans = Export(record);

        Assert.Equal(outer.SpanId, spans[0].ParentSpanId);
        Assert.Same(outer, Activity.Current);
    }

    /// <summary>An agent calls another, whose tool fails, and then the same tool itself; each reply takes a second.</summary>
    private static async Task<AgentRecord> NestedAsync()
    {
        var time = new ManualTime();
        var recording = new Recording(time);
        var broken = AIFunctionFactory.Create(string (string input) => throw new InvalidOperationException("the wire is cut"), "broken");
        using var inner = new Scripted("model-2", time, [new TextContent(" I try.\nAction 1: broken[y]")], [new TextContent(" I know.\nAction 2: Finish[It leaves at noon.]")]);
        using var outer = new Scripted("model-1", time,
            [new FunctionCallContent("c1", "expert", new Dictionary<string, object?> { ["task"] = "the ferry" })],
            [new FunctionCallContent("c2", "broken", new Dictionary<string, object?> { ["input"] = "x" })],
            [new TextContent("It leaves at noon.")]);
        var expert = recording.Agent(inner, FerryRun.Strategy, new() { Tools = [broken] }).AsTool("expert", "Knows.");
        return recording.Of(await recording.Agent(outer, new ToolCallingStrategy("Answer."), new() { Tools = [expert, broken], Chat = new() { Seed = 7 } }).RunAsync(FerryRun.Task, Token));
    }

    private static List<Activity> Export(AgentRecord record, bool contents = false)
    {
        var spans = new List<Activity>();
        using var listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name == Spans.SourceName,
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllDataAndRecorded,
            ActivityStopped = spans.Add,
        };
        ActivitySource.AddActivityListener(listener);
        Spans.Export(record, contents);
        return spans;
    }

    private static double Seconds(DateTime time) => (time - DateTime.UnixEpoch).TotalSeconds;

    private static string Tags(Activity span) => string.Join(' ', span.TagObjects.OrderBy(t => t.Key, StringComparer.Ordinal).Select(t => $"{t.Key}={(t.Value is string[] values ? string.Join(',', values) : t.Value)}"));

    private sealed class Scripted(string model, ManualTime time, params AIContent[][] replies) : IChatClient
    {
        private int _calls;

        public Task<ChatResponse> GetResponseAsync(IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default) =>
            GetStreamingResponseAsync(messages, options, cancellationToken).ToChatResponseAsync(cancellationToken);

        public async IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(IEnumerable<ChatMessage> messages, ChatOptions? options = null, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken = default)
        {
            await System.Threading.Tasks.Task.Yield();
            time.Advance(TimeSpan.FromSeconds(1));
            var reply = replies[Math.Min(_calls++, replies.Length - 1)];
            yield return new(ChatRole.Assistant, [.. reply, new UsageContent(new() { InputTokenCount = 11, OutputTokenCount = 2 })])
            {
                ModelId = model,
                FinishReason = reply is [FunctionCallContent] ? ChatFinishReason.ToolCalls : ChatFinishReason.Stop,
            };
        }

        public object? GetService(Type serviceType, object? serviceKey = null) => serviceType == typeof(ChatClientMetadata) ? new ChatClientMetadata("test", null, model) : null;

        public void Dispose()
        {
            // holds nothing
        }
    }
}
