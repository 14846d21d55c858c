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
            var whole = new Numbering(starts, names: [.. starts.Select((s, i) => i % 3 == 0 ? "" : $"row {i}")]);
            var from = random.Next(100);
            var span = new TextSpan(from, from + random.Next(1, 50));

            var slice = whole.Slice(span);

            Assert.All(Enumerable.Range(span.Start, span.Length), offset => Assert.Equal((whole.At(offset), whole.NameAt(offset)), (slice.At(offset), slice.NameAt(offset))));
        }
    }

    [Fact]
    public void Constructor_refuses_starts_that_do_not_ascend() => Assert.Throws<ArgumentException>(() => new Numbering([0, 5, 4]));

    [Fact]
    public void Constructor_refuses_names_for_other_divisions() => Assert.Contains("1 names for 2 divisions", Assert.Throws<ArgumentException>(() => new Numbering([0, 5], names: ["a"])).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData(0, 3, "Prices!A1:B1")]
    [InlineData(4, 12, "Prices!A1:B1 to Prices!A2:B2")]
    [InlineData(12, 30, "Prices!A2:B2")]
    [InlineData(35, 40, "Notes")] // a row without a name stands on its sheet
    public void A_place_is_named_from_the_first_to_the_last_division(int start, int end, string expected)
    {
        var document = new Document("a", "A", new string('x', 40), []) { Lines = new([0, 10, 30], names: ["Prices!A1:B1", "Prices!A2:B2", ""]), Pages = new([0, 30], names: ["Prices", "Notes"]) };

        var citation = new Citation(1, default, Chunk.Of(document, 0, new(0, 40)), new(start, end), "", 1);

        Assert.Equal(expected, citation.Place);
        Assert.Null(citation.Line);
    }
}
