namespace Rag.Agents;

/// <summary>A run that has ended.</summary>
/// <param name="Task">What was asked.</param>
/// <param name="Strategy">Name of the strategy.</param>
/// <param name="Steps">What was done, in order; the last is an <see cref="AgentStep.Answered"/>.</param>
public sealed record AgentRun(string Task, string Strategy, IReadOnlyList<AgentStep> Steps)
{
    /// <summary>The checked answer, or an abstention, with the tokens used.</summary>
    public Answer Answer => ((AgentStep.Answered)Steps[^1]).Value;

    /// <summary>How it ended.</summary>
    public AgentStop Stopped { get; init; }

    /// <summary>How often the model was asked, samples included.</summary>
    public int Calls { get; init; }
}
