using Microsoft.Extensions.AI;

namespace Rag.Agents;

/// <summary>All that a strategy knows of a run. Immutable.</summary>
/// <param name="Task">What is asked, as the user wrote it.</param>
/// <param name="Steps">What has been done, in order.</param>
public sealed record AgentState(string Task, IReadOnlyList<AgentStep> Steps)
{
    /// <summary>What may be used.</summary>
    public IReadOnlyList<AIFunction> Tools { get; init; } = [];

    /// <summary>What was said before the task, oldest first.</summary>
    public IReadOnlyList<ChatMessage> History { get; init; } = [];

    /// <summary>A prompt of instructions, what was said before, and one message of the user.</summary>
    internal List<ChatMessage> Messages(string? instructions, string user) =>
        [.. instructions is null ? [] : (ChatMessage[])[new(ChatRole.System, instructions)], .. History, new(ChatRole.User, user)];
}
