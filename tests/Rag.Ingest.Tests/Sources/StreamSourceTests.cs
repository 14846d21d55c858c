using Rag.Ingest.Chunking;
using Rag.Ingest.Reading;
using Rag.Ingest.Sources;
using Rag.Testing;

namespace Rag.Ingest.Tests.Sources;

public sealed class StreamSourceTests : IAsyncDisposable
{
    private readonly InMemoryChunkStore _store = new();

    [Fact]
    public async Task The_name_is_the_id_and_tells_the_kind_of_text()
    {
        Assert.Equal(1, (await SyncAsync("# Herons\n\nHerons fish."u8.ToArray(), "notes.md")).Added);
        Assert.Equal(1, (await SyncAsync("# Herons\n\nHerons sleep."u8.ToArray(), "notes.md")).Updated);
        Assert.Equal(1, (await SyncAsync("# Herons\n\nHerons sleep."u8.ToArray(), "notes.md")).Unchanged);

        var document = (await _store.GetDocumentAsync("notes.md"))!;
        Assert.Equal(("stdin:notes.md", "text/markdown", "Herons"), (document.Path, document.MediaType, document.Title));
    }

    [Fact]
    public async Task An_archive_from_a_stream_has_entries()
    {
        await SyncAsync(ArchiveFiles.Zip(("x.txt", "Herons fish.")), "a.zip");

        Assert.Equal(["a.zip", "a.zip/x.txt"], (await _store.ListDocumentsAsync()).Select(d => d.Id));
    }

    [Fact]
    public async Task Nothing_is_a_failure_and_so_is_a_name_that_a_file_has()
    {
        using var folder = new TemporaryFolder();
        var file = folder.Write("notes.md", "Otters swim.");
        await new IngestionPipeline(DocumentReaders.Default, new StructureChunker(), _store).SyncAsync([file]);

        Assert.Equal("It is empty.", Assert.Single((await SyncAsync([], "empty.txt")).Failed).Error);
        Assert.Contains("which is that of", Assert.Single((await SyncAsync("Herons fish."u8.ToArray(), "notes.md")).Failed).Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("../a.md")]
    [InlineData("/a.md")]
    [InlineData("a\\b")]
    [InlineData("a\u0007.md")]
    [InlineData("https://site.test/a")]
    public void What_cannot_be_an_id_is_refused(string name) => Assert.Throws<ArgumentException>(() => new StreamSource(Stream.Null, name));

    public ValueTask DisposeAsync() => _store.DisposeAsync();

    private Task<SyncReport> SyncAsync(byte[] bytes, string name) => new IngestionPipeline(DocumentReaders.Default, new StructureChunker(), _store).SyncAsync(new StreamSource(new MemoryStream(bytes), name));
}
