namespace Rag.Llama.Tests.Embeddings;

public sealed class EmbeddingCacheTests
{
    [Fact]
    public void Find_gives_what_was_added_for_the_model_and_the_tokens()
    {
        var cache = new EmbeddingCache(4);
        cache.Add("a", [1, 2], new float[] { 3 });

        Assert.Equal(3, cache.Find("a", [1, 2])!.Value.Span[0]);
        Assert.Null(cache.Find("b", [1, 2]));
        Assert.Null(cache.Find("a", [1]));
        Assert.Equal((1L, 2L), (cache.Hits, cache.Misses));
    }

    [Fact]
    public void Add_gives_up_what_was_not_used_for_longest()
    {
        var cache = new EmbeddingCache(2);
        cache.Add("a", [1], new float[] { 1 });
        cache.Add("a", [2], new float[] { 2 });
        cache.Find("a", [1]);

        cache.Add("a", [3], new float[] { 3 });

        Assert.Equal(2, cache.Count);
        Assert.NotNull(cache.Find("a", [1]));
        Assert.Null(cache.Find("a", [2]));
    }

    [Fact]
    public void Add_keeps_the_first_of_equal_entries()
    {
        var cache = new EmbeddingCache(2);
        cache.Add("a", [1], new float[] { 1 });

        cache.Add("a", [1], new float[] { 2 });

        Assert.Equal((1, 1f), (cache.Count, cache.Find("a", [1])!.Value.Span[0]));
    }

    [Fact]
    public void Capacity_is_at_least_one() => Assert.Throws<ArgumentOutOfRangeException>(() => new EmbeddingCache(0));
}
