using Microsoft.Extensions.AI;

namespace Rag.Agents;

/// <summary>A call of a tool that acts, waiting to be allowed.</summary>
/// <param name="Tool">The tool.</param>
/// <param name="Arguments">What it would be called with.</param>
/// <param name="Tainted">Arguments whose words may come from a document or a tool rather than from the user; empty where all are the user's own.</param>
/// <param name="Agents">Who asks: the names of the strategies from the outermost agent to the one that calls.</param>
public sealed record ToolApproval(AIFunction Tool, IReadOnlyDictionary<string, object?> Arguments, IReadOnlyList<TaintedArgument> Tainted, IReadOnlyList<string> Agents)
{
    /// <summary>Allows a call when all its arguments are the user's own; give it as <see cref="AgentOptions.Approve"/>.</summary>
    public static ValueTask<bool> IfUntainted(ToolApproval approval, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(approval);
        return new(approval.Tainted.Count == 0);
    }
}

/// <summary>An argument that did not come from the user.</summary>
/// <param name="Name">Of the parameter.</param>
/// <param name="Value">As text.</param>
/// <param name="Source">The observation that shares most words with it, as <c>tool: beginning of its text</c>; where none shares any, the first that the model had read.</param>
public sealed record TaintedArgument(string Name, string Value, string Source);
