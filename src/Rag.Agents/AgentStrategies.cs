using Microsoft.Extensions.AI;
using Rag.Agents.Strategies;

namespace Rag.Agents;

/// <summary>The strategies by their names, with default settings, for command lines and configuration.</summary>
public static class AgentStrategies
{
    private static readonly Dictionary<string, Func<AIFunction?, IAgentStrategy>> ByName = new()
    {
        ["standard"] = _ => new StandardStrategy(),
        ["cot"] = _ => new ChainOfThoughtStrategy(),
        ["cot-sc"] = _ => new SelfConsistencyStrategy(),
        ["act"] = _ => new ActStrategy(),
        ["react"] = _ => new ReActStrategy(),
        ["react-sc"] = _ => FallbackStrategy.ReActThenConsistency(),
        ["sc-react"] = _ => FallbackStrategy.ConsistencyThenReAct(),
        ["pal"] = _ => new ProgramAidedStrategy(),

        ["plan"] = _ => new PlanAndExecuteStrategy(),
        ["ircot"] = search => new InterleavedRetrievalStrategy(search ?? throw new ArgumentException("The strategy ircot searches for each sentence: give it a tool that searches.", nameof(search))),
        ["critique"] = _ => new SelfCritiqueStrategy(),
        ["tools"] = _ => new ToolCallingStrategy(),
    };

    /// <summary>All names, in the order in which the papers' tables have them.</summary>
    public static IReadOnlyList<string> Names { get; } = [.. ByName.Keys];

    /// <summary>The strategy of a name.</summary>
    /// <param name="name">One of <see cref="Names"/>.</param>
    /// <param name="search">Takes a text and gives passages; <c>ircot</c> needs it.</param>
    /// <exception cref="ArgumentException">There is no such strategy, or it needs what is not given.</exception>
    public static IAgentStrategy Named(string name, AIFunction? search = null) =>
        ByName.TryGetValue(name, out var make) ? make(search) : throw new ArgumentException($"There is no strategy '{name}'. The strategies are: {string.Join(", ", Names)}.", nameof(name));
}
