using Microsoft.Extensions.Options;
using Rag.Api.Jobs;
using Rag.Api.Security;
using Rag.Ingest;
using Rag.Ingest.Chunking;
using Rag.Ingest.Reading;
using Rag.Storage;
using Rag.Testing;

namespace Rag.Api.Tests.Jobs;

/// <summary>The queue is dropped after each step of an upload, as a process that is killed drops it, and opened again on its folder.</summary>
public sealed class JobQueueTests : IDisposable
{
    private static readonly Caller s_caller = Caller.Local;
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("rag-queue-");
    private readonly InMemoryChunkStore _store = new();
    private readonly UploadedFiles _files;
    private JobQueue _queue;

    public JobQueueTests()
    {
        _files = new(Options.Create(new RagApiOptions { FilesFolder = _folder.FullName }));
        _queue = new(_files, TimeProvider.System);
    }

    public void Dispose()
    {
        _queue.Dispose();
        _folder.Delete(recursive: true);
    }

    [Fact]
    public async Task Killed_before_the_commit_nothing_is_left()
    {
        var saved = await SaveAsync("a.txt", "A text.");
        Assert.True(File.Exists(_files.PathOf(saved)));

        Restart();

        Assert.False(File.Exists(_files.PathOf(saved)));
        Assert.Null(await _queue.FindAsync(s_caller, saved.Id, default));
    }

    [Fact]
    public async Task Killed_while_it_writes_the_file_nothing_is_left()
    {
        var half = Path.GetDirectoryName(_files.PathOf(new(Guid.NewGuid().ToString("N"), "", "", "a.txt")))!;
        Directory.CreateDirectory(half);
        File.WriteAllText(Path.Combine(half, "a.txt"), "A te");
        var foreign = _folder.CreateSubdirectory("notes/2024").FullName;

        Restart();

        Assert.False(Directory.Exists(half));
        Assert.True(Directory.Exists(foreign)); // what is not named as uploads are is not ours
    }

    [Fact]
    public async Task Killed_after_the_commit_the_job_is_there_and_runs()
    {
        var job = await AddAsync("a.txt", "The text is about herons.");

        Restart();
        await RunNextAsync();

        Assert.Equal(JobState.Done, (await FindAsync(job)).State);
        Assert.Equal("The text is about herons.", (await _store.GetDocumentAsync("a.txt"))!.Text);
    }

    [Fact]
    public async Task Killed_while_it_runs_the_job_runs_again()
    {
        var job = await AddAsync("a.txt", "The text is about herons.");
        Assert.NotNull(await _queue.ClaimAsync(default));
        Assert.Null(await _queue.ClaimAsync(default));

        Restart();
        await RunNextAsync();

        Assert.Equal((JobState.Done, 2), ((await FindAsync(job)).State, (await FindAsync(job)).Attempts));
    }

    [Fact]
    public async Task Killed_between_the_store_and_the_queue_the_document_is_there_once()
    {
        var first = await AddAsync("a.txt", "The old text.");
        await RunNextAsync();
        var second = await AddAsync("a.txt", "The new text.");
        var running = (await _queue.ClaimAsync(default))!;
        Assert.Equal(JobState.Done, (await Runner().RunAsync(running.Job, default)).State);

        Restart();
        Assert.True(File.Exists(_files.PathOf(first)));
        await RunNextAsync();

        Assert.Equal("The new text.", Assert.Single(await Task.WhenAll((await _store.ListDocumentsAsync()).Select(d => _store.GetDocumentAsync(d.Id))))!.Text);
        Assert.Equal((false, true), (File.Exists(_files.PathOf(first)), File.Exists(_files.PathOf(second))));
    }

    [Fact]
    public async Task Killed_before_an_old_file_is_deleted_it_is_deleted_at_the_start()
    {
        var first = await AddAsync("a.txt", "The old text.");
        await RunNextAsync();
        var old = await File.ReadAllTextAsync(_files.PathOf(first));
        await AddAsync("a.txt", "The new text.");
        await RunNextAsync();
        Directory.CreateDirectory(Path.GetDirectoryName(_files.PathOf(first))!);
        await File.WriteAllTextAsync(_files.PathOf(first), old); // as it was before the last step

        Restart();

        Assert.False(File.Exists(_files.PathOf(first)));
    }

