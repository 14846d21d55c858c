using Rag.Retrieval;
using Rag.Testing;

namespace Rag.Core.Tests.Retrieval;

public sealed class HybridRetrieverTests
{
    [Fact]
    public async Task What_both_find_comes_before_what_one_finds()
    {
        var hybrid = new HybridRetriever([new ScriptedRetriever(Hit("a", 3), Hit("b", 2), Hit("c", 1)), new ScriptedRetriever(Hit("d", 0.9), Hit("b", 0.8), Hit("e", 0.1))]);

        var found = await hybrid.RetrieveAsync(new("q"), 3);

        Assert.Equal(["b#0", "a#0", "d#0"], found.Select(f => f.Chunk.Id));
    }

    [Fact]
    public async Task A_fusion_of_ones_own_decides()
    {
        var hybrid = new HybridRetriever([new ScriptedRetriever(Hit("a", 1)), new ScriptedRetriever(Hit("b", 1))], lists => RankFusion.ReciprocalRank(lists, [1, 2]));

        Assert.Equal([("b#0", 2.0 / 61), ("a#0", 1.0 / 61)], (await hybrid.RetrieveAsync(new("q"), 10)).Select(f => (f.Chunk.Id, f.Score)));
    }

    [Fact]
    public async Task More_candidates_are_fused_than_are_asked_for()
    {
        var (words, vectors) = (new Recorder(), new Recorder());
        var hybrid = new HybridRetriever([words, vectors], depth: 20);

        await hybrid.RetrieveAsync(new("q") { Tenant = "t" }, 5);
        await hybrid.RetrieveAsync(new("q") { Tenant = "t" }, 70);

        Assert.Equal([("t", 20), ("t", 70)], words.Asked);
        Assert.Equal(words.Asked, vectors.Asked);
    }

    [Fact]
    public async Task One_retriever_keeps_its_order()
    {
        ScoredChunk[] hits = [Hit("z", 3), Hit("b", 3), Hit("c", 1)];

        var found = await new HybridRetriever([new ScriptedRetriever(hits.OrderByDescending(h => h.Score).ThenBy(h => h.Chunk.Id).ToArray())]).RetrieveAsync(new("q"), 10);

        Assert.Equal(["b#0", "z#0", "c#0"], found.Select(f => f.Chunk.Id));
    }

    [Fact]
    public async Task Over_a_store_that_does_not_fuse_is_words_and_vectors_fused_adaptively()
    {
        await using var store = new InMemoryChunkStore();
        var nature = ScriptedEmbeddings.Nature;
        foreach (var (id, text) in ((string, string)[])[("a", "the cat sleeps"), ("b", "a dog and a rose"), ("c", "slate and granite"), ("d", "cat, dog and tree")])
        {
            var document = Corpus.Text(id, text);
            await store.ReplaceDocumentAsync(document, Corpus.Chunks(document, _ => nature.VectorOf(text), "nature"));
        }

        var expected = await new HybridRetriever([new DefaultRetriever(store), new VectorRetriever(store, nature)], RankFusion.Adaptive).RetrieveAsync(new("cat and rose"), 4);

        Corpus.AssertSame(expected, await HybridRetriever.Over(store, nature).RetrieveAsync(new("cat and rose"), 4));
    }

    [Fact]
    public async Task Words_and_vectors_of_a_store_come_together()
    {
        await using var store = new InMemoryChunkStore();
        foreach (var (id, text, vector) in ((string, string, float[])[])[("word", "the marmot sleeps", [0.2f, 1]), ("near", "a groundhog dozes", [1, 0]), ("both", "marmot or groundhog", [0.9f, 0.1f]), ("none", "granite", [0, 1])])
        {
            var document = Corpus.Text(id, text);
            await store.ReplaceDocumentAsync(document, Corpus.Chunks(document, _ => vector, "m"));
        }

        var hybrid = new HybridRetriever([new KeywordRetriever(store), new VectorRetriever(store, new ScriptedEmbeddings(_ => [1, 0], "m"))]);
        var found = await hybrid.RetrieveAsync(new("marmot") { Explain = true }, 3);

        Assert.Equal("both#0", found[0].Chunk.Id);
        Assert.Equal(["both#0", "near#0", "word#0"], found.Select(f => f.Chunk.Id).Order());
        Assert.All(found, f => Assert.Equal(f.Score, f.Terms.Sum(t => t.Score), 9));
    }

    [Fact]
    public async Task A_failure_and_a_cancellation_are_not_hidden()
    {
        var failing = new ScriptedRetriever { Before = _ => throw new VectorSearchException("no vectors") };
        var waiting = new ScriptedRetriever { Before = token => Task.FromCanceled(token) };

        await Assert.ThrowsAsync<VectorSearchException>(() => new HybridRetriever([new ScriptedRetriever(Hit("a", 1)), failing]).RetrieveAsync(new("q"), 5));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => new HybridRetriever([waiting]).RetrieveAsync(new("q"), 5, new(canceled: true)));
    }

    [Fact]
    public async Task Bad_arguments_are_refused()
    {
        Assert.Throws<ArgumentException>(() => new HybridRetriever([]));
        Assert.Throws<ArgumentOutOfRangeException>(() => new HybridRetriever([new ScriptedRetriever()], depth: 0));
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() => new HybridRetriever([new ScriptedRetriever()]).RetrieveAsync(new("q"), 0));
    }

    private static ScoredChunk Hit(string document, double score) => new(new($"{document}#0", document, "text", new(0, 4)), score);

    private sealed class Recorder : IRetriever
    {
        public List<(string Tenant, int Top)> Asked { get; } = [];

        public Task<IReadOnlyList<ScoredChunk>> RetrieveAsync(Query query, int top, CancellationToken cancellationToken = default)
        {
            Asked.Add((query.Tenant, top));
            return Task.FromResult<IReadOnlyList<ScoredChunk>>([]);
        }
    }
}
