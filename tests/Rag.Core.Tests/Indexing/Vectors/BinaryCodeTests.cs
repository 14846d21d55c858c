using Rag.Indexing.Vectors;

namespace Rag.Core.Tests.Indexing.Vectors;

public sealed class BinaryCodeTests
{
    [Fact]
    public void Distance_is_how_many_signs_differ_at_any_length()
    {
        var random = new Random(2);
        for (var length = 0; length < 200; length++)
        {
            var (left, right) = (Vector(random, length), Vector(random, length));
            var codes = (Left: new ulong[BinaryCode.Length(length)], Right: Enumerable.Repeat(ulong.MaxValue, BinaryCode.Length(length)).ToArray());
            BinaryCode.Encode(left, codes.Left);
            BinaryCode.Encode(right, codes.Right);

            Assert.Equal(Differ(left, right), BinaryCode.Distance(codes.Left, codes.Right));
        }
    }

    [Theory]
    [InlineData(3)]
    [InlineData(64)]
    [InlineData(100)]
    public void NearestBySigns_finds_those_that_differ_least_and_of_equals_the_first(int dimensions)
    {
        var random = new Random(dimensions);
        var table = new VectorTable(dimensions);
        float[][] vectors = [.. Enumerable.Range(0, 2500).Select(_ => Vector(random, dimensions))];
        for (var i = 0; i < vectors.Length; i++)
        {
            table.Append(vectors[i], i);
        }

        foreach (var (from, end, count, part) in new[] { (0, 2500, 10, 1), (1030, 2100, 200, 1), (7, 2048, 33, 3), (2490, 2500, 40, 1), (5, 5, 3, 1) })
        {
            var query = Vector(random, dimensions);
            var expected = Enumerable.Range(from, end - from).Where(n => n % part == 0).OrderBy(n => Differ(vectors[n], query)).ThenBy(n => n).Take(count).Reverse();

            var nearest = table.NearestBySigns(new(query), from, end, count, part == 1 ? null : n => n % part == 0);

            Assert.Equal(expected, Enumerable.Range(0, nearest.Count).Select(_ => nearest.Pop().Node));
        }
    }

    private static int Differ(float[] left, float[] right) => left.Zip(right).Count(p => p.First > 0 != p.Second > 0);

    private static float[] Vector(Random random, int dimensions) => [.. Enumerable.Range(0, dimensions).Select(_ => (float)random.Next(-2, 3))];
}