    [Fact]
    public async Task What_ends_the_process_each_time_is_not_begun_for_ever()
    {
        var job = await AddAsync("a.txt", "A text.");
        for (var start = 0; start < 5; start++)
        {
            Assert.NotNull(await _queue.ClaimAsync(default));
            Restart();
        }

        Assert.Null(await _queue.ClaimAsync(default));
        Assert.Equal((JobState.Failed, "The server stopped 5 times while it read this file. Look into its log before you try again."), ((await FindAsync(job)).State, (await FindAsync(job)).Error));
        Assert.True(File.Exists(_files.PathOf(job)));
    }

    [Fact]
    public async Task Jobs_of_one_document_run_one_at_a_time_in_their_order_and_those_of_others_beside_them()
    {
        var (first, second, other) = (await AddAsync("a.txt", "1"), await AddAsync("a.txt", "2"), await AddAsync("b.txt", "3"));

        var (a, b, none) = (await _queue.ClaimAsync(default), await _queue.ClaimAsync(default), await _queue.ClaimAsync(default));
        await _queue.FinishAsync(a!.Job.Fail("It is so."), default);
        var next = await _queue.ClaimAsync(default);

        Assert.Equal((first.Id, other.Id, null, second.Id), (a.Job.Id, b!.Job.Id, none?.Job.Id, next!.Job.Id));
    }

    [Fact]
    public void Oldest_jobs_are_forgotten_but_those_that_are_open_or_keep_a_file()
    {
        using var database = new JobDatabase(Path.Combine(_folder.FullName, "other.db"));
        foreach (var (id, state, keeps) in ((string, JobState, bool)[])[("1", JobState.Done, true), ("2", JobState.Done, false), ("3", JobState.Failed, true), ("4", JobState.Cancelled, false), ("5", JobState.Queued, false), ("6", JobState.Done, false), ("7", JobState.Cancelled, false)])
        {
            database.Add(new(id, "", "", "a.txt") { State = state, KeepsFile = keeps }, null);
        }

        database.Prune(2);

        Assert.Equal(["1", "3", "5", "6", "7"], database.Of("", "a.txt").Select(j => j.Id));
    }

    [Fact]
    public void A_folder_is_for_one_server()
    {
        var error = Assert.Throws<StoreException>(() => new JobQueue(_files, TimeProvider.System));

        Assert.Contains("Check that no other server uses it", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_of_another_program_is_left_alone()
    {
        _queue.Dispose();
        File.Delete(Path.Combine(_folder.FullName, "jobs.db"));
        File.WriteAllText(Path.Combine(_folder.FullName, "jobs.db"), "This is no database, and it is long enough to be seen as none.");

        Assert.Throws<StoreException>(() => new JobQueue(_files, TimeProvider.System));
        Assert.StartsWith("This is", File.ReadAllText(Path.Combine(_folder.FullName, "jobs.db")), StringComparison.Ordinal);
    }

    private void Restart()
    {
        _queue.Dispose();
        _queue = new(_files, TimeProvider.System);
    }

    private JobRunner Runner() => new(new IngestionPipeline(DocumentReaders.Default, new StructureChunker(), _store), _store, _files);

    private async Task RunNextAsync()
    {
        var running = (await _queue.ClaimAsync(default))!;
        await _queue.FinishAsync(await Runner().RunAsync(running.Job, default), default);
        await _queue.ReleaseAsync(running);
    }

    private Task<IngestionJob> SaveAsync(string name, string text) =>
        _files.SaveAsync(new(Guid.CreateVersion7().ToString("N"), "", "", name) { KeepsFile = true }, new MemoryStream(System.Text.Encoding.UTF8.GetBytes(text)), default);

    private async Task<IngestionJob> AddAsync(string name, string text) => Assert.Single(await _queue.AddAsync([await SaveAsync(name, text)], null, default));

    private async Task<IngestionJob> FindAsync(IngestionJob job) => (await _queue.FindAsync(s_caller, job.Id, default))!;
}
