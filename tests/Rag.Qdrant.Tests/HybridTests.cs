using Rag.Storage;
using Rag.Testing;
using Rag.Testing.Qdrant;

namespace Rag.Qdrant.Tests;

public sealed class HybridTests : IDisposable
{
    private readonly QdrantDouble _server = new();

    public void Dispose() => _server.Dispose();

    private async Task<QdrantChunkStore> FilledAsync()
    {
        var store = await QdrantChunkStore.OpenAsync(new("http://double:6333/docs"), transport: _server);
        var a = Corpus.Text("a", "fish fish", "red fish", "blue bird", "green frog") with { Title = "" };
        await store.ReplaceDocumentAsync(a, Corpus.Chunks(a, i => ((float[][])[[0, 1], [1, 0], [0.8f, 0.6f], [-1, 0]])[i]));
        return store;
    }

    [Fact]
    public async Task SearchHybrid_is_one_request()
    {
        await using var store = await FilledAsync();
        _server.Exchanges.Clear();

        await store.SearchHybridAsync(new float[] { 1, 0 }, new("fish") { Groups = ["staff"], Filter = Filter.Equal("document", "a") }, 3, new QdrantFusion.ReciprocalRank());

        Assert.Equal("/collections/docs/points/query", Assert.Single(_server.Exchanges).Path);
    }

    [Fact]
    public async Task ReciprocalRank_adds_what_ranks_are_worth()
    {
        await using var store = await FilledAsync();

        var found = await store.SearchHybridAsync(new float[] { 1, 0 }, new("fish"), 10, new QdrantFusion.ReciprocalRank(60, 2, 1));

        // By words a#0, a#1; by vector a#1, a#2, a#0, a#3. A rank counts 1 / (rank / weight + 59).
        Assert.Equal(["a#1", "a#0", "a#2", "a#3"], found.Select(c => c.Chunk.Id));
        Assert.Equal([(1 / 60.0) + (1 / 60.0), (1 / 59.5) + (1 / 62.0), 1 / 61.0, 1 / 63.0], found.Select(c => c.Score), (e, a) => Math.Abs(e - a) < 1e-6);
    }

    [Fact]
    public async Task ScoreDistribution_adds_scaled_scores()
    {
        await using var store = await FilledAsync();

        var found = await store.SearchHybridAsync(new float[] { 1, 0 }, new("frog"), 10, new QdrantFusion.ScoreDistribution());

        // Vectors 1, 0.8, 0, -1: mean 0.2, sample deviation 0.909212; by words a#3 alone, which counts a half.
        var scaled = new[] { 1, 0.8, 0, -1 }.Select(s => (s - 0.2 + (3 * 0.9092121)) / (6 * 0.9092121)).ToArray();
        Assert.Equal(["a#3", "a#1", "a#2", "a#0"], found.Select(c => c.Chunk.Id));
        Assert.Equal([scaled[3] + 0.5, scaled[0], scaled[1], scaled[2]], found.Select(c => c.Score), (e, a) => Math.Abs(e - a) < 1e-5);
    }

    [Fact]
    public async Task SearchHybrid_is_one_request_where_two_tie_at_the_end()
    {
        await using var store = await FilledAsync();
        _server.Exchanges.Clear();

        // By words a#3 alone; by vector a#1, a#2: a#3 and a#1 tie.
        var found = await store.SearchHybridAsync(new float[] { 1, 0 }, new("frog"), 1, new QdrantFusion.ReciprocalRank { Depth = 2 });

        Assert.Equal("a#1", Assert.Single(found).Chunk.Id);
        Assert.Single(_server.Exchanges);
    }

    [Fact]
    public async Task SearchHybrid_finds_vectors_that_another_process_brought_after_the_opening()
    {
        await using var early = await QdrantChunkStore.OpenAsync(new("http://double:6333/docs"), transport: _server);
        await using var writer = await FilledAsync();

        Assert.Equal(4, (await early.SearchHybridAsync(new float[] { 1, 0 }, new("fish"), 10, new QdrantFusion.ReciprocalRank())).Count);
    }

    [Fact]
    public async Task SearchHybrid_refuses_weights_that_an_older_server_would_ignore()
    {
        using var older = new QdrantDouble { Version = new(1, 16, 3) };
        await using var store = await QdrantChunkStore.OpenAsync(new("http://double:6333/docs"), new() { Collection = new() { VectorSizes = [2] } }, transport: older);

        var error = await Assert.ThrowsAsync<StoreException>(() => store.SearchHybridAsync(new float[] { 1, 0 }, new("fish"), 3, new QdrantFusion.ReciprocalRank(60, 2, 1)));

        Assert.Contains("1.16.3", error.Message, StringComparison.Ordinal);
        Assert.Empty(await store.SearchHybridAsync(new float[] { 1, 0 }, new("fish"), 3, new QdrantFusion.ReciprocalRank()));
    }

    [Fact]
    public async Task SearchHybrid_refuses_a_vector_with_a_number_that_is_not_finite()
    {
        await using var store = await FilledAsync();

        var error = await Assert.ThrowsAsync<ArgumentException>(() => store.SearchHybridAsync(new float[] { 1, float.NaN }, new("fish"), 3, new QdrantFusion.ReciprocalRank()));

        Assert.Contains("Number 1", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task SearchHybrid_refuses_a_vector_of_a_length_that_is_not_stored()
    {
        await using var store = await FilledAsync();

        await Assert.ThrowsAsync<ArgumentException>(() => store.SearchHybridAsync(new float[] { 1, 0, 0 }, new("fish"), 3, new QdrantFusion.ReciprocalRank()));
    }
}
