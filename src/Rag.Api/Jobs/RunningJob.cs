namespace Rag.Api.Jobs;

/// <summary>A job while it runs. All but its token is used inside the queue's gate.</summary>
internal sealed class RunningJob(IngestionJob job, CancellationToken stopping) : IDisposable
{
    private readonly CancellationTokenSource _cancel = CancellationTokenSource.CreateLinkedTokenSource(stopping);
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public IngestionJob Job => job;

    /// <summary>Cancelled with the job, and with the server.</summary>
    public CancellationToken Cancelled => _cancel.Token;

    /// <summary>Ends when nothing is done for the job any more.</summary>
    public Task Ended => _ended.Task;

    public void Cancel() => _cancel.Cancel();

    public void Dispose()
    {
        _cancel.Dispose();
        _ended.TrySetResult();
    }
}
