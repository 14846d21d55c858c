namespace Rag.Agents.Strategies;

/// <summary>ReAct: a thought, then an action, then what came of it, until <c>Finish[answer]</c> (Yao et al., ICLR 2023). Needs no model that can call tools.</summary>
/// <param name="prompt">In place of its own instructions and examples.</param>
/// <param name="maxTurns">Observations after which it gives up, at least 1. Default 7, as the paper has for HotpotQA; for FEVER it has 5.</param>
public sealed class ReActStrategy(StrategyPrompt? prompt = null, int maxTurns = 7) : IAgentStrategy
{
    private readonly TextProtocol _protocol = new(thinks: true, "react", prompt ?? new(), maxTurns);

    /// <inheritdoc/>
    public string Name => "react";

    /// <inheritdoc/>
    public AgentMove Next(AgentState state) => _protocol.Next(state);
}
