using Rag.Indexing;

namespace Rag.Core.Tests.Indexing;

public sealed class VectorIndexTests
{
    [Fact]
    public void A_scope_is_asked_once_for_each_document()
    {
        var index = new VectorIndex().Add(1, "a", [new float[] { 1, 0 }]).Add(2, "b", [new float[] { 0, 1 }, new float[] { 1, 1 }]);
        var asked = new List<int>();
        var scope = new DocumentScope("even", key =>
        {
            asked.Add(key);
            return key % 2 == 0;
        });

        var first = index.Search(new float[] { 1, 0 }, 10, scope);
        var second = index.Search(new float[] { 1, 0 }, 10, scope with { Sees = _ => throw new InvalidOperationException("asked again") });

        Assert.Equal([(2, 1), (2, 0)], first.Select(h => (h.Document, h.Chunk)));
        Assert.Equal(first, second);
        Assert.Equal([1, 2], asked.Order());
    }

    [Fact]
    public void More_scopes_than_are_remembered_are_still_told_apart()
    {
        var index = Enumerable.Range(0, 60).Aggregate(new VectorIndex(), (i, key) => i.Add(key, $"d{key}", [new float[] { 1, key }]));

        for (var round = 0; round < 2; round++)
        {
            for (var key = 0; key < 60; key++)
            {
                Assert.Equal(key, Assert.Single(index.Search(new float[] { 1, 0 }, 10, new($"only {key}", k => k == key))).Document);
            }
        }
    }

    [Fact]
    public void An_index_that_grows_or_shrinks_leaves_the_old_one_and_sees_anew()
    {
        var scope = new DocumentScope("all", _ => true);
        var old = new VectorIndex().Add(1, "a", [new float[] { 1, 0 }]);
        Assert.Single(old.Search(new float[] { 1, 0 }, 10, scope));

        var grown = old.Add(2, "b", [new float[] { 1, 0 }]);

        Assert.Equal([1, 2], grown.Search(new float[] { 1, 0 }, 10, scope).Select(h => h.Document));
        Assert.Equal([2], grown.Remove(1).Search(new float[] { 1, 0 }, 10, scope).Select(h => h.Document));
        Assert.Single(old.Search(new float[] { 1, 0 }, 10, scope));
        Assert.Empty(old.Remove(1).Search(new float[] { 1, 0 }, 10, scope));
    }

    [Fact]
    public void Vectors_of_zeros_are_near_to_nothing()
    {
        var index = new VectorIndex().Add(1, "a", [new float[] { 0, 0 }, new float[] { 3, 4 }, new float[] { -3, -4 }]);

        Assert.Equal([(1, 1), (0, 0), (2, -1)], index.Search(new float[] { 0.6f, 0.8f }, 10).Select(h => (h.Chunk, Math.Round(h.Score, 6))));
        Assert.Equal([(0, 0), (1, 0), (2, 0)], index.Search(new float[] { 0, 0 }, 10).Select(h => (h.Chunk, h.Score)));
    }

    [Theory]
    [InlineData(float.NaN, "NaN")]
    [InlineData(float.PositiveInfinity, "Infinity")]
    [InlineData(float.NegativeInfinity, "-Infinity")]
    public void Numbers_that_are_not_finite_are_refused(float number, string name)
    {
        var index = new VectorIndex().Add(1, "a", [new float[] { 3, 4 }]);

        var added = Assert.Throws<ArgumentException>(() => index.Add(2, "b", [new float[] { 1, 1 }, new float[] { 1, number }]));
        var asked = Assert.Throws<ArgumentException>(() => index.Search(new float[] { number, 1 }, 10));

        Assert.StartsWith($"Number 1 of a vector of 2 is {name}; a vector can be compared only when all its numbers are finite.", added.Message, StringComparison.Ordinal);
        Assert.StartsWith($"Number 0 of a vector of 2 is {name};", asked.Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => index.Add(2, "b", [new float[] { 1 }]));
        Assert.Throws<ArgumentException>(() => index.Search(new float[] { 1 }, 10));
        Assert.Single(index.Search(new float[] { 1, 1 }, 10));
    }

    [Theory]
    [InlineData(1e-30f)]
    [InlineData(1e-42f)]
    [InlineData(1e30f)]
    [InlineData(float.MaxValue)]
    public void The_length_of_a_vector_makes_no_difference(float length)
    {
        var index = new VectorIndex().Add(1, "a", [new float[] { length, 0 }, new float[] { length, length }]);

        var hits = index.Search(new float[] { length, 0 }, 10);

        Assert.Equal([(0, 1), (1, 0.7071)], hits.Select(h => (h.Chunk, Math.Round(h.Score, 4))));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-0.5)]
    [InlineData(1.01)]
    [InlineData(double.NaN)]
    public void A_recall_that_is_no_share_is_refused(double recall)
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => new VectorIndex(recall));
    }

    [Theory]
    [InlineData(3)]
    [InlineData(70)]
    public void Search_equals_comparing_with_every_visible_vector_through_random_changes(int dimensions)
    {
        var random = new Random(dimensions);
        var index = new VectorIndex();
        Dictionary<int, float[][]> model = [];
        for (var step = 0; step < 400; step++)
        {
            if (model.Count > 0 && random.Next(3) == 0)
            {
                var key = model.Keys.ElementAt(random.Next(model.Count));
                model.Remove(key);
                index = index.Remove(key);
            }
            else
            {
                // Coarse numbers, so that many scores are equal.
                float[][] vectors = [.. Enumerable.Range(0, random.Next(1, 6)).Select(_ => Enumerable.Range(0, dimensions).Select(_ => (float)random.Next(-1, 2)).ToArray())];
                model[step] = vectors;
                index = index.Add(step, $"d{step}", [.. vectors.Select(v => (ReadOnlyMemory<float>)v)]);
            }

            float[] query = [.. Enumerable.Range(0, dimensions).Select(_ => (float)random.Next(-1, 2))];
            var scope = random.Next(2) == 0 ? null : new DocumentScope("third", key => key % 3 == 0);
            var hits = index.Search(query, 7, scope);
            var expected = model.Where(d => scope?.Sees(d.Key) != false)
                .SelectMany(d => d.Value.Select((v, chunk) => (d.Key, chunk, Score: Cosine(v, query))))
                .OrderByDescending(h => h.Score).ThenBy(h => $"d{h.Key}#{h.chunk}", StringComparer.Ordinal).Take(7).ToArray();

            Assert.Equal(model.Values.Sum(v => v.Length), index.Count);
            Assert.Equal(expected.Select(h => h.Score), hits.Select(h => h.Score), (a, b) => Math.Abs(a - b) < 1e-6);
            Assert.All(hits, h => Assert.Equal(Cosine(model[h.Document][h.Chunk], query), h.Score, 1e-6));
            Assert.Equal(hits.OrderByDescending(h => h.Score).ThenBy(h => $"d{h.Document}#{h.Chunk}", StringComparer.Ordinal), hits);
            Assert.Equal(hits.Count, hits.Distinct().Count());
        }
    }

    private static double Cosine(float[] left, float[] right)
    {
        var dot = left.Zip(right, (l, r) => (double)l * r).Sum();
        var length = Math.Sqrt(left.Sum(l => (double)l * l) * right.Sum(r => (double)r * r));
        return length == 0 ? 0 : dot / length;
    }
}
