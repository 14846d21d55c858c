using Rag.Retrieval;
using Rag.Testing;

namespace Rag.Core.Tests.Retrieval;

public sealed class VectorRetrieverTests
{
    private static readonly ScriptedEmbeddings Nature = ScriptedEmbeddings.Nature;

    [Fact]
    public async Task The_nearest_passages_come_first_whatever_their_words()
    {
        await using var store = await StoreAsync();

        var found = await new VectorRetriever(store, Nature).RetrieveAsync(new("a rose"), 2);

        Assert.Equal([("plants#0", 1), ("mixed#0", Math.Round(1 / Math.Sqrt(2), 5))], found.Select(f => (f.Chunk.Id, Math.Round(f.Score, 5))));
        Assert.All(found, f => Assert.Empty(f.Terms));
    }

    [Fact]
    public async Task An_explained_score_is_the_sum_of_its_terms()
    {
        await using var store = await StoreAsync();

        var found = await new VectorRetriever(store, Nature).RetrieveAsync(new("a rose") { Explain = true }, 10);

        Assert.All(found, f => Assert.Equal(f.Score, f.Terms.Sum(t => t.Score)));
    }

    [Fact]
    public async Task Filter_groups_and_tenant_decide_what_may_be_found()
    {
        await using var store = await StoreAsync();
        var retriever = new VectorRetriever(store, Nature);
        var secret = Corpus.Text("secret", "tree tree") with { Groups = ["staff"] };
        await store.ReplaceDocumentAsync(secret, Embedded(secret));
        var theirs = Corpus.Text("theirs", "a tree") with { Tenant = "t" };
        await store.ReplaceDocumentAsync(theirs, Embedded(theirs));

        Assert.Equal(["mixed#0"], await IdsAsync(new Query("tree") { Filter = FilterParser.Parse("document = mixed") }));
        Assert.DoesNotContain("secret#0", await IdsAsync(new("tree")));
        Assert.Contains("secret#0", await IdsAsync(new Query("tree") { Groups = ["staff"] }));
        Assert.Equal(["theirs#0"], await IdsAsync(new Query("tree") { Tenant = "t" }));

        async Task<IEnumerable<string>> IdsAsync(Query query) => (await retriever.RetrieveAsync(query, 10)).Select(f => f.Chunk.Id);
    }

    [Fact]
    public async Task Another_tenant_changes_no_score()
    {
        await using var store = await StoreAsync();
        var retriever = new VectorRetriever(store, Nature);
        var before = await retriever.RetrieveAsync(new("cat on a tree"), 10);
        var theirs = Corpus.Text("theirs", "cat tree") with { Tenant = "t" };
        await store.ReplaceDocumentAsync(theirs, Embedded(theirs));

        Corpus.AssertSame(before, await retriever.RetrieveAsync(new("cat on a tree"), 10));
    }

    [Theory]
    [InlineData("")]
    [InlineData(" \t\n")]
    public async Task A_question_without_text_finds_nothing_and_asks_no_model(string text)
    {
        await using var store = await StoreAsync();
        var model = new ScriptedEmbeddings(_ => [1, 0, 0]);

        Assert.Empty(await new VectorRetriever(store, model).RetrieveAsync(new(text), 10));
        Assert.Empty(model.Texts);
    }

    [Fact]
    public async Task A_tenant_without_documents_has_nothing_to_find()
    {
        await using var store = await StoreAsync();

        Assert.Empty(await new VectorRetriever(store, Nature).RetrieveAsync(new Query("cat") { Tenant = "nobody" }, 10));
    }

    [Fact]
    public async Task A_store_without_vectors_says_how_to_get_them()
    {
        await using var store = new InMemoryChunkStore();
        var document = Corpus.Text("a", "a cat");
        await store.ReplaceDocumentAsync(document, Corpus.Chunks(document));

        await AssertRefusesAsync(store, Nature, "has no vectors to search");
    }

    [Fact]
    public async Task A_question_embedded_by_another_model_is_refused_though_equally_long()
    {
        await using var store = await StoreAsync();

        await AssertRefusesAsync(store, new(_ => [1, 0, 0], "other"), "The store's vectors are 3 numbers by 'nature', the question's is 3 numbers by 'other': they cannot be compared.");
    }

    [Fact]
    public async Task A_question_of_another_length_is_refused()
    {
        await using var store = await StoreAsync();

        await AssertRefusesAsync(store, new(_ => [1, 0], "nature"), "the question's is 2 numbers by 'nature'");
        await AssertRefusesAsync(store, new(_ => [1, 0]), "the question's is 2 numbers:");
    }

    [Theory]
    [InlineData(float.NaN, "NaN")]
    [InlineData(float.PositiveInfinity, "no number to compare")]
    [InlineData(0, "vector of zeros")]
    public async Task A_vector_that_points_nowhere_is_refused(float number, string sentence)
    {
        await using var store = await StoreAsync();

        await AssertRefusesAsync(store, new(_ => [0, number, 0], "nature"), sentence);
    }

    [Fact]
    public async Task A_model_without_a_name_is_taken_at_its_word()
    {
        await using var store = await StoreAsync();

        Assert.NotEmpty(await new VectorRetriever(store, new ScriptedEmbeddings(_ => [1, 0, 0])).RetrieveAsync(new("cat"), 10));
    }

    [Fact]
    public async Task Cancellation_throws_and_a_top_below_one_is_refused()
    {
        await using var store = await StoreAsync();
        var retriever = new VectorRetriever(store, Nature);

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => retriever.RetrieveAsync(new("cat"), 10, new(canceled: true)));
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() => retriever.RetrieveAsync(new("cat"), 0));
    }

    private static async Task AssertRefusesAsync(InMemoryChunkStore store, ScriptedEmbeddings model, string sentence) =>
        Assert.Contains(sentence, (await Assert.ThrowsAsync<VectorSearchException>(() => new VectorRetriever(store, model).RetrieveAsync(new("cat"), 10))).Message, StringComparison.Ordinal);

    private static async Task<InMemoryChunkStore> StoreAsync()
    {
        var store = new InMemoryChunkStore();
        foreach (var document in (Document[])[Corpus.Text("animals", "a cat and a dog", "the dog"), Corpus.Text("plants", "a tree"), Corpus.Text("mixed", "a cat on a tree"), Corpus.Text("stones", "granite")])
        {
            await store.ReplaceDocumentAsync(document, Embedded(document));
        }

        return store;
    }

    private static IReadOnlyList<EmbeddedChunk> Embedded(Document document)
    {
        var lines = document.Text.Split('\n');
        return Corpus.Chunks(document, i => Nature.VectorOf(lines[i]), "nature");
    }
}
