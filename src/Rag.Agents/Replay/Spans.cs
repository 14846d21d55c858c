using System.Diagnostics;
using System.Text.Json;
using Microsoft.Extensions.AI;

namespace Rag.Agents.Replay;

/// <summary>A recorded run as OpenTelemetry spans, after the semantic conventions for generative AI (opentelemetry.io/docs/specs/semconv/gen-ai): <c>invoke_agent</c>, <c>chat</c> and <c>execute_tool</c>.</summary>
public static class Spans
{
    /// <summary>Name of the source of the spans: what a listener, such as OpenTelemetry's <c>AddSource</c>, is to be given.</summary>
    public const string SourceName = "Rag.Agents";

    private static readonly ActivitySource Source = new(SourceName);

    /// <summary>Gives the spans of a run, with its own times, to whoever listens. The outermost is a child of the current span where there is one. Without a listener nothing is done.</summary>
    /// <param name="record">The run.</param>
    /// <param name="contents">Whether messages, arguments, results and messages of failures go along. They hold what users and documents say. Default no.</param>
    public static void Export(AgentRecord record, bool contents = false)
    {
        ArgumentNullException.ThrowIfNull(record);
        if (!Source.HasListeners())
        {
            return;
        }

        var end = record.Calls.Select(c => c.End).Append(record.Run.Steps[^1].At).Max();
        List<ActivityContext> parents = [Agent(record, record.Run.Strategy, Activity.Current?.Context ?? default, default, end, record.Run.Answer.Usage)];
        var steps = record.Run.Steps.OfType<AgentStep.ToolCall>().ToList();
        foreach (var (index, call) in record.Calls.Index())
        {
            parents = [.. parents.Take(call.Depth + 1)];
            switch (call.Kind)
            {
                case RecordedCallKind.Chat:
                    Chat(record, call, parents[^1], contents);
                    break;
                case RecordedCallKind.Tool:
                    Tool(record, call, parents[^1], steps, contents);
                    break;
                case RecordedCallKind.Agent:
                    var name = record.Calls.ElementAtOrDefault(index + 1) is { } inner && inner.Depth > call.Depth ? inner.Agent : call.Name;
                    parents.Add(Agent(record, name, Tool(record, call, parents[^1], steps, contents), call.Start, call.End, null));
                    break;
            }
        }
    }

    private static ActivityContext Agent(AgentRecord record, string strategy, ActivityContext parent, TimeSpan start, TimeSpan end, TokenUsage? usage)
    {
        using var span = Start(record, "invoke_agent", strategy, ActivityKind.Internal, parent, start, end);
        span?.SetTag("gen_ai.agent.name", strategy);
        span?.SetTag("gen_ai.usage.input_tokens", usage?.PromptTokens);
        span?.SetTag("gen_ai.usage.output_tokens", usage?.CompletionTokens);
        return span?.Context ?? parent;
    }

    private static void Chat(AgentRecord record, RecordedCall call, ActivityContext parent, bool contents)
    {
        using var span = Start(record, "chat", call.Name, ActivityKind.Client, parent, call.Start, call.End);
        if (span is null)
        {
            return;
        }

        span.SetTag("gen_ai.agent.name", call.Agent);
        span.SetTag("gen_ai.request.model", call.Name.Length > 0 ? call.Name : null);
        var options = call.Request.GetProperty("options").Deserialize(AIJsonUtilities.DefaultOptions.Of<ChatOptions>())!;
        span.SetTag("gen_ai.request.temperature", options.Temperature);
        span.SetTag("gen_ai.request.top_p", options.TopP);
        span.SetTag("gen_ai.request.max_tokens", options.MaxOutputTokens);
        span.SetTag("gen_ai.request.seed", options.Seed);
        span.SetTag("gen_ai.request.stop_sequences", options.StopSequences?.ToArray());
        if (contents)
        {
            span.SetTag("gen_ai.input.messages", SpanMessages.Of(record.Prompts[ChatRequest.KeyOf(call)].Deserialize(AIJsonUtilities.DefaultOptions.Of<IList<ChatMessage>>())!));
        }

        if (call.Reply is { } reply)
        {
            var response = ChatReply.Updates(reply).ToChatResponse();
            span.SetTag("gen_ai.provider.name", ChatReply.Text(reply, "provider"));
            span.SetTag("gen_ai.response.model", response.ModelId);
            span.SetTag("gen_ai.response.finish_reasons", response.FinishReason is { } reason ? new[] { reason.Value } : null);
            span.SetTag("gen_ai.usage.input_tokens", response.Usage?.InputTokenCount);
            span.SetTag("gen_ai.usage.output_tokens", response.Usage?.OutputTokenCount);
            span.SetTag("gen_ai.output.messages", contents ? SpanMessages.Of(response.Messages, response.FinishReason) : null);
        }

        SetOutcome(span, call, contents);
    }

    private static ActivityContext Tool(AgentRecord record, RecordedCall call, ActivityContext parent, List<AgentStep.ToolCall> steps, bool contents)
    {
        using var span = Start(record, "execute_tool", call.Name, ActivityKind.Internal, parent, call.Start, call.End);
        if (span is null)
        {
            return parent;
        }

        span.SetTag("gen_ai.agent.name", call.Agent);
        span.SetTag("gen_ai.tool.name", call.Name);
        span.SetTag("gen_ai.tool.type", "function");
        if (call.Depth == 0 && steps.Find(s => string.Equals(s.Tool, call.Name, StringComparison.OrdinalIgnoreCase) && JsonElement.DeepEquals(RecordJson.Sorted(s.Arguments), call.Request)) is { } step)
        {
            span.SetTag("gen_ai.tool.call.id", step.CallId);
            steps.Remove(step);
        }

        if (contents)
        {
            span.SetTag("gen_ai.tool.call.arguments", JsonSerializer.Serialize(call.Request, RecordJson.Compact.Of<JsonElement>()));
            span.SetTag("gen_ai.tool.call.result", call.Reply is { } result ? JsonSerializer.Serialize(result, RecordJson.Compact.Of<JsonElement>()) : null);
        }

        SetOutcome(span, call, contents);
        return span.Context;
    }

    private static Activity? Start(AgentRecord record, string operation, string name, ActivityKind kind, ActivityContext parent, TimeSpan start, TimeSpan end)
    {
        var span = Source.CreateActivity(name.Length == 0 ? operation : $"{operation} {name}", kind, parent);
        span?.SetTag("gen_ai.operation.name", operation);
        span?.SetStartTime((record.Started + start).UtcDateTime);
        span?.Start();
        span?.SetEndTime((record.Started + (end > start ? end : start)).UtcDateTime);
        return span;
    }

    private static void SetOutcome(Activity span, RecordedCall call, bool contents)
    {
        if (call.Outcome == RecordedOutcome.Completed)
        {
            return;
        }

        span.SetTag("error.type", call.Outcome switch
        {
            RecordedOutcome.Failed => call.ErrorType,
            RecordedOutcome.BrokeOff => typeof(OperationCanceledException).FullName,
            _ => "timeout",
        });
        span.SetStatus(ActivityStatusCode.Error, contents ? call.Error : null);
    }
}
