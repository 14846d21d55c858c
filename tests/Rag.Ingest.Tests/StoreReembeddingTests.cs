using Rag.Enrichment;
using Rag.Ingest.Chunking;
using Rag.Ingest.Reading;
using Rag.Testing;

namespace Rag.Ingest.Tests;

/// <summary>Re-embedding a store that files were synced into. What stores keep of it is in <see cref="ReembeddingContract"/>.</summary>
public sealed class StoreReembeddingTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly InMemoryChunkStore _store = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_sync_with_the_new_model_finds_everything_unchanged_and_one_with_the_old_model_nothing()
    {
        _folder.Write("a.md", "# One\n\nFirst words.");
        _folder.Write("b.md", "# Two\n\nOther words.");
        await Pipeline(Model("old", 2)).SyncAsync([_folder.Path]);
        var (store, generator) = (_store, Model("new", 3));

        // <reembed>
        var embedded = await new StoreReembedding(store, generator).RunAsync();
        // </reembed>

        var vectors = _store.Chunks();
        Assert.Equal(vectors.Count, embedded);

        Assert.Equal(2, (await Pipeline(Model("new", 3)).SyncAsync([_folder.Path])).Unchanged);
        Assert.Equal(vectors, _store.Chunks());
        await Assert.ThrowsAsync<Storage.StoreException>(() => Pipeline(Model("old", 2)).SyncAsync([_folder.Path]));
        Assert.Equal(2, (await Pipeline(null).SyncAsync([_folder.Path])).Updated);
        Assert.All(_store.Chunks(), c => Assert.True(c.Vector.IsEmpty));
    }

    [Fact]
    public async Task The_same_is_embedded_as_when_files_are_synced_context_first_and_at_unit_length()
    {
        _folder.Write("a.md", "# One\n\nFirst words.\n\n## Deeper\n\nOther words.");
        IngestionPipeline Enriching(ScriptedEmbeddings model) => new(DocumentReaders.Default, new StructureChunker(), _store, model, new ContextEnricher(new ScriptedChatClient("About files.")));
        var (synced, again) = (Model("same", 2), Model("other", 2));
        await Enriching(synced).SyncAsync([_folder.Path]);
        var before = _store.Chunks();

        await new StoreReembedding(_store, again).RunAsync();

        Assert.Equal(synced.Texts, again.Texts.Skip(1)); // after the one that tells the length
        Assert.Equal(before.Select(c => c.Vector.ToArray()), _store.Chunks().Select(c => c.Vector.ToArray()));
    }

    private static ScriptedEmbeddings Model(string name, int dimensions) => new(text => [.. Enumerable.Repeat((float)text.Length, dimensions)], name);

    private IngestionPipeline Pipeline(ScriptedEmbeddings? model) => new(DocumentReaders.Default, new StructureChunker(), _store, model);
}
