namespace Rag.Core.Tests;

public sealed class WordBoxesTests
{
    // "one two" on the first line, "three" on the second, "four" on the next page
    private static readonly WordBoxes Page = new(
    [
        new(new(0, 3), new(1, 10, 20, 40, 30)), new(new(4, 7), new(1, 45, 21, 75, 31)),
        new(new(8, 13), new(1, 10, 32, 60, 42)), new(new(15, 19), new(2, 10, 20, 50, 30)),
    ]);

    [Fact]
    public void Within_gives_one_box_for_each_line_and_page() =>
        Assert.Equal([new(1, 10, 20, 75, 31), new(1, 10, 32, 60, 42), new(2, 10, 20, 50, 30)], Page.Within(new(0, 19)));

    [Fact]
    public void Within_takes_the_part_of_a_word_that_lies_in_the_span() =>
        Assert.Equal([new(1, 30, 20, 55, 31)], Page.Within(new(2, 5)));

    [Theory]
    [InlineData(3, 4)]
    [InlineData(13, 15)]
    [InlineData(19, 100)]
    [InlineData(5, 5)]
    public void Within_is_empty_between_words(int start, int end) => Assert.Empty(Page.Within(new(start, end)));

    [Fact]
    public void A_raised_mark_belongs_to_the_line_of_its_word()
    {
        var boxes = new WordBoxes([new(new(0, 4), new(1, 10, 20, 50, 32)), new(new(4, 5), new(1, 50, 19, 54, 26))]);

        Assert.Equal([new(1, 10, 19, 54, 32)], boxes.Within(new(0, 5)));
    }

    [Fact]
    public void A_word_that_a_line_break_divides_has_a_box_on_either_line()
    {
        var boxes = new WordBoxes([new(new(0, 4), new(1, 400, 20, 440, 30)), new(new(4, 9), new(1, 50, 32, 90, 42))]);

        Assert.Equal([new(1, 400, 20, 440, 30), new(1, 50, 32, 90, 42)], boxes.Within(new(0, 9)));
    }

    [Fact]
    public void Coordinates_are_exact_to_an_eighth_of_a_point_and_never_off_the_page()
    {
        var box = new WordBoxes([new(new(0, 1), new(7, -3.2, 71.9, 14_400.3, 99_999))])[0].Box;

        Assert.Equal(new(7, 0, 72, 14_400.25, 16_383.75), box);
    }

    [Fact]
    public void Slice_answers_like_the_whole_for_everything_inside_it()
    {
        var random = new Random(11);
        for (var round = 0; round < 200; round++)
        {
            var whole = Next(random, random.Next(1, 60));
            var end = whole[^1].Span.End;
            var from = random.Next(end);
            var span = new TextSpan(from, random.Next(from + 1, end + 2));

            var slice = whole.Slice(span);

            var start = random.Next(span.Start, span.End);
            var inner = new TextSpan(start, random.Next(start, span.End + 1));
            Assert.Equal(whole.Within(inner), slice.Within(inner));
            Assert.Equal(whole.Where(w => w.Span.Overlaps(span)), slice);
            Assert.Equal(slice.Within(inner), slice.Slice(inner).Within(inner));
        }
    }

    [Fact]
    public void Boxes_of_a_span_lie_inside_those_of_a_longer_one()
    {
        var random = new Random(12);
        for (var round = 0; round < 200; round++)
        {
            var whole = Next(random, 40);
            var start = random.Next(whole[^1].Span.End);
            var span = new TextSpan(start, start + random.Next(1, 80));
            var longer = whole.Within(new(Math.Max(0, span.Start - random.Next(20)), span.End + random.Next(20)));

            Assert.All(whole.Within(span), b => Assert.Contains(longer, l => l.Page == b.Page && l.X0 <= b.X0 && l.Y0 <= b.Y0 && l.X1 >= b.X1 && l.Y1 >= b.Y1));
        }
    }

    [Fact]
    public void Constructor_refuses_words_that_overlap_descend_or_are_empty()
    {
        var box = new PageBox(1, 0, 0, 1, 1);

        Assert.Throws<ArgumentException>(() => new WordBoxes([new(new(0, 3), box), new(new(2, 4), box)]));
        Assert.Throws<ArgumentException>(() => new WordBoxes([new(new(3, 3), box)]));
    }

    [Fact]
    public void Citation_says_where_its_quote_stands()
    {
        var document = new Document("a.pdf", "A", "one two\nthree\n\nfour", []) { Pages = new([0, 15]), Boxes = Page };
        var chunk = Chunk.Of(document, 0, new(4, 13));

        Assert.Equal([new(1, 10, 32, 60, 42)], new Citation(1, new(0, 3), chunk, new(8, 13), "three", 1).Boxes);
        Assert.Empty(new Citation(1, new(0, 3), chunk with { Boxes = null }, new(8, 13), "three", 1).Boxes);
    }

    private static WordBoxes Next(Random random, int count)
    {
        var words = new List<WordBox>();
        var (start, page, x, y) = (0, 1, 50, 50);
        for (var i = 0; i < count; i++)
        {
            var length = random.Next(1, 9);
            words.Add(new(new(start, start + length), new(page, x, y, x + (8 * length), y + 12)));
            (start, x) = (start + length + random.Next(3), x + (8 * length) + 4);
            (page, x, y) = random.Next(30) == 0 ? (page + random.Next(1, 3), 50, 50) : random.Next(5) == 0 ? (page, 50, y + 14) : (page, x, y);
        }

        return new(words);
    }
}
