using System.Diagnostics;
using System.Diagnostics.Metrics;
using Microsoft.Extensions.Hosting;
using Rag.Storage;

namespace Rag.Api.Jobs;

/// <summary>Runs the jobs of the queue while the server runs. What it has begun when the server stops goes back to the queue, and is begun again at the next start.</summary>
internal sealed partial class JobWorker(JobQueue queue, IServiceProvider services, TimeProvider time, ILogger<JobWorker> log) : BackgroundService
{
    // Two, so that one large file does not hold up all others; each keeps a file and its chunks in memory.
    private const int Workers = 2;

    private static readonly Histogram<double> s_durations = RagTelemetry.Duration("rag.job.duration", "Until the file of a job is stored, or the job has ended otherwise.");

    private static readonly TimeSpan s_pause = TimeSpan.FromSeconds(1);

    /// <inheritdoc/>
    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        queue.IsOpen ? Task.WhenAll(Enumerable.Range(0, Workers).Select(_ => Task.Run(() => WorkAsync(stoppingToken), stoppingToken))) : Task.CompletedTask;

    private async Task WorkAsync(CancellationToken stopping)
    {
        while (true)
        {
            var changed = queue.Changed;
            if (await UntilItWorksAsync(() => queue.ClaimAsync(stopping), stopping) is not { } running)
            {
                await changed.WaitAsync(stopping);
                continue;
            }

            try
            {
                var ended = await ObserveAsync(running, stopping);
                await UntilItWorksAsync(
                    async () =>
                    {
                        await queue.FinishAsync(ended, CancellationToken.None); // how it ended is kept when the server stops, too
                        return true;
                    },
                    stopping);
            }
            finally
            {
                await queue.ReleaseAsync(running);
            }
        }
    }

    private async Task<IngestionJob> ObserveAsync(RunningJob running, CancellationToken stopping)
    {
        using var span = RagTelemetry.Source.StartActivity("rag.job");
        var start = time.GetTimestamp();
        var ended = await RunAsync(running, stopping);
        var state = ended.State.ToString().ToLowerInvariant();
        s_durations.Record(time.GetElapsedTime(start).TotalSeconds, new KeyValuePair<string, object?>("rag.job.state", state));
        span?.SetTag("rag.job.id", ended.Id).SetTag("rag.job.state", state).SetTag("rag.job.attempts", ended.Attempts).SetTag("rag.job.bytes", ended.Bytes).SetTag("rag.job.chunks", ended.Chunks)
            .SetStatus(ended.State == JobState.Failed ? ActivityStatusCode.Error : ActivityStatusCode.Unset);
        return ended;
    }

    private async Task<IngestionJob> RunAsync(RunningJob running, CancellationToken stopping)
    {
        try
        {
            // asked for here, since a server without uploads needs none of it
            return await services.GetRequiredService<JobRunner>().RunAsync(running.Job, running.Cancelled);
        }
        catch (OperationCanceledException) when (running.Cancelled.IsCancellationRequested && !stopping.IsCancellationRequested)
        {
            return running.Job with { State = JobState.Cancelled };
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            return running.Job with { State = JobState.Queued, Attempts = running.Job.Attempts - 1 };
        }
        catch (Exception e)
        {
            Failed(log, e, running.Job.Id);
            return running.Job.Fail(ApiEndpoint.ProblemOf(e).Message);
        }
    }

    // The queue's own file may be locked or its disk full for a while.
    private async Task<T> UntilItWorksAsync<T>(Func<Task<T>> act, CancellationToken stopping)
    {
        while (true)
        {
            try
            {
                return await act();
            }
            catch (StoreException e)
            {
                Unavailable(log, e);
                await Task.Delay(s_pause, time, stopping);
            }
        }
    }

    [LoggerMessage(1, LogLevel.Error, "Job {Job} failed")]
    private static partial void Failed(ILogger log, Exception exception, string job);

    [LoggerMessage(2, LogLevel.Error, "The queue of jobs cannot be used now; it is tried again")]
    private static partial void Unavailable(ILogger log, Exception exception);
}
