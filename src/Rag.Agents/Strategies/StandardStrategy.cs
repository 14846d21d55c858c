using Rag.Agents.Parsing;

namespace Rag.Agents.Strategies;

/// <summary>Standard prompting: the answer at once, without thoughts or tools; what the others are measured against.</summary>
/// <param name="prompt">In place of its own instructions and examples.</param>
public sealed class StandardStrategy(StrategyPrompt? prompt = null) : IAgentStrategy
{
    private readonly StrategyPrompt _prompt = prompt ?? new();

    /// <inheritdoc/>
    public string Name => "standard";

    /// <inheritdoc/>
    public AgentMove Next(AgentState state)
    {
        ArgumentNullException.ThrowIfNull(state);
        var text = $"{_prompt.ExamplesFor(state.Task, "standard.examples")}{_prompt.Label}: {Prompt.OnOneLine(state.Task)}\nAnswer:";
        return new AgentMove.Ask(state.Messages(_prompt.InstructionsFor(state, "standard.v1"), text), (reply, _) => [new AgentStep.Finish(AnswerReply.Short(reply))]) { Chat = new() { StopSequences = ["\n"] } };
    }
}
