using Rag.Ingest;
using Rag.Ingest.Chunking;
using Rag.Ingest.Reading;
using Rag.Ingest.Sources;

namespace Rag.Testing;

/// <summary>What every <see cref="IDocumentSource"/> promises. Inherit it in the tests of a source.</summary>
public abstract class DocumentSourceContract : IAsyncDisposable
{
    private readonly InMemoryChunkStore _store = new();

    /// <summary>A source of two documents at least, whatever was asked of it before.</summary>
    protected abstract IDocumentSource Create();

    [Fact]
    public async Task The_same_source_gives_the_same_items_in_the_same_order()
    {
        var (first, second) = (await FindAsync(), await FindAsync());

        Assert.True(first.OfType<SourceItem.Found>().Count() >= 2);
        Assert.Equal(first.Select(Name), second.Select(Name));

        static string Name(SourceItem item) => item is SourceItem.Found found ? $"{found.DocumentId} at {found.Path}" : $"{item.GetType().Name} at {item.Path}";
    }

    [Fact]
    public async Task Ids_are_clean_and_different_and_each_item_has_bytes()
    {
        var found = (await FindAsync()).OfType<SourceItem.Found>().ToList();

        Assert.Equal(found.Count, found.Select(item => item.DocumentId).Distinct().Count());
        foreach (var item in found)
        {
            Assert.NotEmpty(item.Path);
            Assert.True(item.DocumentId.Length > 0 && !item.DocumentId.Any(char.IsControl) && !item.DocumentId.Split('/').Contains(".."));
            Assert.InRange(item.More, 0, int.MaxValue);
            Assert.NotEqual(0, (await item.ReadAsync(ReaderLimits.Default, CancellationToken.None))!.Value.Length);
        }
    }

    [Fact]
    public async Task Bytes_beyond_the_limit_are_refused()
    {
        var item = (await FindAsync()).OfType<SourceItem.Found>().First();

        await Assert.ThrowsAsync<DocumentFormatException>(() => item.ReadAsync(new() { MaxBytes = 1 }, CancellationToken.None));
    }

    [Fact]
    public async Task A_second_sync_changes_nothing_and_deletes_nothing()
    {
        var (first, written) = (await SyncAsync(), _store.Replacements);
        var second = await SyncAsync();

        Assert.Equal((0, 0), (first.Failed.Count, second.Failed.Count));
        Assert.Equal((0, 0, first.Added, 0), (second.Added, second.Updated, second.Unchanged, second.Deleted));
        Assert.Equal(written, _store.Replacements);
    }

    [Fact]
    public async Task Cancelling_throws()
    {
        using var cancelled = new CancellationTokenSource();
        await cancelled.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () =>
        {
            await foreach (var item in Create().FindAsync(new(new(), [], _ => true), cancelled.Token))
            {
                await ((SourceItem.Found)item).ReadAsync(ReaderLimits.Default, cancelled.Token);
            }
        });
    }

    public virtual async ValueTask DisposeAsync()
    {
        await _store.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    private async Task<List<SourceItem>> FindAsync() => await Create().FindAsync(new(new(), [], _ => true)).ToListAsync();

    private Task<SyncReport> SyncAsync() => new IngestionPipeline(DocumentReaders.Default, new StructureChunker(), _store).SyncAsync(Create(), new() { DeleteMissing = true });
}
