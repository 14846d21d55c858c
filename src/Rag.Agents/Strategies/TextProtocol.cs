using System.Text;
using Microsoft.Extensions.AI;
using Rag.Agents.Loop;
using Rag.Agents.Parsing;

namespace Rag.Agents.Strategies;

/// <summary>Actions as text: <c>Thought 1: ... Action 1: Search[...] Observation 1: ...</c>, in one prompt that grows (Yao et al., "ReAct: Synergizing Reasoning and Acting in Language Models", ICLR 2023).</summary>
/// <param name="thinks">Whether a thought stands before each action.</param>
/// <param name="name">Of the text files with instructions and examples.</param>
/// <param name="prompt">What takes their place.</param>
/// <param name="maxTurns">Observations after which the strategy gives up.</param>
internal sealed class TextProtocol(bool thinks, string name, StrategyPrompt prompt, int maxTurns)
{
    /// <summary>What comes next after the steps.</summary>
    public AgentMove Next(AgentState state)
    {
        var (transcript, turn, open) = Transcript(state.Steps);
        if (turn > maxTurns)
        {
            return new AgentMove.GiveUp($"{maxTurns} actions brought no answer.");
        }

        var forced = !thinks || open;
        var text = $"{prompt.InstructionsFor(state, $"{name}.v1")}\n{prompt.ExamplesFor(state.Task, $"{name}.examples")}{prompt.Label}: {Prompt.OnOneLine(state.Task)}\n{transcript}{(forced ? "Action" : "Thought")} {turn}:";
        return new AgentMove.Ask(state.Messages(null, text), (reply, _) => Read(ReplyText.Of(reply), forced, state.Tools))
        {
            Chat = new() { StopSequences = [forced ? "\n" : $"\nObservation {turn}:"] },
            Grammar = Grammar(forced, turn, state.Tools),
        };
    }

    /// <summary>The steps as lines, the number of the next turn, and whether that has its thought already.</summary>
    private static (string Text, int Turn, bool Open) Transcript(IReadOnlyList<AgentStep> steps)
    {
        var (text, turn, open) = (new StringBuilder(), 1, false);
        foreach (var step in steps)
        {
            var (label, line) = step switch
            {
                AgentStep.Thought { Sample: null } thought => ("Thought", thought.Text),
                AgentStep.ToolCall call => ("Action", call.Written ?? call.Tool),
                AgentStep.Finish finish => ("Action", $"{ActionReply.FinishName}[{finish.Text}]"),
                AgentStep.Observation observation => ("Observation", observation.Text),
                AgentStep.Error error => ("Observation", error.Message),
                _ => (null, ""),
            };
            if (label is null)
            {
                continue;
            }

            // on one line: the text of a document must not write a line of ours
            text.Append(label).Append(' ').Append(turn).Append(": ").Append(Prompt.OnOneLine(line)).Append('\n');
            turn += label == "Observation" ? 1 : 0;
            open = label == "Thought";
        }

        return (text.ToString(), turn, open);
    }

    private static IReadOnlyList<AgentStep> Read(string reply, bool forced, IReadOnlyList<AIFunction> tools)
    {
        string[] names = [.. tools.Select(t => t.Name)];
        var action = forced ? ActionReply.ParseAction(reply, names) : ActionReply.Parse(reply, names);
        IReadOnlyList<AgentStep> thought = forced || (action.Thought.Length == 0 && action.Name is not null) ? [] : [new AgentStep.Thought(action.Thought)];
        return (action.Name, action.IsFinish) switch
        {
            // without an action the model is asked for one, once; then it is told
            (null, _) => forced ? [new AgentStep.Error($"That is no action. Write one of: {string.Join(", ", names.Append(ActionReply.FinishName).Select(n => $"{n}[...]"))}.")] : thought,
            (_, true) => [.. thought, new AgentStep.Finish(action.Input)],
            ({ } called, _) => [.. thought, new AgentStep.ToolCall(called, ArgumentsOf(called, action.Input, tools)) { Written = action.Written }],
        };
    }

    private static IReadOnlyDictionary<string, object?> ArgumentsOf(string name, string input, IReadOnlyList<AIFunction> tools) =>
        ToolArguments.Find(tools, name) is { } tool ? ToolArguments.Of(tool, input) : new Dictionary<string, object?> { ["input"] = input };

    // Bounded, so that a model that rambles still comes to its action.
    private static string Grammar(bool forced, int turn, IReadOnlyList<AIFunction> tools) =>
        $$"""
        root ::= " "? {{(forced ? "" : $"thought \"\\nAction {turn}: \"")}} action
        thought ::= [^\n]{1,400}
        action ::= name "[" [^\n\]]{1,200} "]"
        name ::= {{string.Join(" | ", tools.Select(t => t.Name).Append(ActionReply.FinishName).Select(n => $"\"{n}\""))}}
        """;
}
