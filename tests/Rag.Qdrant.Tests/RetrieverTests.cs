using Rag.Indexing.Feedback;
using Rag.Retrieval;
using Rag.Storage;
using Rag.Testing;
using Rag.Testing.Qdrant;

namespace Rag.Qdrant.Tests;

/// <summary>Retrievers over a Qdrant store: one request for a search, and the same refusals as over any store.</summary>
public sealed class RetrieverTests : IDisposable
{
    private const string Query = "/collections/docs/points/query";

    private readonly QdrantDouble _server = new();

    public void Dispose() => _server.Dispose();

    private async Task<QdrantChunkStore> FilledAsync(QdrantFusion? fusion = null, string? model = "m")
    {
        var store = await OpenAsync(fusion);
        var document = Corpus.Text("a", "fish fish", "red fish", "blue bird", "green frog") with { Title = "" };
        await store.ReplaceDocumentAsync(document, Corpus.Chunks(document, i => ((float[][])[[0, 1], [1, 0], [0.8f, 0.6f], [-1, 0]])[i], model));
        _server.Exchanges.Clear();
        return store;
    }

    private Task<QdrantChunkStore> OpenAsync(QdrantFusion? fusion = null) =>
        QdrantChunkStore.OpenAsync(new("http://double:6333/docs"), fusion is null ? null : new() { Fusion = fusion }, transport: _server);

    private static IRetriever Hybrid(QdrantChunkStore store, string? model = "m", params float[] vector) => HybridRetriever.Over(store, new ScriptedEmbeddings(_ => vector is [] ? [1, 0] : vector, model));

    public static TheoryData<QdrantFusion> Fusions => [new QdrantFusion.ReciprocalRank(), new QdrantFusion.ReciprocalRank(10, 3, 1), new QdrantFusion.ScoreDistribution()];

    [Theory]
    [MemberData(nameof(Fusions))]
    public async Task Hybrid_is_one_request_and_fuses_as_the_store_was_told(QdrantFusion fusion)
    {
        await using var store = await FilledAsync(fusion);

        var found = await Hybrid(store).RetrieveAsync(new("fish"), 3);

        Assert.Equal(Query, Assert.Single(_server.Exchanges).Path);
        Corpus.AssertSame(await store.SearchHybridAsync(new float[] { 1, 0 }, new("fish"), 3, fusion), found);
    }

    [Fact]
    public async Task Hybrid_says_where_its_scores_come_from_when_asked()
    {
        await using var store = await FilledAsync();

        var found = await Hybrid(store).RetrieveAsync(new("fish") { Explain = true }, 3);

        Assert.All(found, f => Assert.Equal(f.Score, Assert.Single(f.Terms).Score));
        Assert.Single(_server.Exchanges);
    }

    [Fact]
    public async Task Hybrid_refuses_a_model_that_is_not_the_stores_even_where_another_process_changed_it_meanwhile()
    {
        await using var store = await FilledAsync(model: "m");
        var retriever = Hybrid(store, "m");
        Assert.NotEmpty(await retriever.RetrieveAsync(new("fish"), 3));
        await store.DeleteDocumentAsync("a");
        await using var other = await FilledAsync(model: "n");

        var error = await Assert.ThrowsAsync<VectorSearchException>(() => retriever.RetrieveAsync(new("fish"), 3));

        Assert.Contains("'n'", error.Message, StringComparison.Ordinal);
        Assert.Contains("'m'", error.Message, StringComparison.Ordinal);
        Assert.NotEmpty(await Hybrid(store, null).RetrieveAsync(new("fish"), 3)); // a model without a name is taken at its word
    }

    [Fact]
    public async Task Hybrid_refuses_vectors_of_another_length_also_where_another_tenant_has_such()
    {
        await using var store = await FilledAsync();
        var others = Corpus.Text("b", "fish") with { Tenant = "other" };
        await store.ReplaceDocumentAsync(others, Corpus.Chunks(others, _ => [1, 0, 0], "m"));

        Assert.Contains("2 numbers", (await Assert.ThrowsAsync<VectorSearchException>(() => Hybrid(store, "m", 1, 0, 0).RetrieveAsync(new("fish"), 3))).Message, StringComparison.Ordinal);
        Assert.Contains("2 numbers", (await Assert.ThrowsAsync<VectorSearchException>(() => Hybrid(store, "m", 1, 0, 0, 0).RetrieveAsync(new("fish"), 3))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Hybrid_finds_nothing_in_an_empty_store_and_refuses_one_without_vectors()
    {
        await using var store = await OpenAsync();
        Assert.Empty(await Hybrid(store).RetrieveAsync(new("fish"), 3));

        var document = Corpus.Text("a", "fish");
        await store.ReplaceDocumentAsync(document, Corpus.Chunks(document));

        Assert.Contains("no vectors", (await Assert.ThrowsAsync<VectorSearchException>(() => Hybrid(store).RetrieveAsync(new("fish"), 3))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Hybrid_refuses_a_question_whose_vector_means_nothing_before_it_asks()
    {
        await using var store = await FilledAsync();

        await Assert.ThrowsAsync<VectorSearchException>(() => Hybrid(store, "m", 0, 0).RetrieveAsync(new("fish"), 3));
        await Assert.ThrowsAsync<VectorSearchException>(() => Hybrid(store, "m", float.NaN, 0).RetrieveAsync(new("fish"), 3));
        Assert.Empty(await Hybrid(store).RetrieveAsync(new(" "), 3));
        Assert.Empty(_server.Exchanges);
    }

    [Fact]
    public async Task Hybrid_takes_the_vectors_that_a_query_may_see()
    {
        await using var store = await FilledAsync();
        var hidden = Corpus.Text("h", "fish fish fish") with { Title = "", Groups = ["staff"] };
        var before = await Hybrid(store).RetrieveAsync(new("fish"), 10);
        await store.ReplaceDocumentAsync(hidden, Corpus.Chunks(hidden, _ => [1, 0], "m"));

        Corpus.AssertSame(before, await Hybrid(store).RetrieveAsync(new("fish"), 10));
        Assert.Contains(await Hybrid(store).RetrieveAsync(new("fish") { Groups = ["staff"] }, 10), f => f.Chunk.DocumentId == "h");
    }

    [Fact]
    public async Task Default_is_one_request_and_leaves_out_learning_which_the_store_refuses()
    {
        await using var store = await FilledAsync();

        var found = await new DefaultRetriever(store).RetrieveAsync(new("fish"), 3);
        Assert.Equal(Query, Assert.Single(_server.Exchanges).Path);

        Assert.Equal(["a#0", "a#1"], found.Select(f => f.Chunk.Id));
        var learning = new Query("fish") { Feedback = new Rm3Feedback() };
        foreach (var search in (Func<Task>[])
        [
            () => store.SearchKeywordsAsync(learning, 3),
            () => store.SearchDocumentsAsync(learning, 3, 1),
            () => store.SearchHybridAsync(new float[] { 1, 0 }, learning, 3, new QdrantFusion.ReciprocalRank()),
        ])
        {
            Assert.Contains("cannot learn", (await Assert.ThrowsAsync<StoreException>(search)).Message, StringComparison.Ordinal);
        }

        Assert.Equal(3, (await store.SearchVectorsAsync(new float[] { 1, 0 }, learning, 3)).Count);
    }
}
