using System.Text.Json;
using Microsoft.Extensions.AI;
using Rag.Agents.Loop;
using Rag.Agents.Parsing;

namespace Rag.Agents.Strategies;

/// <summary>Plan and execute: a plan first, each item of it done by ReAct, and after each a look at what is left, until there is an answer (after Wang et al., "Plan-and-Solve Prompting", ACL 2023, with replanning).</summary>
/// <param name="maxTurns">Actions for one item, at least 1. Default 4.</param>
/// <param name="prompt">In place of the instructions and examples of ReAct, for the items.</param>
public sealed class PlanAndExecuteStrategy(int maxTurns = 4, StrategyPrompt? prompt = null) : IAgentStrategy
{
    private static readonly ChatResponseFormat Form = ChatResponseFormat.ForJsonSchema(JsonElement.Parse(
        """{"type":"object","properties":{"plan":{"type":"array","items":{"type":"string"}},"answer":{"type":"string"}},"required":["plan","answer"],"additionalProperties":false}"""), "plan");

    private readonly ReActStrategy _react = new(prompt, maxTurns);

    /// <inheritdoc/>
    public string Name => "plan";

    /// <inheritdoc/>
    public AgentMove Next(AgentState state)
    {
        ArgumentNullException.ThrowIfNull(state);
        var planned = state.Steps.ToList().FindLastIndex(s => s is AgentStep.Plan);
        if (planned < 0)
        {
            return Ask(state);
        }

        AgentStep[] since = [.. state.Steps.Skip(planned + 1)];
        if (since is [.., AgentStep.Thought { Proposes: not null } or AgentStep.Error { Message: NoPlan or AnswerMissing }])
        {
            return Ask(state);
        }

        var item = state with { Task = $"{((AgentStep.Plan)state.Steps[planned]).Items[0]} (This is one part of the task: {state.Task} Known so far: {Known(state)})", Steps = since };
        return _react.Next(item) switch
        {
            AgentMove.Ask ask => ask with { Read = (reply, n) => Result(ask.Read(reply, n)) },
            AgentMove.GiveUp giveUp => new AgentMove.Take(new AgentStep.Thought(giveUp.Reason) { Proposes = "Nothing was found." }),
            var move => move,
        };
    }

    private const string NoPlan = "That is no plan. Write a JSON object with \"plan\", a list of texts, and \"answer\", a text that is empty while there is something left to do.";
    private const string AnswerMissing = "The plan is empty, and so is the answer. Give one of them.";

    /// <summary>What an item came to is not the answer of the run.</summary>
    private static IReadOnlyList<AgentStep> Result(IReadOnlyList<AgentStep> steps) =>
        steps is [.., AgentStep.Finish finish] ? [new AgentStep.Thought(steps.OfType<AgentStep.Thought>().FirstOrDefault()?.Text ?? "") { Proposes = finish.Text }] : steps;

    private static string Known(AgentState state) => string.Join("; ", Done(state).Select(d => $"{d.Item}: {d.Result}")) is { Length: > 0 } known ? known : "nothing";

    /// <summary>Items that were done, with what they came to.</summary>
    private static IEnumerable<(string Item, string Result)> Done(AgentState state)
    {
        string? item = null;
        foreach (var step in state.Steps)
        {
            if (step is AgentStep.Plan plan)
            {
                item = plan.Items[0];
            }
            else if (step is AgentStep.Thought { Proposes: { } result } && item is not null)
            {
                yield return (item, result);
                item = null;
            }
        }
    }

    private static AgentMove.Ask Ask(AgentState state)
    {
        var tools = ToolArguments.Describe(state.Tools);
        var done = string.Join('\n', Done(state).Select(d => $"- {Prompt.OnOneLine(d.Item)}: {Prompt.OnOneLine(d.Result)}"));
        var left = state.Steps.OfType<AgentStep.Plan>().LastOrDefault()?.Items.Skip(1).ToList() ?? [];
        var error = state.Steps is [.., AgentStep.Error wrong] ? $"\n\n{wrong.Message}" : "";
        var text = $"Task: {Prompt.OnOneLine(state.Task)}\n\nDone so far:\n{(done.Length > 0 ? done : "nothing")}\n\nLeft of the plan:\n{(left.Count > 0 ? string.Join('\n', left.Select(l => $"- {Prompt.OnOneLine(l)}")) : "nothing")}{error}";
        return new(state.Messages(Prompt.Read("plan.v1", typeof(PlanAndExecuteStrategy).Assembly).Replace("{tools}", tools, StringComparison.Ordinal), text), (reply, _) => [Read(ReplyText.Of(reply))]) { Chat = new() { ResponseFormat = Form } };
    }

    private static AgentStep Read(string reply)
    {
        var text = ReplyText.Unfenced(reply);
        var begin = text.IndexOf('{', StringComparison.Ordinal);
        if (begin < 0 || ToolArguments.Object(text[begin..(text.LastIndexOf('}') is var end && end > begin ? end + 1 : text.Length)]) is not { } members)
        {
            return new AgentStep.Error(NoPlan);
        }

        var answer = members.GetValueOrDefault("answer") is JsonElement { ValueKind: JsonValueKind.String } said ? said.GetString()!.Trim() : "";
        List<string> items = members.GetValueOrDefault("plan") is JsonElement { ValueKind: JsonValueKind.Array } plan
            ? [.. plan.EnumerateArray().Where(i => i.ValueKind == JsonValueKind.String).Select(i => i.GetString()!.Trim()).Where(i => i.Length > 0)]
            : [];
        return answer.Length > 0 ? new AgentStep.Finish(answer) : items.Count > 0 ? new AgentStep.Plan(items) : new AgentStep.Error(AnswerMissing);
    }
}
