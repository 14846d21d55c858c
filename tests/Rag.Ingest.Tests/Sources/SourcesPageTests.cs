using Rag.Ingest.Chunking;
using Rag.Ingest.Reading;
using Rag.Ingest.Sources;
using Rag.Testing;

namespace Rag.Ingest.Tests.Sources;

/// <summary>The code of docs/how-to/ingest-from-sources.md.</summary>
public sealed class SourcesPageTests : IAsyncDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly InMemoryChunkStore _store = new();

    [Fact]
    public async Task A_watch_syncs_once_and_then_what_changes()
    {
        using var stop = new CancellationTokenSource();
        _folder.Write("docs/a.txt", "Herons fish.");
        var (pipeline, told) = (new IngestionPipeline(DocumentReaders.Default, new StructureChunker(), _store), 0);

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => WatchAsync(pipeline, _folder.At("docs"), report =>
        {
            told += report.Added;
            File.WriteAllText(_folder.At("docs/b.txt"), "Otters swim.");
            if (told == 2)
            {
                stop.Cancel();
            }
        }, stop.Token));

        Assert.Equal(2, (await _store.ListDocumentsAsync()).Count);
    }

    [Fact]
    public void Sources_can_be_joined() => Assert.NotNull(Both());

    public async ValueTask DisposeAsync()
    {
        _folder.Dispose();
        await _store.DisposeAsync();
    }

    private static async Task WatchAsync(IngestionPipeline pipeline, string folder, Action<SyncReport> tell, CancellationToken cancellationToken)
    {
        // <watch>
        var watch = new FolderWatch(new FileSource([folder]) { UsesGit = false });
        await foreach (var source in watch.SourcesAsync(cancellationToken))
        {
            tell(await pipeline.SyncAsync(source, new() { DeleteMissing = true }, null, cancellationToken));
        }
        // </watch>
    }

    private static JoinedSource Both()
    {
        // <web>
        var site = new WebSource(new("https://docs.example.org/guide/"))
        {
            Hosts = ["*.example.org"],
            Sitemap = "auto",
            Limits = new() { MaxPages = 500, MaxDepth = 4 },
        };
        var source = new JoinedSource([new FileSource(["handbook"]), site]);
        // </web>
        return source;
    }
}
