using Microsoft.Extensions.AI;

namespace Rag.Agents.Replay;

/// <summary>A strategy on a tape: its tools are, and a run that is resumed begins with the steps of its record.</summary>
internal sealed class RecordedStrategy(IAgentStrategy strategy, IReadOnlyList<AIFunction> tools, Recording recording) : IAgentStrategy
{
    public string Name => strategy.Name;

    public IReadOnlyList<AIFunction> Tools => tools;

    public AgentMove Next(AgentState state) => recording.Next(this, state) is { } steps ? new AgentMove.Take(steps) : strategy.Next(state);
}
