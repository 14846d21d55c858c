using System.Numerics.Tensors;
using Rag.Indexing.Vectors;

namespace Rag.Core.Tests.Indexing.Vectors;

public sealed class Int8CodeTests
{
    [Fact]
    public void Dot_is_the_sum_of_products_at_any_length_on_any_machine()
    {
        var random = new Random(5);
        for (var length = 0; length < 200; length++)
        {
            var extreme = length % 3 == 0;
            sbyte[] left = [.. Enumerable.Range(0, length).Select(_ => extreme ? (sbyte)-127 : (sbyte)random.Next(-127, 128))];
            sbyte[] right = [.. Enumerable.Range(0, length).Select(_ => extreme ? (sbyte)127 : (sbyte)random.Next(-127, 128))];
            short[] query = [.. Enumerable.Range(0, length).Select(_ => extreme ? short.MaxValue : (short)random.Next(-32767, 32768))];
            var expected = left.Zip(right, (l, r) => l * r).Sum();
            var ofQuery = query.Zip(right, (q, r) => q * r).Sum();

            Assert.Equal(expected, Int8Code.Dot(left, right));
            Assert.Equal(expected, Int8Code.DotOnAnyMachine(left, right));
            Assert.Equal(ofQuery, Int8Code.Dot(query, right));
            Assert.Equal(ofQuery, Int8Code.DotOnAnyMachine(query, right));
        }
    }

    [Theory]
    [InlineData(2)]
    [InlineData(33)]
    [InlineData(384)]
    [InlineData(4096)]
    public void The_true_similarity_lies_within_the_bound(int dimensions)
    {
        var random = new Random(dimensions);
        var code = new sbyte[dimensions];
        var widest = 0.0;
        for (var round = 0; round < 300; round++)
        {
            // Even vectors, and such with a few large numbers beside tiny ones, which a code of one scale serves worst.
            var (vector, query) = (Unit(random, dimensions, round % 3), Unit(random, dimensions, round % 2));
            var coded = new CodedQuery(query);
            var (scale, error) = Int8Code.Encode(vector, code);

            var off = Math.Abs(coded.Approximate(code, scale) - TensorPrimitives.Dot<float>(vector, query));

            Assert.True(off <= coded.Bound(error), $"round {round}: off by {off}, bound {coded.Bound(error)}");
            widest = Math.Max(widest, coded.Bound(error));
        }

        Assert.InRange(widest, 0, 0.2); // a bound that lets everything pass would be of no use
    }

    [Fact]
    public void Zeros_have_a_code_of_zeros()
    {
        var code = new sbyte[] { 1, 2 };

        Assert.Equal(0, Int8Code.Encode([0, 0], code).Error);
        Assert.Equal([0, 0], code);
        Assert.True(new CodedQuery([0, 0]).IsZero);
        Assert.False(new CodedQuery([0, -1]).IsZero);
    }

    private static float[] Unit(Random random, int dimensions, int power)
    {
        float[] vector = [.. Enumerable.Range(0, dimensions).Select(_ => (float)Math.Pow((random.NextDouble() * 2) - 1, (2 * power) + 1))];
        TensorPrimitives.Divide(vector, TensorPrimitives.Norm<float>(vector), vector);
        return vector;
    }
}
