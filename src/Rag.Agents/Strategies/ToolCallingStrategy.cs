using Microsoft.Extensions.AI;
using Rag.Agents.Parsing;

namespace Rag.Agents.Strategies;

/// <summary>ReAct by the model's own tool calls: for clients that have them. A reply without a call is the answer.</summary>
/// <param name="instructions">In place of its own.</param>
/// <param name="maxTurns">Turns after which it gives up, at least 1. Default 10.</param>
public sealed class ToolCallingStrategy(string? instructions = null, int maxTurns = 10) : IAgentStrategy
{
    private readonly string _instructions = instructions ?? Prompt.Read("tools.v1", typeof(ToolCallingStrategy).Assembly);

    /// <inheritdoc/>
    public string Name => "tools";

    /// <inheritdoc/>
    public AgentMove Next(AgentState state)
    {
        ArgumentNullException.ThrowIfNull(state);
        var messages = state.Messages(_instructions, state.Task);
        messages.AddRange(state.Steps.Select(Message).OfType<ChatMessage>());
        return state.Steps.Count(s => s is AgentStep.Observation or AgentStep.Error) >= maxTurns
            ? new AgentMove.GiveUp($"{maxTurns} calls of tools brought no answer.")
            : new AgentMove.Ask(messages, (reply, _) => Read(reply, state.Steps.Count)) { Chat = new() { Tools = [.. state.Tools] } };
    }

    private static ChatMessage? Message(AgentStep step) => step switch
    {
        AgentStep.Thought { Sample: null, Text.Length: > 0 } thought => new(ChatRole.Assistant, thought.Text),
        AgentStep.ToolCall { CallId: { } id } call => new(ChatRole.Assistant, [new FunctionCallContent(id, call.Tool, call.Arguments.ToDictionary())]),
        AgentStep.Observation { CallId: { } id } observation => new(ChatRole.Tool, [new FunctionResultContent(id, observation.Text)]),
        AgentStep.Finish finish => new(ChatRole.Assistant, finish.Text),
        AgentStep.Error error => new(ChatRole.User, error.Message),
        _ => null,
    };

    private static IReadOnlyList<AgentStep> Read(ChatMessage reply, int steps)
    {
        var calls = reply.Contents.OfType<FunctionCallContent>().ToList();
        var text = ReplyText.Of(reply);
        return calls.Count == 0 ? [new AgentStep.Finish(AnswerReply.Final(reply))]
            : [.. text.Length > 0 ? (AgentStep[])[new AgentStep.Thought(text)] : [], .. calls.Select((c, i) => Call(c, $"{steps}-{i}"))];
    }

    private static AgentStep.ToolCall Call(FunctionCallContent call, string id) =>
        new(call.Name, call.Arguments?.ToDictionary() ?? []) { CallId = string.IsNullOrEmpty(call.CallId) ? id : call.CallId };
}
