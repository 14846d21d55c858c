using Rag.Analysis;

namespace Rag.Core.Tests.Analysis;

public sealed class SentenceSegmenterTests
{
    [Fact]
    public void Split_covers_every_character_that_is_not_blank_and_nothing_twice()
    {
        var random = new Random(4);
        const string Alphabet = "aB1 .!?\n\r\t\"')(-*。、あ…\u00A0";
        for (var round = 0; round < 2_000; round++)
        {
            var text = new string([.. Enumerable.Range(0, random.Next(60)).Select(_ => Alphabet[random.Next(Alphabet.Length)])]);
            var within = new TextSpan(random.Next(text.Length / 2 + 1), text.Length - random.Next(text.Length / 2 + 1));

            var sentences = SentenceSegmenter.Split(text, within);

            var covered = new bool[text.Length];
            var last = within.Start;
            foreach (var sentence in sentences)
            {
                Assert.True(last <= sentence.Start && sentence.Start < sentence.End && sentence.End <= within.End);
                Assert.False(char.IsWhiteSpace(text[sentence.Start]) || char.IsWhiteSpace(text[sentence.End - 1]));
                covered.AsSpan(sentence.Start, sentence.Length).Fill(true);
                last = sentence.End;
            }

            Assert.All(Enumerable.Range(within.Start, within.Length), i => Assert.True(covered[i] || char.IsWhiteSpace(text[i])));
        }
    }

    [Theory]
    [InlineData("\"a. B ")] // quotations that are never closed
    [InlineData("(a. B ")]
    [InlineData(".[1")]
    [InlineData("1. a ")]
    [InlineData("a\n")]
    [InlineData(". ")]
    [InlineData("A. ")]
    public void Split_ends_soon_on_text_that_looks_ahead_again_and_again(string unit)
    {
        var text = string.Concat(Enumerable.Repeat(unit, 500_000 / unit.Length)); // quadratic time would be minutes

        Assert.NotEmpty(SentenceSegmenter.Split(text, new(0, text.Length)));
    }

    [Theory]
    [InlineData("Call `SaveChanges`. It writes to v8.0 of the database, e.g. SQLite. Then dispose.", 3)]
    [InlineData("| Name | Type |\n|---|---|\n| Id | int. Not null. |\n| Url | string |", 4)]
    [InlineData("- one item\n- another item\n- a third", 3)]
    [InlineData("A paragraph that somebody has wrapped at a column where lines are\nbroken, goes on. Its second sentence follows.", 2)]
    [InlineData("var context = new BloggingContext();\ncontext.Add(blog);\nreturn context.Blogs.Count();", 3)]
    [InlineData("A heading\n\nIts paragraph", 2)]
    public void Split_makes_units_of_sentences_rows_items_and_statements(string text, int expected)
    {
        Assert.Equal(expected, SentenceSegmenter.Split(text, new(0, text.Length), "en").Count);
    }

    [Fact]
    public void Split_reads_an_ordinal_by_the_language()
    {
        const string Text = "Am 3. Mai begann es. Am 4. Mai endete es.";

        Assert.Equal(["Am 3. Mai begann es.", "Am 4. Mai endete es."], SentenceSegmenter.Split(Text, new(0, Text.Length), "de").Select(span => span.Of(Text)));
    }
}
