using System.Text;
using Rag.Ingest.Chunking;
using Rag.Ingest.Reading;
using Rag.Testing;

namespace Rag.Ingest.Tests;

public sealed class ContainerSyncTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly InMemoryChunkStore _store = new();

    [Fact]
    public async Task Entries_become_documents_under_the_id_and_the_path_of_their_container()
    {
        var path = Write("docs/a.zip", ArchiveFiles.Zip(("x.md", "# Herons\n\nHerons fish."u8.ToArray()), ("sub/y.txt", "Otters swim."u8.ToArray()), ("z.png", [0x89, .. "PNG\r\n\u001a\n"u8])));

        var report = await SyncAsync();

        Assert.Equal((3, 0, 0, 0), Counts(report));
        Assert.Equal(["docs/a.zip", "docs/a.zip/sub/y.txt", "docs/a.zip/x.md"], await IdsAsync());
        var entry = (await _store.GetDocumentAsync("docs/a.zip/x.md"))!;
        Assert.Equal((path + "/x.md", "text/markdown", "Herons"), (entry.Path, entry.MediaType, entry.Title));
        Assert.StartsWith("Not read: 'z.png': ", Assert.Single(report.Warnings).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_unchanged_container_is_left_and_of_a_changed_one_only_what_changed_is_embedded()
    {
        Write("docs/a.zip", ArchiveFiles.Zip(("x.txt", "Herons fish."), ("y.txt", "Otters swim."), ("z.txt", "Owls hunt.")));
        await SyncAsync();

        Assert.Equal((0, 0, 4, 0), Counts(await SyncAsync()));
        Write("docs/a.zip", ArchiveFiles.Zip(("x.txt", "Herons fish."), ("y.txt", "Otters dive."), ("new.txt", "Bees fly.")));
        var report = await SyncAsync();

        Assert.Equal((1, 2, 1, 1), Counts(report));
        Assert.Equal(["docs/a.zip", "docs/a.zip/new.txt", "docs/a.zip/x.txt", "docs/a.zip/y.txt"], await IdsAsync());
    }

    [Fact]
    public async Task Containers_in_containers_are_opened_three_deep()
    {
        var nested = ArchiveFiles.Zip(("5.txt", "Too deep."));
        for (var level = 4; level > 0; level--)
        {
            nested = ArchiveFiles.Zip(($"{level}.zip", nested), ($"{level}.txt", Encoding.UTF8.GetBytes($"Text {level}.")));
        }

        Write("docs/0.zip", nested);
        var report = await SyncAsync();

        Assert.Equal(["docs/0.zip", "docs/0.zip/1.txt", "docs/0.zip/1.zip", "docs/0.zip/1.zip/2.txt", "docs/0.zip/1.zip/2.zip", "docs/0.zip/1.zip/2.zip/3.txt", "docs/0.zip/1.zip/2.zip/3.zip"], await IdsAsync());
        Assert.Contains(report.Warnings, warning => warning.Message.Contains("stands in 3 other containers", StringComparison.Ordinal));
        Assert.Equal(7, (await SyncAsync()).Unchanged);
    }

    [Fact]
    public async Task A_mailbox_gives_its_messages_and_their_attachments()
    {
        Write("docs/Inbox.mbox", Reading.MailFiles.Mailbox());

        await SyncAsync();

        Assert.Equal(["docs/Inbox.mbox", "docs/Inbox.mbox/1.eml", "docs/Inbox.mbox/1.eml/Größe (2).txt", "docs/Inbox.mbox/1.eml/Größe.txt", "docs/Inbox.mbox/1.eml/notes.csv", "docs/Inbox.mbox/2.eml", "docs/Inbox.mbox/3.eml"], await IdsAsync());
        Assert.Equal("first@example.org", (await _store.GetDocumentAsync("docs/Inbox.mbox/2.eml"))!.Tags["thread"]);
    }

    [Fact]
    public async Task Entries_go_with_their_container_and_never_while_it_is_there()
    {
        var path = Write("docs/a.zip", ArchiveFiles.Zip(("x.txt", "Herons fish.")));
        _folder.Write("docs/b.txt", "Otters swim.");
        await SyncAsync();

        Assert.Equal((0, 0, 3, 0), Counts(await SyncAsync(new() { DeleteMissing = true })));
        Write("docs/a.zip", Encoding.ASCII.GetBytes("PK\u0003\u0004 damaged"));
        Assert.Single((await SyncAsync(new() { DeleteMissing = true })).Failed);
        Assert.Equal(3, (await IdsAsync()).Count);
        File.Delete(path);
        Assert.Equal((0, 0, 1, 2), Counts(await SyncAsync(new() { DeleteMissing = true })));
        Assert.Equal(["docs/b.txt"], await IdsAsync());
    }

    [Fact]
    public async Task A_container_that_becomes_a_text_loses_its_entries()
    {
        Write("docs/a.zip", ArchiveFiles.Zip(("x.txt", "Herons fish.")));
        await SyncAsync();

        _folder.Write("docs/a.zip", "No archive any more.");
        await SyncAsync();

        Assert.Equal(["docs/a.zip"], await IdsAsync());
    }

    [Fact]
    public async Task A_bomb_leaves_nothing_in_the_store_and_stops_nothing()
    {
        Write("docs/bomb.zip", ArchiveFiles.Zip(("good.txt", "good"u8.ToArray()), ("zeros.txt", new byte[40 << 20])));
        Write("docs/outer.zip", ArchiveFiles.Zip(("bomb.zip", ArchiveFiles.Zip(("zeros.txt", new byte[40 << 20]))), ("b.txt", "Otters swim."u8.ToArray())));

        var report = await SyncAsync();

        Assert.Contains("200 times as much", Assert.Single(report.Failed).Error, StringComparison.Ordinal);
        Assert.Equal(["docs/outer.zip", "docs/outer.zip/b.txt"], await IdsAsync());
    }

    [Fact]
    public async Task A_sync_that_was_stopped_within_a_container_goes_on_where_it_was()
    {
        Write("docs/a.zip", ArchiveFiles.Zip(("x.txt", "Herons fish."), ("y.txt", "Otters swim."), ("z.txt", "Owls hunt.")));
        using var stop = new CancellationTokenSource();
        var pipeline = new IngestionPipeline(DocumentReaders.Default.With(new StoppingReader(stop)), new StructureChunker(), _store);

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => pipeline.SyncAsync([_folder.At("docs")], cancellationToken: stop.Token));
        Assert.Equal(["docs/a.zip", "docs/a.zip/x.txt"], await IdsAsync());

        Assert.Equal((2, 1, 1, 0), Counts(await SyncAsync()));
        Assert.Equal(4, (await SyncAsync()).Unchanged);
    }

    [Fact]
    public async Task A_document_from_elsewhere_is_not_replaced_by_an_entry()
    {
        await _store.ReplaceDocumentAsync(new("docs/a.zip/x.txt", "T", "Mine.", [new(BlockKind.Paragraph, new(0, 5))]), []);
        Write("docs/a.zip", ArchiveFiles.Zip(("x.txt", "Herons fish."), ("y.txt", "Otters swim.")));

        var report = await SyncAsync();

        Assert.Contains("came from elsewhere", Assert.Single(report.Warnings).Message, StringComparison.Ordinal);
        Assert.Equal("Mine.", (await _store.GetDocumentAsync("docs/a.zip/x.txt"))!.Text);
    }

    [Fact]
    public async Task Deleting_a_container_deletes_its_entries_and_nothing_else()
    {
        Write("docs/a.zip", ArchiveFiles.Zip(("x.txt", "Herons fish."), ("in.zip", "no archive")));
        Write("docs/a.zip2", ArchiveFiles.Zip(("x.txt", "Otters swim.")));
        await _store.ReplaceDocumentAsync(new("docs/a.zip/mine", "T", "Mine.", [new(BlockKind.Paragraph, new(0, 5))]), []);
        await SyncAsync();

        var deleted = await _store.DeleteWithEntriesAsync("docs/a.zip");

        Assert.Equal(["docs/a.zip/in.zip", "docs/a.zip/x.txt", "docs/a.zip"], deleted);
        Assert.Equal(["docs/a.zip/mine", "docs/a.zip2", "docs/a.zip2/x.txt"], await IdsAsync());
        Assert.Empty(await _store.DeleteWithEntriesAsync("docs/a.zip"));
    }

    [Fact]
    public async Task A_container_that_takes_the_place_of_another_replaces_its_entries()
    {
        var (first, second) = (Write("1/a.zip", ArchiveFiles.Zip(("x.txt", "Herons fish."), ("y.txt", "Otters swim."))), Write("2/a.zip", ArchiveFiles.Zip(("x.txt", "Owls hunt."))));
        await Pipeline().SyncAsync([first], new() { TakesOver = true });

        await Pipeline().SyncAsync([second], new() { TakesOver = true });

        Assert.Equal(["a.zip", "a.zip/x.txt"], await IdsAsync());
        Assert.Equal(("Owls hunt.", second + "/x.txt"), ((await _store.GetDocumentAsync("a.zip/x.txt"))!.Text, (await _store.GetDocumentAsync("a.zip/x.txt"))!.Path));
    }

    [Fact]
    public async Task Reading_a_file_with_its_entries_gives_the_outer_document_first()
    {
        var path = Write("a.zip", ArchiveFiles.Zip(("x.txt", "Herons fish."u8.ToArray()), ("in.tar.gz", ArchiveFiles.Gzip(ArchiveFiles.Tar(("y.txt", '0', "Otters swim."u8.ToArray())))), ("empty.txt", [])));
        var (told, read) = (new List<string>(), new List<Document>());

        await foreach (var document in DocumentReaders.Default.ReadFileWithEntriesAsync(path, "a.zip", leftOut: new Told(told)))
        {
            read.Add(document);
        }

        Assert.Equal(["a.zip", "a.zip/x.txt", "a.zip/in.tar.gz", "a.zip/in.tar.gz/y.txt"], read.Select(d => d.Id));
        Assert.Equal(["a.zip: Not read: 'empty.txt': it is empty."], told);
    }

    [Fact]
    public async Task When_as_much_as_is_allowed_was_unpacked_no_container_is_opened_any_more()
    {
        var (large, small) = (ArchiveFiles.Zip(("large.txt", new string('a', 50_000))), ArchiveFiles.Zip(("small.txt", "x")));
        var outer = ArchiveFiles.Zip(("1.zip", large), ("2.zip", small), ("3.txt", "Herons fish."u8.ToArray()));
        var (told, read) = (new List<string>(), new List<string>());
        var document = await DocumentReaders.Default.ReadAsync(new MemoryStream(outer), "a.zip") with { Path = "a.zip" };

        await foreach (var inside in new Unpacking(DocumentReaders.Default, new Told(told), new(maxBytes: 10_000)).ReadAsync(document, outer, 1, CancellationToken.None))
        {
            read.Add(inside.Id);
        }

        Assert.Equal(["a.zip", "a.zip/1.zip", "a.zip/3.txt"], read);
        Assert.Contains("more than 10,000 bytes", told[0], StringComparison.Ordinal);
        Assert.Equal("a.zip: Not read: '2.zip': as much as is allowed was unpacked of the containers before it.", told[1]);
    }

    public void Dispose() => _folder.Dispose();

    private IngestionPipeline Pipeline() => new(DocumentReaders.Default, new StructureChunker(), _store);

    private Task<SyncReport> SyncAsync(SyncOptions? options = null) => Pipeline().SyncAsync([_folder.At("docs")], options);

    private async Task<IReadOnlyList<string>> IdsAsync() => [.. (await _store.ListDocumentsAsync()).Select(d => d.Id)];

    private static (int, int, int, int) Counts(SyncReport report) => (report.Added, report.Updated, report.Unchanged, report.Deleted);

    private string Write(string name, byte[] bytes)
    {
        var path = _folder.Write(name, "");
        File.WriteAllBytes(path, bytes);
        return path;
    }

    private sealed class Told(List<string> told) : IProgress<string>
    {
        public void Report(string value) => told.Add(value);
    }

    // reads texts; stops at the second
    private sealed class StoppingReader(CancellationTokenSource stop) : IDocumentReader
    {
        private int _read;

        public IReadOnlyCollection<string> MediaTypes { get; } = ["text/plain"];

        public async Task<Document> ReadAsync(Stream source, string documentId, CancellationToken cancellationToken = default)
        {
            if (++_read > 1)
            {
                await stop.CancelAsync();
            }

            return await new PlainTextReader().ReadAsync(source, documentId, cancellationToken);
        }
    }
}
