namespace Rag.Core.Tests;

public sealed class NumberingTests
{
    [Theory]
    [InlineData(0, 1)]
    [InlineData(9, 1)]
    [InlineData(10, 3)] // the second division is empty: it begins where the third does
    [InlineData(29, 3)]
    [InlineData(30, 4)]
    [InlineData(1000, 4)]
    public void At_finds_the_division(int offset, int expected) => Assert.Equal(expected, new Numbering([0, 10, 10, 30]).At(offset));

    [Fact]
    public void Slice_keeps_the_numbers_of_every_offset_in_the_span()
    {
        var random = new Random(5);
        for (var round = 0; round < 200; round++)
        {
            var starts = Enumerable.Range(0, random.Next(1, 12)).Select(_ => random.Next(100)).Order().ToArray();
            var whole = new Numbering(starts);
            var from = random.Next(100);
            var span = new TextSpan(from, from + random.Next(1, 50));

            var slice = whole.Slice(span);

            Assert.All(Enumerable.Range(span.Start, span.Length), offset => Assert.Equal(whole.At(offset), slice.At(offset)));
        }
    }

    [Fact]
    public void Constructor_refuses_starts_that_do_not_ascend() => Assert.Throws<ArgumentException>(() => new Numbering([0, 5, 4]));
}
