using System.Text.RegularExpressions;
using Microsoft.Extensions.AI;
using Rag.Agents.Parsing;
using Rag.Agents.Tools;

namespace Rag.Agents.Strategies;

/// <summary>Program-aided: the model writes a small Python program, the interpreter runs it, and what it results in is the answer; an error goes back to the model (Gao et al., "PAL: Program-aided Language Models", ICML 2023).</summary>
/// <param name="python">Runs programs. Default: <see cref="PythonTool"/> with default limits.</param>
/// <param name="prompt">In place of its own instructions and examples.</param>
/// <param name="maxTries">Programs that it may write, at least 1. Default 3.</param>
public sealed partial class ProgramAidedStrategy(AIFunction? python = null, StrategyPrompt? prompt = null, int maxTries = 3) : IAgentStrategy
{
    private readonly AIFunction _python = python ?? PythonTool.Create();
    private readonly StrategyPrompt _prompt = prompt ?? new();

    /// <inheritdoc/>
    public string Name => "pal";

    /// <inheritdoc/>
    public IReadOnlyList<AIFunction> Tools => [_python];

    /// <inheritdoc/>
    public AgentMove Next(AgentState state)
    {
        ArgumentNullException.ThrowIfNull(state);
        var messages = state.Messages(_prompt.InstructionsFor(state, "pal.v1"), $"{_prompt.ExamplesFor(state.Task, "pal.examples")}{_prompt.Label}: {Prompt.OnOneLine(state.Task)}\nProgram:");
        var tries = 0;
        foreach (var step in state.Steps)
        {
            switch (step)
            {
                case AgentStep.ToolCall call:
                    messages.Add(new(ChatRole.Assistant, $"```python\n{call.Arguments["code"]}\n```"));
                    break;
                case AgentStep.Observation { Failed: false } observation when step == state.Steps[^1]:
                    return new AgentMove.Take(new AgentStep.Finish(Result(observation.Text)));
                case AgentStep.Observation or AgentStep.Error:
                    tries++;
                    messages.Add(new(ChatRole.User, $"{(step as AgentStep.Observation)?.Text ?? ((AgentStep.Error)step).Message}\nWrite the whole program again, mended."));
                    break;
            }
        }

        return tries >= maxTries ? new AgentMove.GiveUp($"{maxTries} programs brought no answer.") : new AgentMove.Ask(messages, (reply, _) => [Read(ReplyText.Of(reply))]);
    }

    private AgentStep Read(string reply)
    {
        var code = ReplyText.Unfenced(reply).Trim('\n');
        return Letters().IsMatch(code) ? new AgentStep.ToolCall(_python.Name, new Dictionary<string, object?> { ["code"] = code }) : new AgentStep.Error("That is no program.");
    }

    /// <summary>The last line: a program may print before it comes to its result.</summary>
    private static string Result(string output) => output.TrimEnd().Split('\n')[^1].Trim();

    [GeneratedRegex(@"\w")]
    private static partial Regex Letters();
}
