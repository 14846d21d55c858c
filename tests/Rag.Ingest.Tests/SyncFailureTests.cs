using Rag.Ingest.Chunking;
using Rag.Ingest.Reading;
using Rag.Ingest.Tests.Reading;
using Rag.Storage;
using Rag.Testing;

namespace Rag.Ingest.Tests;

public sealed class SyncFailureTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly InMemoryChunkStore _store = new();

    [Fact]
    public async Task A_file_without_a_document_is_skipped_in_a_folder_and_fails_when_named()
    {
        _folder.Write("docs/a.txt", "Some text.");
        var image = _folder.Write("docs/image.png", "");
        File.WriteAllBytes(image, [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A, 0, 0]);
        var empty = _folder.Write("docs/empty.txt", "");
        var blank = _folder.Write("docs/blank.txt", " \n\n ");

        var inFolder = await SyncAsync(_folder.At("docs"));
        var named = await SyncAsync(image, empty, blank);

        Assert.Equal([blank, empty, image], inFolder.Skipped.Select(s => s.Path));
        Assert.Equal((1, 0), (inFolder.Added, inFolder.Failed.Count));
        Assert.Equal([blank, empty, image], named.Failed.Select(s => s.Path));
        Assert.Contains("a PNG image is not supported yet", named.Failed[2].Error, StringComparison.Ordinal);
        Assert.Equal(["It has no text.", "It is empty."], named.Failed.Take(2).Select(f => f.Error));
    }

    [Fact]
    public async Task A_large_workbook_of_the_old_format_is_told_though_its_head_does_not_say()
    {
        var book = _folder.Write("docs/large.xls", "");
        var workbook = XlsFiles.Stream([], [("Notes", 0, XlsFiles.Record(0x204, [0, 0, 0, 0, 0, 0, 4, 0, 0, .. "word"u8]))]);
        File.WriteAllBytes(book, CompoundFiles.Of(("Pictures", new byte[17 << 20]), ("Workbook", workbook)));

        var report = await SyncAsync(_folder.At("docs"));

        Assert.Equal((1, 0), (report.Added, report.Skipped.Count));
    }

    [Fact]
    public async Task A_scan_without_text_is_skipped_with_a_warning_that_says_so()
    {
        var pdf = new PdfWriter();
        var image = pdf.AddStream("\0", "/Subtype /Image /Width 1 /Height 1 /BitsPerComponent 8 /ColorSpace /DeviceGray");
        pdf.AddPage("q 612 0 0 792 0 0 cm /I Do Q", $"/XObject << /I {image} 0 R >>");
        var scan = _folder.Write("docs/scan.pdf", "");
        File.WriteAllBytes(scan, pdf.ToBytes());

        var report = await SyncAsync(_folder.At("docs"));

        Assert.Equal(scan, Assert.Single(report.Skipped).Path);
        Assert.StartsWith("Page 1 is a scanned image without text.", Assert.Single(report.Warnings).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_file_that_lost_its_text_loses_its_document()
    {
        var file = _folder.Write("docs/a.txt", "Some text.");
        await SyncAsync(_folder.At("docs"));
        File.WriteAllText(file, "");

        var report = await SyncAsync(_folder.At("docs"));

        Assert.Equal(1, report.Deleted);
        Assert.Empty(await _store.ListDocumentsAsync());
    }

    [Fact]
    public async Task A_file_that_cannot_be_read_fails_and_the_others_go_on()
    {
        _folder.Write("docs/a.txt", "Some text.");
        var broken = _folder.Write("docs/b.txt", "Some broken text.");
        _folder.Write("docs/c.txt", "Some text.");
        var pipeline = new IngestionPipeline(new DocumentReaders([new PickyReader()]), new StructureChunker(), _store);

        var report = await pipeline.SyncAsync([_folder.At("docs")]);

        Assert.Equal(2, report.Added);
        Assert.Equal(new SyncFailure(broken, "'docs/b.txt' cannot be read: the picky reader broke"), Assert.Single(report.Failed));
    }

    [Theory]
    [InlineData("")]
    [InlineData(" ")]
    [InlineData("a\0b")]
    public async Task What_is_no_path_fails(string path)
    {
        var report = await SyncAsync(path);

        Assert.Contains("is not a path", Assert.Single(report.Failed).Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_path_that_is_too_long_fails()
    {
        var report = await SyncAsync(_folder.At(string.Join('/', Enumerable.Repeat(new string('x', 200), 40))));

        Assert.Single(report.Failed);
    }

    [Fact]
    public async Task What_may_not_be_read_fails_and_nothing_of_it_is_deleted()
    {
        if (OperatingSystem.IsWindows() || Environment.IsPrivilegedProcess)
        {
            Assert.Skip("Needs a user to whom Unix permissions apply.");
            return;
        }

        var closed = _folder.Write("docs/closed.txt", "Some text.");
        _folder.Write("docs/shut/a.txt", "Some text.");
        await SyncAsync(_folder.At("docs"));
        File.SetUnixFileMode(closed, UnixFileMode.None);
        File.SetUnixFileMode(_folder.At("docs/shut"), UnixFileMode.None);

        var report = await new IngestionPipeline(DocumentReaders.Default, new StructureChunker(), _store).SyncAsync([_folder.At("docs")], new() { DeleteMissing = true });

        File.SetUnixFileMode(_folder.At("docs/shut"), UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        Assert.Equal((0, 2), (report.Deleted, report.Failed.Count));
        Assert.Equal(2, (await _store.ListDocumentsAsync()).Count);
    }

    [Fact]
    public async Task A_fault_of_the_store_ends_the_sync()
    {
        _folder.Write("docs/a.txt", "Some text.");
        var pipeline = new IngestionPipeline(DocumentReaders.Default, new StructureChunker(), new FullStore(_store));

        var fault = await Assert.ThrowsAsync<StoreException>(() => pipeline.SyncAsync([_folder.At("docs")]));

        Assert.Equal("The disk is full.", fault.Message);
    }

    [Fact]
    public async Task Cancelling_throws_and_the_next_sync_goes_on_from_there()
    {
        foreach (var i in Enumerable.Range(0, 30))
        {
            _folder.Write($"docs/{i}.txt", $"Text number {i}.");
        }

        using var cancellation = new CancellationTokenSource();
        var pipeline = new IngestionPipeline(DocumentReaders.Default, new StructureChunker(), _store);
        var progress = new ListProgress(p => (p.Done == 5 ? cancellation : null)?.Cancel());

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => pipeline.SyncAsync([_folder.At("docs")], null, progress, cancellation.Token));
        var stored = (await _store.ListDocumentsAsync()).Count;
        var report = await SyncAsync(_folder.At("docs"));

        Assert.InRange(stored, 5, 29);
        Assert.Equal((30 - stored, stored), (report.Added, report.Unchanged));
    }

    public void Dispose() => _folder.Dispose();

    private Task<SyncReport> SyncAsync(params string[] paths) => new IngestionPipeline(DocumentReaders.Default, new StructureChunker(), _store).SyncAsync(paths);

    private sealed class PickyReader : IDocumentReader
    {
        private readonly PlainTextReader _inner = new();

        public IReadOnlyCollection<string> MediaTypes => _inner.MediaTypes;

        public async Task<Document> ReadAsync(Stream source, string documentId, CancellationToken cancellationToken = default)
        {
            var document = await _inner.ReadAsync(source, documentId, cancellationToken);
            return document.Text.Contains("broken", StringComparison.Ordinal) ? throw new InvalidOperationException("the picky reader broke") : document;
        }
    }

    private sealed class FullStore(IChunkStore inner) : IChunkStore
    {
        public Task ReplaceDocumentAsync(Document document, IReadOnlyList<EmbeddedChunk> chunks, CancellationToken cancellationToken = default) => throw new StoreException("The disk is full.");

        public Task<bool> DeleteDocumentAsync(string documentId, string tenant = "", CancellationToken cancellationToken = default) => inner.DeleteDocumentAsync(documentId, tenant, cancellationToken);

        public Task<Document?> GetDocumentAsync(string documentId, string tenant = "", CancellationToken cancellationToken = default) => inner.GetDocumentAsync(documentId, tenant, cancellationToken);

        public Task<IReadOnlyList<StoredDocument>> ListDocumentsAsync(string tenant = "", CancellationToken cancellationToken = default) => inner.ListDocumentsAsync(tenant, cancellationToken);

        public Task<IReadOnlyList<EmbeddedChunk>> GetChunksAsync(string documentId, string tenant = "", CancellationToken cancellationToken = default) => inner.GetChunksAsync(documentId, tenant, cancellationToken);

        public Task<VectorSpace?> GetVectorSpaceAsync(string tenant = "", CancellationToken cancellationToken = default) => inner.GetVectorSpaceAsync(tenant, cancellationToken);

        public Task<IReadOnlyList<ScoredChunk>> SearchKeywordsAsync(Query query, int top, CancellationToken cancellationToken = default) => inner.SearchKeywordsAsync(query, top, cancellationToken);

        public Task<IReadOnlyList<ScoredChunk>> SearchVectorsAsync(ReadOnlyMemory<float> vector, Query query, int top, CancellationToken cancellationToken = default) => inner.SearchVectorsAsync(vector, query, top, cancellationToken);

        public ValueTask DisposeAsync() => inner.DisposeAsync();
    }
}
