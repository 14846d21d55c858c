using Rag.Storage;
using Rag.Testing;
using Rag.Testing.Qdrant;

namespace Rag.Qdrant.Tests;

public sealed class SnapshotTests : IDisposable
{
    private static readonly Uri Address = new("http://double:6333/docs");

    private readonly QdrantDouble _server = new();

    public void Dispose()
    {
        if (SharedData.Folder is { } folder && Path.Combine(folder, "qdrant-openapi/openapi.json") is var published && File.Exists(published))
        {
            var document = OpenApiDocument.Load(published);
            Assert.All(_server.Exchanges, exchange => Assert.Empty(document.Faults(exchange)));
        }

        _server.Dispose();
    }

    private QdrantSnapshots Snapshots(Uri? address = null) => new(address ?? Address, transport: _server);

    private async Task WriteAsync(string text)
    {
        await using var store = await QdrantChunkStore.OpenAsync(Address, transport: _server);
        await store.ReplaceDocumentAsync(Corpus.Text("a", text), Corpus.Chunks(Corpus.Text("a", text), _ => [1, 0], "m"));
    }

    private async Task<string> ReadAsync(Uri? address = null)
    {
        await using var store = await QdrantChunkStore.OpenAsync(address ?? Address, create: false, transport: _server);
        Assert.Single(await store.SearchVectorsAsync(new float[] { 1, 0 }, new(""), 5));
        return Assert.Single(await store.SearchKeywordsAsync(new("fish"), 5)).Chunk.Text;
    }

    [Fact]
    public async Task A_snapshot_is_listed_until_it_is_deleted()
    {
        await WriteAsync("old fish");
        using var snapshots = Snapshots();
        Assert.Empty(await snapshots.ListAsync());

        var first = await snapshots.CreateAsync();
        var second = await snapshots.CreateAsync();

        Assert.Equal([first, second], await snapshots.ListAsync());
        Assert.Equal(new DateTimeOffset(2026, 1, 2, 3, 4, 5, TimeSpan.Zero), first.CreatedAt);
        await snapshots.DeleteAsync(first);
        Assert.Equal([second], await snapshots.ListAsync());
        Assert.Contains("not found", (await Assert.ThrowsAsync<StoreException>(() => snapshots.DeleteAsync(first))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Restoring_from_the_servers_disk_brings_back_what_was_there()
    {
        await WriteAsync("old fish");
        using var snapshots = Snapshots();
        var snapshot = await snapshots.CreateAsync();
        await WriteAsync("new fish");

        await snapshots.RestoreAsync(new Uri($"file:///qdrant/snapshots/docs/{snapshot.Name}"), snapshot.Sha256);

        Assert.Equal("old fish", await ReadAsync());
    }

    [Fact]
    public async Task A_downloaded_snapshot_makes_the_collection_anew_also_under_another_name()
    {
        await WriteAsync("old fish");
        // <snapshots>
        using var snapshots = new QdrantSnapshots(new("http://double:6333/docs"), transport: _server);
        var snapshot = await snapshots.CreateAsync();
        var file = new MemoryStream();
        await snapshots.DownloadAsync(snapshot, file);

        file.Position = 0;
        using var restored = new QdrantSnapshots(new("http://double:6333/docs-restored"), transport: _server);
        await restored.RestoreAsync(file, snapshot.Sha256);
        // </snapshots>
        Assert.Equal("old fish", await ReadAsync(new("http://double:6333/docs-restored")));
        Assert.Equal("old fish", await ReadAsync());
    }

    [Fact]
    public async Task A_damaged_snapshot_is_refused_on_either_way()
    {
        await WriteAsync("old fish");
        using var snapshots = Snapshots();
        var snapshot = await snapshots.CreateAsync();

        foreach (var other in (QdrantSnapshot[])[snapshot with { Sha256 = new string('0', 64) }, snapshot with { Sha256 = null, Bytes = 7 }])
        {
            var error = await Assert.ThrowsAsync<StoreException>(() => snapshots.DownloadAsync(other, new MemoryStream()));
            Assert.Contains("damaged", error.Message, StringComparison.Ordinal);
        }

        await Assert.ThrowsAsync<StoreException>(() => snapshots.RestoreAsync(new MemoryStream("nothing"u8.ToArray())));
        await Assert.ThrowsAsync<StoreException>(() => snapshots.RestoreAsync(new MemoryStream("nothing"u8.ToArray()), snapshot.Sha256));
        Assert.Equal("old fish", await ReadAsync());
    }

    [Theory]
    [InlineData("")]
    [InlineData(".")]
    [InlineData("..")]
    public async Task A_name_that_would_meet_something_else_is_refused(string name)
    {
        await WriteAsync("old fish");
        using var snapshots = Snapshots();
        var snapshot = new QdrantSnapshot(name, null, 0, null);

        await Assert.ThrowsAsync<ArgumentException>(() => snapshots.DeleteAsync(snapshot));
        await Assert.ThrowsAsync<ArgumentException>(() => snapshots.DownloadAsync(snapshot, new MemoryStream()));
        Assert.Equal("old fish", await ReadAsync());
    }

    [Fact]
    public async Task Names_are_escaped_and_requests_are_sent_once()
    {
        await WriteAsync("old fish");
        using var snapshots = Snapshots();
        _server.Exchanges.Clear();
        await Assert.ThrowsAsync<StoreException>(() => snapshots.DeleteAsync(new("../../other", null, 0, null)));
        Assert.Equal("/collections/docs/snapshots/..%2F..%2Fother", Assert.Single(_server.Exchanges).Path);
        _server.Between = QdrantFaults.ResetAfter;
        Assert.Contains("cannot be reached", (await Assert.ThrowsAsync<StoreException>(() => snapshots.CreateAsync())).Message, StringComparison.Ordinal);
        _server.Between = QdrantFaults.None;
        Assert.Single(await snapshots.ListAsync()); // made, though its answer was lost, and not twice
    }

    [Fact]
    public async Task What_is_not_there_and_an_address_without_a_collection_are_named()
    {
        using var snapshots = Snapshots();

        Assert.Contains("doesn't exist", (await Assert.ThrowsAsync<StoreException>(() => snapshots.CreateAsync())).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => new QdrantSnapshots(new("http://double:6333/")));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => snapshots.CreateAsync(new CancellationToken(canceled: true)));
    }
}
