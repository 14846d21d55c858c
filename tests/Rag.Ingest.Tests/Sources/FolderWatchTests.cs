using Rag.Ingest.Chunking;
using Rag.Ingest.Reading;
using Rag.Ingest.Sources;
using Rag.Ingest.Sources.Watching;
using Rag.Testing;

namespace Rag.Ingest.Tests.Sources;

public sealed class FolderWatchTests : IAsyncDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly InMemoryChunkStore _store = new();
    private readonly ManualTime _time = new();
    private readonly IAsyncEnumerator<FileSource> _sources;
    private readonly CancellationTokenSource _stop = new();
    private FolderChanges? _changes;

    public FolderWatchTests()
    {
        _folder.Write("docs/a.txt", "Herons fish.");
        _folder.Write("docs/sub/b.txt", "Otters swim.");
        _sources = Watch(new([_folder.At("docs")])).SourcesAsync(_stop.Token).GetAsyncEnumerator();
    }

    [Fact]
    public async Task Everything_is_given_first_and_then_what_changed_when_it_is_quiet()
    {
        Assert.Equal((2, 0, 0), await SyncAsync());
        Write("docs/a.txt", "Herons sleep.");
        Write("docs/c.txt", "Owls hunt.");
        var next = _sources.MoveNextAsync();
        _time.Advance(TimeSpan.FromSeconds(0.9));
        Write("docs/c.txt", "Owls hunt at night.");
        _time.Advance(TimeSpan.FromSeconds(0.9));

        Assert.False(next.IsCompleted);
        _time.Advance(TimeSpan.FromSeconds(0.1));
        Assert.Equal((1, 1, 0), await SyncAsync(next));
        Assert.Equal(["docs/a.txt", "docs/c.txt", "docs/sub/b.txt"], await IdsAsync());
        Assert.Equal(4, _store.Replacements);
    }

    [Fact]
    public async Task Constant_writing_does_not_hold_changes_back_for_ever()
    {
        await SyncAsync();
        var next = _sources.MoveNextAsync();

        for (var i = 0; i < 20; i++)
        {
            Assert.False(next.IsCompleted);
            Write("docs/log.txt", $"Line {i}.");
            _time.Advance(TimeSpan.FromSeconds(0.5));
        }

        Assert.Equal((1, 0, 0), await SyncAsync(next));
    }

    [Fact]
    public async Task What_changes_during_a_sync_is_in_the_next_one()
    {
        await _sources.MoveNextAsync();
        Write("docs/c.txt", "Owls hunt.");
        _time.Advance(TimeSpan.FromSeconds(1));
        Write("docs/d.txt", "Bees fly.");

        Assert.Equal(2, (await NextAsync()).Changed!.Count);
    }

    [Fact]
    public async Task Renames_and_deleted_folders_leave_nothing_behind()
    {
        await SyncAsync();
        Directory.Move(_folder.At("docs/sub"), _folder.At("docs/moved"));
        Told("docs/sub", "docs/moved");

        Assert.Equal((1, 0, 1), await SyncQuietAsync());
        Assert.Equal(["docs/a.txt", "docs/moved/b.txt"], await IdsAsync());
        Directory.Delete(_folder.At("docs/moved"), recursive: true);
        Told("docs/moved");
        Assert.Equal((0, 0, 1), await SyncQuietAsync());
        Assert.Equal(["docs/a.txt"], await IdsAsync());
    }

    [Fact]
    public async Task An_editor_that_writes_through_a_temporary_file_leaves_one_document()
    {
        await SyncAsync();
        Write("docs/a.txt~", "Herons sleep.");
        Write("docs/.a.txt.swp", "binary");
        _time.Advance(TimeSpan.FromSeconds(1));
        await SyncAsync();
        File.Move(_folder.At("docs/a.txt~"), _folder.At("docs/a.txt"), overwrite: true);
        Told("docs/a.txt~", "docs/a.txt");

        Assert.Equal((0, 1, 1), await SyncQuietAsync());
        Assert.Equal(["docs/a.txt", "docs/sub/b.txt"], await IdsAsync());
    }

    [Fact]
    public async Task A_file_that_vanishes_before_it_is_read_is_no_failure()
    {
        var file = _folder.Write("docs/tmp.txt", "Gone soon.");
        var source = new VanishingSource(new FileSource([_folder.At("docs")]), file);

        var report = await Pipeline().SyncAsync(source);

        Assert.Equal((2, 0, file), (report.Added, report.Failed.Count, Assert.Single(report.Skipped).Path));
    }

    [Fact]
    public async Task Lost_changes_and_too_many_give_everything()
    {
        await _sources.MoveNextAsync();
        _changes!.AddAll();
        _time.Advance(TimeSpan.FromSeconds(1));
        Assert.Null((await NextAsync()).Changed);

        for (var i = 0; i <= 10_000; i++)
        {
            _changes.Add(_folder.At("docs"), _folder.At($"docs/{i}"));
        }

        _time.Advance(TimeSpan.FromSeconds(1));
        Assert.Null((await NextAsync()).Changed);
    }

    [Fact]
    public async Task Hidden_names_mean_nothing_but_what_git_says_means_everything()
    {
        await _sources.MoveNextAsync();
        await using var git = Watch(new([_folder.At("docs")]) { UsesGit = true }, out var changes).SourcesAsync().GetAsyncEnumerator();
        await git.MoveNextAsync();
        Told("docs/.git/HEAD", "docs/.git/index.lock", "docs/sub/.gitignore");
        var hidden = _sources.MoveNextAsync();
        changes().Add(_folder.At("docs"), _folder.At("docs/.git/refs/heads/main"));
        changes().Add(_folder.At("docs"), _folder.At("docs/a.txt"));
        _time.Advance(TimeSpan.FromMinutes(1));

        Assert.True(await git.MoveNextAsync());
        Assert.Null(git.Current.Changed);
        Assert.False(hidden.IsCompleted);
        Told("docs/a.txt");
        _time.Advance(TimeSpan.FromSeconds(1));
        Assert.True(await hidden);
        Assert.Equal([_folder.At("docs/a.txt")], _sources.Current.Changed!);
    }

    [Fact]
    public async Task The_system_tells_of_files_that_are_written_renamed_and_removed()
    {
        var single = _folder.Write("single.txt", "Herons fish.");
        await using var sources = new FolderWatch(new([_folder.At("docs"), single])) { Quiet = TimeSpan.FromMilliseconds(20) }.SourcesAsync(_stop.Token).GetAsyncEnumerator();
        await sources.MoveNextAsync();

        _folder.Write("docs/new/c.txt", "Owls hunt.");
        await UntilAsync(_folder.At("docs/new"), _folder.At("docs/new/c.txt"));
        File.Move(_folder.At("docs/a.txt"), _folder.At("docs/d.txt"));
        await UntilAsync(_folder.At("docs/d.txt"));
        Directory.Delete(_folder.At("docs/sub"), recursive: true);
        await UntilAsync(_folder.At("docs/sub"));
        _folder.Write("beside.txt", "Not asked for.");
        File.WriteAllText(single, "Herons sleep.");
        await UntilAsync(single);

        async Task UntilAsync(params string[] paths)
        {
            IReadOnlySet<string>? changed;
            do
            {
                await sources.MoveNextAsync();
                changed = sources.Current.Changed;
                Assert.NotEqual(true, changed?.Contains(_folder.At("beside.txt")));
            }
            while (changed is not null && !paths.Any(changed.Contains)); // null: the system had lost something
        }
    }

    [Fact]
    public async Task A_folder_that_goes_and_comes_back_is_watched_again()
    {
        await using var sources = new FolderWatch(new([_folder.At("docs")])) { Quiet = TimeSpan.FromMilliseconds(20) }.SourcesAsync(_stop.Token).GetAsyncEnumerator();
        await sources.MoveNextAsync();

        Directory.Delete(_folder.At("docs"), recursive: true);
        _folder.Write("docs/c.txt", "Owls hunt.");
        do
        {
            await sources.MoveNextAsync();
        }
        while (sources.Current.Changed is not null);
        var written = 0;
        do
        {
            File.WriteAllText(_folder.At("docs/c.txt"), $"Owls sleep {++written} hours."); // again where the system had lost something just then
            await sources.MoveNextAsync();
        }
        while (sources.Current.Changed?.Contains(_folder.At("docs/c.txt")) != true);

        Assert.Equal([_folder.At("docs")], sources.Current.Paths);
    }

    [Fact]
    public async Task Cancelling_ends_the_wait()
    {
        await _sources.MoveNextAsync();
        var next = _sources.MoveNextAsync();

        await _stop.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await next);
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        try
        {
            await _sources.DisposeAsync();
        }
        catch (NotSupportedException)
        {
            // a test that ended while it waited
        }

        _folder.Dispose();
    }

    private FolderWatch Watch(FileSource source) => new(source, changes => new Listening(_changes = changes), _time);

    private FolderWatch Watch(FileSource source, out Func<FolderChanges> changes)
    {
        FolderChanges? made = null;
        changes = () => made!;
        return new(source, given => new Listening(made = given), _time);
    }

    private void Write(string name, string text)
    {
        _folder.Write(name, text);
        Told(name);
    }

    private void Told(params string[] names)
    {
        foreach (var name in names)
        {
            _changes!.Add(_folder.At("docs"), _folder.At(name));
        }
    }

    private async Task<FileSource> NextAsync() => await _sources.MoveNextAsync() ? _sources.Current : throw new InvalidOperationException("It ended.");

    private Task<(int, int, int)> SyncAsync() => SyncAsync(_sources.MoveNextAsync());

    private Task<(int, int, int)> SyncQuietAsync()
    {
        _time.Advance(TimeSpan.FromSeconds(1));
        return SyncAsync();
    }

    private async Task<(int Added, int Updated, int Deleted)> SyncAsync(ValueTask<bool> next)
    {
        Assert.True(await next);
        var report = await Pipeline().SyncAsync(_sources.Current, new() { DeleteMissing = true });
        Assert.Empty(report.Failed);
        return (report.Added, report.Updated, report.Deleted);
    }

    private IngestionPipeline Pipeline() => new(DocumentReaders.Default, new StructureChunker(), _store);

    private async Task<IReadOnlyList<string>> IdsAsync() => [.. (await _store.ListDocumentsAsync()).Select(d => d.Id)];

    private sealed class Listening(FolderChanges changes) : IDisposable
    {
        public void Dispose() => changes.AddAll(); // a late change is no fault
    }

    private sealed class VanishingSource(IDocumentSource inner, string file) : IDocumentSource
    {
        public async IAsyncEnumerable<SourceItem> FindAsync(SyncContext sync, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken = default)
        {
            await foreach (var item in inner.FindAsync(sync, cancellationToken))
            {
                if (item.Path == file)
                {
                    File.Delete(file);
                }

                yield return item;
            }
        }
    }
}
