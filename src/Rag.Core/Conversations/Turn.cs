namespace Rag.Conversations;

/// <summary>One question of a session with its answer. Never changed but to take out the words of a deleted document.</summary>
/// <param name="Id">From 1, in the order in which turns were added to the session.</param>
/// <param name="Parent">The <see cref="Id"/> of the turn that it goes on from, which is less; 0 for a first question.</param>
/// <param name="Answer">The question as asked and as searched, and its answer with the passages that it was made from.</param>
/// <param name="At">When it was added.</param>
public sealed record Turn(int Id, int Parent, Answer Answer, DateTimeOffset At)
{
    /// <summary>What was said up to and with this turn, shortened; <see langword="null"/> until a later question of a long conversation needed it.</summary>
    public string? Summary { get; init; }

    /// <summary>What is no longer in it, in one sentence; <see langword="null"/> while nothing was taken out.</summary>
    public string? Notice { get; init; }
}
