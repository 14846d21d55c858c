namespace Rag.Agents.Replay;

/// <summary>A call that is waited for. Guarded by the lock of its clock.</summary>
/// <param name="prompt">The prompt that samples side by side share; <see langword="null"/> for other calls.</param>
/// <param name="context">Where the passages of a tool go.</param>
/// <param name="start">When it began.</param>
/// <param name="caller">Cancelled when the run no longer waits.</param>
internal sealed class TapeWait(string? prompt, AgentContext? context, TimeSpan start, CancellationToken caller) : IDisposable
{
    private readonly CancellationTokenSource _source = CancellationTokenSource.CreateLinkedTokenSource(caller);
    private readonly int _known = context?.Passages.Count ?? 0;

    public string? Prompt => prompt;

    public CancellationToken Caller => caller;

    /// <summary>Cancelled when the call is cut off, by whatever.</summary>
    public CancellationToken Token => _source.Token;

    public TimeSpan Start => start;

    public TimeSpan End { get; private set; }

    /// <summary>What it has given to the run so far.</summary>
    public IReadOnlyList<Passage> Passages { get; private set; } = [];

    /// <summary>What became of it; <see langword="null"/> while it is waited for.</summary>
    public RecordedOutcome? Outcome
    {
        get => field ?? (caller.IsCancellationRequested ? RecordedOutcome.TimedOut : null);
        private set;
    }

    /// <summary>If it ends now, this is when, and what it has given to the run counts.</summary>
    public void Note(TimeSpan now) => (End, Passages) = (now, [.. context?.Passages.Skip(_known) ?? []]);

    /// <summary>It has ended by itself.</summary>
    public void Complete(TimeSpan now)
    {
        Note(now);
        Outcome = RecordedOutcome.Completed;
    }

    /// <summary>It is cut off while others like it are read.</summary>
    public void LeaveOut(TimeSpan now)
    {
        Note(now);
        Outcome = RecordedOutcome.LeftOut;
        _ = _source.CancelAsync(); // not here: what waits for it may need the lock
    }

    public void Dispose() => _source.Dispose();
}
