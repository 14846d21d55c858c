namespace Rag.Agents;

/// <summary>What one run may spend, agents that it calls included. The last call, a part of the time and some tokens are kept for a final answer, so that a run ends with one within its budget.</summary>
public sealed record AgentBudget
{
    /// <summary>Turns of the loop, each a thought with its action, at least 1. Default 16.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Less than 1.</exception>
    public int MaxSteps { get; init => field = AtLeastOne(value); } = 16;

    /// <summary>Calls of the model, samples included, at least 1. Default 64.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Less than 1.</exception>
    public int MaxCalls { get; init => field = AtLeastOne(value); } = 64;

    /// <summary>Tokens that the model may read and write in all, at least 1. Counted as the model reports them, else estimated. Default <see langword="null"/>: no limit.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Less than 1.</exception>
    public int? MaxTokens { get; init => field = value is { } tokens ? AtLeastOne(tokens) : null; }

    /// <summary>Tokens of one reply, at least 1. A model that writes on is stopped. Default 1024.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Less than 1.</exception>
    public int MaxReplyTokens { get; init => field = AtLeastOne(value); } = 1024;

    /// <summary>What a tool's result may hold, in UTF-16 code units, at least 1; the rest is cut off, and the model is told so. Default 8000.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Less than 1.</exception>
    public int MaxObservation { get; init => field = AtLeastOne(value); } = 8000;

    /// <summary>Wall time of the whole run, more than zero. Default two minutes.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Zero or less.</exception>
    public TimeSpan Timeout { get; init => field = MoreThanZero(value); } = TimeSpan.FromMinutes(2);

    /// <summary>Wall time of one run of a tool, more than zero. Default thirty seconds.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Zero or less.</exception>
    public TimeSpan ToolTimeout { get; init => field = MoreThanZero(value); } = TimeSpan.FromSeconds(30);

    private static int AtLeastOne(int value)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(value, 1);
        return value;
    }

    private static TimeSpan MoreThanZero(TimeSpan value)
    {
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(value, TimeSpan.Zero);
        return value;
    }
}
