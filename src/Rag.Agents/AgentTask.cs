using Microsoft.Extensions.AI;

namespace Rag.Agents;

/// <summary>What an agent is to do.</summary>
/// <param name="Text">The question or task, as the user wrote it.</param>
public sealed record AgentTask(string Text)
{
    /// <summary>What was said before it, oldest first. Trusted as the task is. Default nothing.</summary>
    public IReadOnlyList<ChatMessage> History { get; init; } = [];

    /// <summary>Passages that earlier answers were given, under their numbers, so that marks mean the same throughout a conversation: one that is found again keeps its number, the others are numbered on. Default none.</summary>
    public IReadOnlyList<Passage> Known { get; init; } = [];
}
