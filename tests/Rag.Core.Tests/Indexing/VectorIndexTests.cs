using Rag.Indexing;

namespace Rag.Core.Tests.Indexing;

public sealed class VectorIndexTests
{
    [Fact]
    public void A_scope_is_asked_once_for_each_document()
    {
        var index = VectorIndex.Empty.Add(1, "a", [new float[] { 1, 0 }]).Add(2, "b", [new float[] { 0, 1 }, new float[] { 1, 1 }]);
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
        var index = Enumerable.Range(0, 60).Aggregate(VectorIndex.Empty, (i, key) => i.Add(key, $"d{key}", [new float[] { 1, key }]));

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
        var old = VectorIndex.Empty.Add(1, "a", [new float[] { 1, 0 }]);
        Assert.Single(old.Search(new float[] { 1, 0 }, 10, scope));

        var grown = old.Add(2, "b", [new float[] { 1, 0 }]);

        Assert.Equal([1, 2], grown.Search(new float[] { 1, 0 }, 10, scope).Select(h => h.Document));
        Assert.Equal([2], grown.Remove(1).Search(new float[] { 1, 0 }, 10, scope).Select(h => h.Document));
        Assert.Single(old.Search(new float[] { 1, 0 }, 10, scope));
        Assert.Empty(old.Remove(1).Search(new float[] { 1, 0 }, 10, scope));
    }

    [Fact]
    public void Vectors_without_direction_are_near_to_nothing()
    {
        var index = VectorIndex.Empty.Add(1, "a", [new float[] { 0, 0 }, new float[] { 3, 4 }, new float[] { float.NaN, 1 }]);

        Assert.Equal([(1, 1), (0, 0)], index.Search(new float[] { 0.6f, 0.8f }, 10).Select(h => (h.Chunk, Math.Round(h.Score, 6))));
        Assert.Empty(index.Search(new float[] { float.NaN, 1 }, 10));
    }
}
