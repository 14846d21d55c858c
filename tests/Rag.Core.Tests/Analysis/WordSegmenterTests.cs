using Rag.Analysis;

namespace Rag.Core.Tests.Analysis;

public sealed class WordSegmenterTests
{
    [Theory]
    [InlineData("15.0.0")]
    [InlineData("16.0.0")]
    public void NextBoundary_agrees_with_every_line_of_Unicodes_word_break_test(string version)
    {
        foreach (var (text, breaks, line) in BreakVectors.Read(version, "WordBreakTest.txt"))
        {
            var found = new List<int> { 0 };
            while (found[^1] < text.Length)
            {
                found.Add(WordSegmenter.NextBoundary(text, found[^1]));
            }

            Assert.True(breaks.SequenceEqual(found), $"{string.Join(' ', found)} for {line}");
        }
    }

    [Theory]
    [InlineData("The quick (\"brown\") fox can't jump 32.3 feet, right?", "The|quick|brown|fox|can't|jump|32.3|feet|right")]
    [InlineData("  snake_case __init__ _ a.b.c 1,000 -5 C# .NET v1.2.3", "snake_case|__init__|a.b.c|1,000|5|C|NET|v1.2.3")]
    [InlineData("日本語のカタカナ、한국어 ไทย 😀 é", "日|本|語|の|カタカナ|한국어|ไ|ท|ย|é")]
    [InlineData("", "")]
    [InlineData("... \n\t\u0301 \uD800 ", "")]
    public void Words_gives_the_segments_that_hold_a_letter_or_a_digit(string text, string expected)
    {
        Assert.Equal(expected, string.Join('|', Words(text)));
    }

    [Fact]
    public void NextBoundary_advances_and_ends_at_the_end_for_any_text()
    {
        var random = new Random(29);
        for (var round = 0; round < 2_000; round++)
        {
            var text = new string([.. Enumerable.Range(0, random.Next(1, 40)).Select(_ => (char)random.Next(random.Next(2) == 0 ? 0x180 : 0x10000))]);
            var at = 0;

            while (at < text.Length)
            {
                var next = WordSegmenter.NextBoundary(text, at);
                Assert.InRange(next, at + 1, text.Length);
                at = next;
            }
        }
    }

    private static List<string> Words(string text)
    {
        var words = new List<string>();
        foreach (var word in WordSegmenter.Words(text))
        {
            words.Add(text[word.Start..word.End]);
        }

        return words;
    }
}
