using Microsoft.Extensions.AI;
using Rag.Evaluation.Collections;
using Rag.Indexing;
using Rag.Ingest.Chunking;
using Rag.Retrieval;
using Rag.Storage;
using Rag.Testing;

namespace Rag.Evaluation.Tests.Collections;

public sealed class CollectionLoaderTests
{
    private static readonly CollectionDocument[] Nature =
    [
        new("pets", "", "a cat and a dog and a cat"),
        new("wood", "", "a tree, a tree, a rose"),
        new("roof", "", "slate upon granite"),
        new("den", "a cat", "in a tree"),
    ];

    [Fact]
    public async Task Vectors_are_searched_by_cosine_and_hybrid_finds_by_both()
    {
        await using var store = new CollectionStore(KeywordModel.Bm25);
        await LoadAsync(store, Nature, ScriptedEmbeddings.Nature);
        var dense = new VectorRetriever(store, ScriptedEmbeddings.Nature);

        var found = await dense.RetrieveAsync(new("cat"), 10);

        Assert.Equal(["pets", "den", "roof", "wood"], found.Select(f => f.Chunk.DocumentId));
        Assert.Equal([1, 0.707107, 0, 0], found.Select(f => Math.Round(f.Score, 6)));
        Assert.Equal(new VectorSpace("nature", 3), await store.GetVectorSpaceAsync());
        Assert.Contains("roof", (await new HybridRetriever([new KeywordRetriever(store), dense]).RetrieveAsync(new("granite"), 1)).Select(f => f.Chunk.DocumentId));
    }

    [Fact]
    public async Task Every_passage_is_embedded_once_in_order_whatever_the_batches()
    {
        var (store, embeddings) = (new CollectionStore(KeywordModel.Bm25), new ScriptedEmbeddings(text => [(float)Math.Cos(text.Length / 100.0), (float)Math.Sin(text.Length / 100.0)]));
        CollectionDocument[] documents = [.. Enumerable.Range(0, 150).Select(i => new CollectionDocument($"{i}", i % 2 == 0 ? "" : $"title {i}", new string('x', i)))];

        var loaded = await LoadAsync(store, documents, embeddings);

        Assert.Equal((150, 150), (loaded.Documents, loaded.Chunks));
        Assert.Equal(documents.Select(d => $"{d.Title} {d.Text}".Trim()), embeddings.Texts);
        foreach (var document in documents)
        {
            var found = await store.SearchVectorsAsync(embeddings.VectorOf($"{document.Title} {document.Text}".Trim()), new(""), 1);
            Assert.Equal(1, found[0].Score, 6);
            Assert.Equal($"{document.Title} {document.Text}".Trim().Length, $"{found[0].Chunk.Title} {found[0].Chunk.Text}".Trim().Length);
        }
    }

    [Fact]
    public async Task Chunks_are_those_of_the_chunker_and_a_title_alone_is_still_found()
    {
        await using var store = new CollectionStore(KeywordModel.Bm25);
        CollectionDocument[] documents = [new("long", "", string.Join(" ", Enumerable.Range(0, 40).Select(i => $"Sentence {i} is here."))), new("bare", "Only a title", "")];

        var loaded = await new CollectionLoader(store, TimeProvider.System) { Split = new FixedSizeChunker(20).Split }.LoadAsync(documents.ToAsyncEnumerable().Select(d => d.ToDocument()));

        Assert.Equal(2, loaded.Documents);
        Assert.Equal(new FixedSizeChunker(20).Split(documents[0].ToDocument()).Count + 1, loaded.Chunks);
        Assert.Equal("long", (await store.SearchKeywordsAsync(new("39"), 1))[0].Chunk.DocumentId);
        Assert.Equal("bare", (await store.SearchKeywordsAsync(new("title"), 1))[0].Chunk.DocumentId);
    }

    [Fact]
    public async Task Vectors_of_another_model_or_length_are_refused_and_replacing_the_last_document_clears_the_way()
    {
        await using var store = new CollectionStore(KeywordModel.Bm25);
        await LoadAsync(store, Nature[..1], ScriptedEmbeddings.Nature);

        var model = await Assert.ThrowsAsync<StoreException>(() => LoadAsync(store, Nature[1..], new ScriptedEmbeddings(_ => [1, 0, 0], "other")));
        var length = await Assert.ThrowsAsync<StoreException>(() => LoadAsync(store, Nature[1..], new ScriptedEmbeddings(_ => [1, 0])));
        await LoadAsync(store, Nature[..1], new ScriptedEmbeddings(_ => [1, 0], "other"));

        Assert.Contains("'nature', those of document 'wood' are 3 numbers by 'other'", model.Message, StringComparison.Ordinal);
        Assert.Contains("2 numbers", length.Message, StringComparison.Ordinal);
        Assert.Equal(new VectorSpace("other", 2), await store.GetVectorSpaceAsync());
        Assert.True(await store.DeleteDocumentAsync("pets"));
        Assert.Null(await store.GetVectorSpaceAsync());
    }

    [Fact]
    public async Task Time_of_embedding_is_apart_from_that_of_indexing()
    {
        var clock = new ManualTime();
        var embeddings = new ScriptedEmbeddings(_ =>
        {
            clock.Advance(TimeSpan.FromSeconds(1));
            return [1, 0];
        });
        await using var store = new CollectionStore(KeywordModel.Bm25);

        var loaded = await new CollectionLoader(store, clock) { Embedder = embeddings }.LoadAsync(Nature.ToAsyncEnumerable().Select(d => d.ToDocument()));

        Assert.Equal((TimeSpan.Zero, TimeSpan.FromSeconds(4)), (loaded.IndexTime, loaded.EmbedTime));
    }

    [Fact]
    public async Task Cancelling_stops()
    {
        await using var store = new CollectionStore(KeywordModel.Bm25);
        using var cancelled = new CancellationTokenSource();
        await cancelled.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => new CollectionLoader(store, TimeProvider.System).LoadAsync(Nature.ToAsyncEnumerable().Select(d => d.ToDocument()), cancelled.Token));
    }

    private static Task<LoadReport> LoadAsync(CollectionStore store, IEnumerable<CollectionDocument> documents, IEmbeddingGenerator<string, Embedding<float>> embedder) =>
        new CollectionLoader(store, TimeProvider.System) { Embedder = embedder }.LoadAsync(documents.ToAsyncEnumerable().Select(d => d.ToDocument()));
}
