using Microsoft.Extensions.AI;

namespace Rag.Agents.Strategies;

/// <summary>One strategy, and where it gives up another, which sees what the first has done.</summary>
/// <param name="name">Of the two together.</param>
/// <param name="first">Goes on until it gives up.</param>
/// <param name="second">Goes on from there.</param>
public sealed class FallbackStrategy(string name, IAgentStrategy first, IAgentStrategy second) : IAgentStrategy
{
    /// <inheritdoc/>
    public string Name => name;

    /// <inheritdoc/>
    public IReadOnlyList<AIFunction> Tools => [.. first.Tools, .. second.Tools];

    /// <inheritdoc/>
    public AgentMove Next(AgentState state) => first.Next(state) is var move and not AgentMove.GiveUp ? move : second.Next(state);

    /// <summary>ReAct, and where it comes to no answer within its turns, self-consistency (Yao et al., ICLR 2023, section 3.2).</summary>
    /// <param name="react">Default: one with default settings.</param>
    /// <param name="consistency">Default: one with default settings.</param>
    public static FallbackStrategy ReActThenConsistency(ReActStrategy? react = null, SelfConsistencyStrategy? consistency = null) => new("react-sc", react ?? new(), consistency ?? new());

    /// <summary>Self-consistency, and where its answer has less than half of the samples, ReAct (Yao et al., ICLR 2023, section 3.2).</summary>
    /// <param name="consistency">Default: one that gives up below half.</param>
    /// <param name="react">Default: one with default settings.</param>
    public static FallbackStrategy ConsistencyThenReAct(SelfConsistencyStrategy? consistency = null, ReActStrategy? react = null) => new("sc-react", consistency ?? new(minShare: 0.5), react ?? new());
}
