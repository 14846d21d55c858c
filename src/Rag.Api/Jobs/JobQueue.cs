using System.Diagnostics.Metrics;
using Rag.Api.Security;
using Rag.Sqlite;
using Rag.Storage;

namespace Rag.Api.Jobs;

/// <summary>The jobs: added by requests, claimed and finished by the worker, in a SQLite file beside the uploaded files. Safe for concurrent use; one process at a time has the folder.</summary>
/// <remarks>A job is there once it is committed, before its request is answered. Jobs of one document run one at a time, in the order in which they came. The newest 10,000 are remembered, and of older ones those that are open or whose file is kept.</remarks>
internal sealed class JobQueue : IDisposable
{
    // Of each row some hundred bytes are kept: a few megabytes, and months of most libraries.
    private const int Remembered = 10_000;

    private readonly SemaphoreSlim _gate = new(1, 1);
    private readonly Dictionary<string, RunningJob> _running = [];
    private readonly TimeProvider _time;
    private readonly UploadedFiles _files;
    private readonly FileStream? _lock;
    private readonly JobDatabase? _database;
    private readonly Meter _meter = new(RagTelemetry.Name);
    private int _waiting;
    private TaskCompletionSource _changed = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Opens the queue and puts back into it what ran when the server was stopped.</summary>
    /// <exception cref="StoreException">The folder cannot be used, or another server uses it.</exception>
    public JobQueue(UploadedFiles files, TimeProvider time)
    {
        (_files, _time) = (files, time);
        if (files.Folder is null)
        {
            return;
        }

        try
        {
            Directory.CreateDirectory(files.Folder);
            _lock = new(Path.Combine(files.Folder, "jobs.lock"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            _database = new(File);
            _database.Change(() =>
            {
                _database.Running().ForEach(job => _database.Write(Now(job.Interrupted())));
                return true;
            });
            files.Sweep(_database.Kept());
            _waiting = _database.Waiting();
            _meter.CreateObservableGauge("rag.jobs.waiting", () => Volatile.Read(ref _waiting), "{job}", "Jobs that wait for their turn.");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or Microsoft.Data.Sqlite.SqliteException or StoreException)
        {
            Dispose();
            throw e as StoreException ?? new($"The folder of uploaded files '{files.Folder}' cannot be used: {e.Message} Check that no other server uses it, and that you may write in it.", e);
        }
    }

    /// <summary>Whether files can be uploaded.</summary>
    public bool IsOpen => _database is not null;

    /// <summary>Ends when some job has changed. Take it before you look.</summary>
    public Task Changed => Volatile.Read(ref _changed).Task;

    private string File => Path.Combine(_files.Folder!, "jobs.db");

    /// <summary>Adds jobs, all or none.</summary>
    /// <param name="jobs">Of one caller.</param>
    /// <param name="key">Its idempotency key; <see langword="null"/> without one.</param>
    /// <param name="cancellationToken">Stops before the commit.</param>
    /// <returns>The jobs; those that were added with the same key before, if these are the same.</returns>
    /// <exception cref="ApiProblemException">The key was used for something else.</exception>
    public Task<IReadOnlyList<IngestionJob>> AddAsync(IReadOnlyList<IngestionJob> jobs, string? key, CancellationToken cancellationToken) => ChangeAsync<IReadOnlyList<IngestionJob>>(
        database =>
        {
            var earlier = key is null ? [] : database.Of(jobs[0].Caller, jobs[0].Tenant, key);
            if (earlier.Count > 0)
            {
                return earlier.Count == jobs.Count && earlier.Zip(jobs).All(pair => pair.First.SameAs(pair.Second)) ? earlier
                    : throw new ApiProblemException(StatusCodes.Status422UnprocessableEntity, "idempotency-key-reused", "This Idempotency-Key was sent with other files. Use a new key for a new upload.");
            }

            IngestionJob[] added = [.. jobs.Select(Now).Select(job => job with { CreatedAt = job.ChangedAt })];
            foreach (var job in added)
            {
                database.Add(job, key);
            }

            database.Prune(Remembered);
            return added;
        },
        cancellationToken);

    /// <summary>A caller's job; <see langword="null"/> where it has none of that id.</summary>
    public Task<IngestionJob?> FindAsync(Caller caller, string id, CancellationToken cancellationToken) => UseAsync(database => Find(database, caller, id), cancellationToken);

    /// <summary>A caller's jobs behind one of them, newest first.</summary>
    public Task<List<IngestionJob>> ListAsync(Caller caller, string after, int limit, CancellationToken cancellationToken) =>
        UseAsync(database => database.List(caller.Key.Hash, caller.Key.Tenant, after, limit), cancellationToken);

    /// <summary>Queues a failed job again.</summary>
    /// <exception cref="ApiProblemException">It did not fail, or its document has a newer file.</exception>
    public Task<IngestionJob?> RetryAsync(Caller caller, string id, CancellationToken cancellationToken) => ChangeAsync(
        database => Find(database, caller, id) switch
        {
            null => null,
            { State: JobState.Failed, Sha256: not null } job when database.Of(job.Tenant, job.Document).Exists(j => string.CompareOrdinal(j.Id, job.Id) > 0 && j is { Sha256: not null, State: not (JobState.Failed or JobState.Cancelled) }) =>
                throw new ApiProblemException(StatusCodes.Status409Conflict, "job-superseded", "A file of this name was uploaded after this one, and would be replaced. Upload this file again if it is the one you want."),
            { State: JobState.Failed } job => Write(database, job with { State = JobState.Queued, Attempts = 0, Error = null }),
            var job => throw new ApiProblemException(StatusCodes.Status409Conflict, "job-not-failed", $"The job is {job.State.ToString().ToLowerInvariant()}. Only one that failed can be tried again; otherwise upload the file again."),
        },
        cancellationToken);

    /// <summary>Stops a job, or gives up one that failed; its file goes. What is done stays as it is.</summary>
    /// <returns>The job as it is then.</returns>
    public async Task<IngestionJob?> CancelAsync(Caller caller, string id, CancellationToken cancellationToken)
    {
        var (job, running) = await ChangeAsync(
            database => Find(database, caller, id) switch
            {
                null => ((IngestionJob?)null, (Task?)null),
                { State: JobState.Queued or JobState.Failed } job => (Write(database, job with { State = JobState.Cancelled, KeepsFile = false }), null),
                { State: JobState.Running } job => (job, Stop(_running.GetValueOrDefault(id))),
                var job => (job, null),
            },
            cancellationToken);
        if (running is not null)
        {
            await running.WaitAsync(cancellationToken);
            return await FindAsync(caller, id, cancellationToken);
        }

        if (job is { State: JobState.Cancelled })
        {
            _files.Delete(job);
        }

        return job;
    }

    /// <summary>Forgets a document's jobs with all of its files, once none is running.</summary>
    public async Task ForgetAsync(string tenant, string document, CancellationToken cancellationToken)
    {
        while (IsOpen)
        {
            var running = await ChangeAsync(
                database =>
                {
                    var jobs = database.Of(tenant, document);
                    var running = Stop(jobs.Select(j => _running.GetValueOrDefault(j.Id)).FirstOrDefault(r => r is not null));
                    if (running is null)
                    {
                        jobs.ForEach(_files.Delete); // before the commit: as long as a file is there, a job tells of it
                        database.Forget(tenant, document);
                    }

                    return running;
                },
                cancellationToken);
            if (running is null)
            {
                return;
            }

            await running.WaitAsync(cancellationToken);
        }
    }

    /// <summary>The next job to run; <see langword="null"/> while there is none.</summary>
    /// <param name="stopping">Ends it with the server.</param>
    public Task<RunningJob?> ClaimAsync(CancellationToken stopping) => UseAsync<RunningJob?>(
        database =>
        {
            if (database.Next() is not { } job)
            {
                return null;
            }

            job = Change(database, () => Write(database, job with { State = JobState.Running, Attempts = job.Attempts + 1 }));
            return _running[job.Id] = new(job, stopping);
        },
        stopping);

    /// <summary>Keeps how a job ended. A document that is done has no other files than that job's.</summary>
    public Task FinishAsync(IngestionJob ended, CancellationToken cancellationToken) => UseAsync(
        database =>
        {
            var freed = Change(database, () =>
            {
                var freed = database.Of(ended.Tenant, ended.Document).Where(j => j.KeepsFile && (ended.State == JobState.Cancelled ? j.Id == ended.Id
                    : ended is { State: JobState.Done, KeepsFile: true } && j.State == JobState.Done && j.Id != ended.Id)).ToList();
                database.Write(Now(ended));
                freed.ForEach(j => database.Write((j.Id == ended.Id ? Now(ended) : j) with { KeepsFile = false }));
                return freed;
            });
            freed.ForEach(_files.Delete); // before the gate opens, so that whoever sees the job's end sees no old file
            return true;
        },
        cancellationToken);

    /// <summary>Takes a job off those that run, however it ended.</summary>
    public async Task ReleaseAsync(RunningJob running)
    {
        await _gate.WaitAsync(CancellationToken.None);
        _running.Remove(running.Job.Id);
        running.Dispose();
        _gate.Release();
    }

    public void Dispose()
    {
        _meter.Dispose();
        _database?.Dispose();
        _lock?.Dispose();
    }

    // Gives what to wait for.
    private static Task? Stop(RunningJob? running)
    {
        running?.Cancel();
        return running?.Ended;
    }

    private static IngestionJob? Find(JobDatabase database, Caller caller, string id) => database.Find(id) is { } job && job.Caller == caller.Key.Hash && job.Tenant == caller.Key.Tenant ? job : null;

    private IngestionJob Now(IngestionJob job) => job with { ChangedAt = _time.GetUtcNow() };

    private IngestionJob Write(JobDatabase database, IngestionJob job)
    {
        job = Now(job);
        database.Write(job);
        return job;
    }

    private Task<T> ChangeAsync<T>(Func<JobDatabase, T> change, CancellationToken cancellationToken) => UseAsync(database => Change(database, () => change(database)), cancellationToken);

    private T Change<T>(JobDatabase database, Func<T> change)
    {
        var result = database.Change(change);
        Volatile.Write(ref _waiting, database.Waiting());
        Interlocked.Exchange(ref _changed, new(TaskCreationOptions.RunContinuationsAsynchronously)).SetResult();
        return result;
    }

    private Task<T> UseAsync<T>(Func<JobDatabase, T> use, CancellationToken cancellationToken)
    {
        var database = _database ?? throw ApiProblemException.Lacking("folder for uploaded files", "Start it with --files FOLDER, or set RagApiOptions.FilesFolder.");
        return StoreErrors.GuardedAsync(File, async () =>
        {
            await _gate.WaitAsync(cancellationToken);
            try
            {
                return use(database);
            }
            finally
            {
                _gate.Release();
            }
        });
    }
}
