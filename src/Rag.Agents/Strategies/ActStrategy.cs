namespace Rag.Agents.Strategies;

/// <summary>Act: ReAct without thoughts, the paper's measure of what the thoughts are worth (Yao et al., ICLR 2023).</summary>
/// <param name="prompt">In place of its own instructions and examples.</param>
/// <param name="maxTurns">Observations after which it gives up, at least 1. Default 7.</param>
public sealed class ActStrategy(StrategyPrompt? prompt = null, int maxTurns = 7) : IAgentStrategy
{
    private readonly TextProtocol _protocol = new(thinks: false, "act", prompt ?? new(), maxTurns);

    /// <inheritdoc/>
    public string Name => "act";

    /// <inheritdoc/>
    public AgentMove Next(AgentState state) => _protocol.Next(state);
}
