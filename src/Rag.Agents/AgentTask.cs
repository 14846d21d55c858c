using Microsoft.Extensions.AI;

namespace Rag.Agents;

/// <summary>What an agent is to do.</summary>
/// <param name="Text">The question or task, as the user wrote it.</param>
public sealed record AgentTask(string Text)
{
    /// <summary>What was said before it, oldest first. Trusted as the task is. Default nothing.</summary>
    public IReadOnlyList<ChatMessage> History { get; init; } = [];
}
