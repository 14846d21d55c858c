using Rag.Llama.Decoding;

namespace Rag.Llama.Tests.Decoding;

public sealed class ExponentialTests
{
    [Fact]
    public void Of_is_within_two_ten_millionths_of_the_true_value()
    {
        for (var x = 0f; x > -87; x -= 0.0137f)
        {
            var truth = Math.Exp(x);

            Assert.InRange(Exponential.Of(x), truth * (1 - 2e-7), truth * (1 + 2e-7));
        }
    }

    [Fact]
    public void Of_is_exact_at_its_ends()
    {
        Assert.Equal((1f, 1f, 0f, 0f), (Exponential.Of(0f), Exponential.Of(-0f), Exponential.Of(-87.5f), Exponential.Of(float.NegativeInfinity)));
    }

    [Fact]
    public void Sum_adds_the_same_bits_in_lanes_as_one_by_one()
    {
        for (var x = 0f; x > -90; x -= 0.0311f)
        {
            float[] lanes = [x, .. Enumerable.Repeat(float.NegativeInfinity, 7)];

            Assert.Equal(Exponential.Of(x), Exponential.Sum(lanes, 0));
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(8)]
    [InlineData(1_003)]
    public void LogSum_is_the_logarithm_of_the_sum(int size)
    {
        var logits = RandomLogits.Bell(new Random(size), size, 5);

        Assert.Equal(Math.Log(logits.Sum(l => Math.Exp(l))), Exponential.LogSum(logits, logits.Max()), 1e-6);
    }
}
