using Rag.Ingest;
using Rag.Ingest.Chunking;
using Rag.Ingest.Reading;
using Rag.Storage;
using Rag.Testing;

namespace Rag.Sqlite.Tests;

/// <summary>Files synced into the real store.</summary>
public sealed class SyncTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    [Fact]
    public async Task Syncing_random_changes_leaves_the_store_as_one_made_from_scratch()
    {
        var random = new Random(11);
        await using var store = await SqliteChunkStore.OpenAsync(_folder["store.db"]);
        Directory.CreateDirectory(_folder["docs"]);
        for (var round = 0; round < 8; round++)
        {
            foreach (var _ in Enumerable.Range(0, 5))
            {
                Change(random, Path.Combine(_folder["docs"], $"{random.Next(10)}.txt"));
            }

            await SyncAsync(store, new() { DeleteMissing = true, Parallelism = 4 });
            await using var scratch = await SqliteChunkStore.OpenAsync(":memory:");
            await SyncAsync(scratch, new() { Parallelism = 1 });

            Assert.Equal(await ContentAsync(scratch), await ContentAsync(store));
        }
    }

    [Fact]
    public async Task A_cancelled_sync_leaves_whole_documents_and_the_next_one_the_rest()
    {
        Directory.CreateDirectory(_folder["docs"]);
        foreach (var i in Enumerable.Range(0, 40))
        {
            File.WriteAllText(Path.Combine(_folder["docs"], $"{i}.txt"), RandomDocuments.Sentence(new(i), 300));
        }

        await using var store = await SqliteChunkStore.OpenAsync(_folder["store.db"]);
        using var cancellation = new CancellationTokenSource();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() =>
            Pipeline(store).SyncAsync([_folder["docs"]], new() { Parallelism = 4 }, new Cancelling(cancellation, after: 10), cancellation.Token));
        var before = await store.ListDocumentsAsync();

        var report = await SyncAsync(store, new());

        Assert.InRange(before.Count, 10, 39);
        Assert.All(before, d => Assert.True(d.Chunks > 0));
        Assert.Equal((40 - before.Count, before.Count), (report.Added, report.Unchanged));
    }

    public void Dispose() => _folder.Dispose();

    private static void Change(Random random, string file)
    {
        if (random.Next(3) == 0)
        {
            File.Delete(file);
        }
        else
        {
            File.WriteAllText(file, RandomDocuments.Sentence(random, random.Next(300)));
        }
    }

    private static async Task<string> ContentAsync(SqliteChunkStore store)
    {
        var documents = await store.ListDocumentsAsync();
        var texts = await Task.WhenAll(documents.Select(async d => $"{d.Id} {d.Version} {d.Chunks} {(await store.GetDocumentAsync(d.Id))!.Text}"));
        var hits = await Task.WhenAll(new[] { "store", "migration index", "Привет", "transactions" }.Select(q => store.SearchKeywordsAsync(new(q), 50)));
        return string.Join('\n', texts.Concat(hits.SelectMany(h => h).Select(h => $"{h.Chunk.Id} {h.Score:R} {h.Chunk.Text}")));
    }

    private static IngestionPipeline Pipeline(IChunkStore store) => new(DocumentReaders.Default, new StructureChunker(new() { Target = 50, Max = 100 }), store);

    private Task<SyncReport> SyncAsync(IChunkStore store, SyncOptions options) => Pipeline(store).SyncAsync([_folder["docs"]], options);

    private sealed class Cancelling(CancellationTokenSource source, int after) : IProgress<SyncProgress>
    {
        public void Report(SyncProgress value)
        {
            if (value.Done == after)
            {
                source.Cancel();
            }
        }
    }
}
