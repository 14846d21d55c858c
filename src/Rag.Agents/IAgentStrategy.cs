using Microsoft.Extensions.AI;

namespace Rag.Agents;

/// <summary>A way to reason: says what is to be done next. It holds no state of a run, so it can serve many at once; all that it knows is in the steps.</summary>
public interface IAgentStrategy
{
    /// <summary>The field's own name for it, in lower case, such as <c>react</c>.</summary>
    string Name { get; }

    /// <summary>Tools that it cannot do without, besides those of the agent. Default none.</summary>
    IReadOnlyList<AIFunction> Tools => [];

    /// <summary>What to do next. The same state gives the same move.</summary>
    AgentMove Next(AgentState state);
}
