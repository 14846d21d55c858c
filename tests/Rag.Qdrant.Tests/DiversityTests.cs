using System.Numerics.Tensors;
using Rag.Testing;
using Rag.Testing.Qdrant;

namespace Rag.Qdrant.Tests;

public sealed class DiversityTests : IDisposable
{
    private const int Chunks = 60;

    private readonly QdrantDouble _server = new();

    public void Dispose() => _server.Dispose();

    private async Task<(QdrantChunkStore Store, Dictionary<string, float[]> Vectors)> FilledAsync(int seed)
    {
        var random = new Random(seed);
        var vectors = Enumerable.Range(0, Chunks).ToDictionary(i => $"a#{i}", _ => Unit(random), StringComparer.Ordinal);
        var store = await QdrantChunkStore.OpenAsync(new("http://double:6333/docs"), transport: _server);
        var document = Corpus.Text("a", [.. Enumerable.Range(0, Chunks).Select(i => $"chunk {i}")]);
        await store.ReplaceDocumentAsync(document, Corpus.Chunks(document, i => vectors[$"a#{i}"]));
        var hidden = Corpus.Text("hidden", "chunk") with { Groups = ["staff"] };
        await store.ReplaceDocumentAsync(hidden, Corpus.Chunks(hidden, _ => vectors["a#0"]));
        _server.Exchanges.Clear();
        return (store, vectors);
    }

    private static float[] Unit(Random random)
    {
        float[] vector = [.. Enumerable.Range(0, 4).Select(_ => (float)(random.NextDouble() - 0.5))];
        var length = TensorPrimitives.Norm(vector);
        return [.. vector.Select(v => v / length)];
    }

    [Theory]
    [InlineData(1, 0.7, 20, 8)]
    [InlineData(2, 0.3, 40, 12)]
    [InlineData(3, 0, 30, 6)]
    [InlineData(4, 1, 30, 9)]
    [InlineData(5, 0.5, 3, 10)]
    public async Task SearchDiverse_chooses_as_the_formula_says(int seed, double lambda, int depth, int top)
    {
        var (store, vectors) = await FilledAsync(seed);
        await using var _ = store;
        var query = Unit(new Random(seed + 100));

        var found = await store.SearchDiverseAsync(query, new(""), top, lambda, depth);

        double Cosine(float[] a, float[] b) => TensorPrimitives.Dot(a, b);
        var left = vectors.OrderByDescending(v => Cosine(v.Value, query)).Take(Math.Max(depth, top)).ToList();
        var chosen = new List<KeyValuePair<string, float[]>>();
        while (chosen.Count < top)
        {
            var next = left.MaxBy(c => (lambda * Cosine(c.Value, query)) - (chosen.Count == 0 ? 0 : (1 - lambda) * chosen.Max(s => Cosine(s.Value, c.Value))));
            if (chosen.Count == 0)
            {
                next = left[0]; // where relevance has no weight, all would be equal
            }

            left.Remove(next);
            chosen.Add(next);
        }

        Assert.Equal(chosen.Select(c => c.Key), found.Select(f => f.Chunk.Id));
        Assert.All(found, f => Assert.Equal(Cosine(vectors[f.Chunk.Id], query), f.Score, 1e-5));
        Assert.Equal("/collections/docs/points/query", Assert.Single(_server.Exchanges).Path);
    }

    [Theory]
    [InlineData(-0.1, 10)]
    [InlineData(1.1, 10)]
    [InlineData(double.NaN, 10)]
    [InlineData(0.5, 0)]
    [InlineData(0.5, 16_385)]
    public async Task SearchDiverse_refuses_what_is_out_of_range(double lambda, int depth)
    {
        var (store, _) = await FilledAsync(1);
        await using var __ = store;

        await Assert.ThrowsAnyAsync<ArgumentOutOfRangeException>(() => store.SearchDiverseAsync(new float[] { 1, 0, 0, 0 }, new(""), 5, lambda, depth));
        Assert.Empty(_server.Exchanges);
    }

    [Fact]
    public async Task SearchDiverse_refuses_a_vector_of_another_length()
    {
        var (store, _) = await FilledAsync(1);
        await using var __ = store;

        await Assert.ThrowsAsync<ArgumentException>(() => store.SearchDiverseAsync(new float[] { 1, 0 }, new(""), 5));
    }
}
