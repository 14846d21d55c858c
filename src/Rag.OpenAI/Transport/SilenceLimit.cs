namespace Rag.OpenAI.Transport;

/// <summary>Cancels when nothing has been heard for too long, or when the caller does.</summary>
internal sealed class SilenceLimit : IDisposable
{
    private readonly CancellationToken _caller;
    private readonly CancellationTokenSource _clock;
    private readonly CancellationTokenSource _either;

    public SilenceLimit(TimeSpan length, TimeProvider time, CancellationToken caller)
    {
        (Length, _caller, _clock) = (length, caller, new(length, time));
        _either = CancellationTokenSource.CreateLinkedTokenSource(caller, _clock.Token);
    }

    public TimeSpan Length { get; }

    public CancellationToken Token => _either.Token;

    /// <summary>Whether it was the silence that cancelled.</summary>
    public bool RanOut => _clock.IsCancellationRequested && !_caller.IsCancellationRequested;

    /// <summary>Something was heard.</summary>
    public void Restart() => _clock.CancelAfter(Length);

    /// <summary>Throws where the caller has cancelled, whatever else went wrong.</summary>
    public void ThrowIfCallerCancelled() => _caller.ThrowIfCancellationRequested();

    public void Dispose()
    {
        _either.Dispose();
        _clock.Dispose();
    }
}
