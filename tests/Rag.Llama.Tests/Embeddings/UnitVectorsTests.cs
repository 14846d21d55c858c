using Rag.Llama.Embeddings;

namespace Rag.Llama.Tests.Embeddings;

public sealed class UnitVectorsTests
{
    [Fact]
    public void Of_divides_by_the_length() => Assert.Equal([0.6f, 0.8f], UnitVectors.Of([3, 4]));

    [Fact]
    public void Of_leaves_zeros() => Assert.Equal([0f, 0f], UnitVectors.Of([0, 0]));

    [Fact]
    public void Of_refuses_what_is_no_number() =>
        Assert.Contains("try another quantisation", Assert.Throws<LlamaException>(() => UnitVectors.Of([1, float.NaN])).Message, StringComparison.Ordinal);

    [Fact]
    public void Cut_brings_the_first_numbers_to_unit_length() =>
        Assert.Equal([0.6f, 0.8f], UnitVectors.Cut(new float[] { 3, 4, 12 }, 2).ToArray());

    [Fact]
    public void Mean_weighs_by_tokens()
    {
        var mean = UnitVectors.Mean([new float[] { 1, 0 }, new float[] { 0, 1 }], [3, 4]);

        Assert.Equal([0.6f, 0.8f], mean.ToArray());
    }
}
