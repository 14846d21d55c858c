using Rag.Analysis;

namespace Rag.Core.Tests.Analysis;

public sealed class SentenceBoundariesTests
{
    [Theory]
    [InlineData("15.0.0")]
    [InlineData("16.0.0")]
    public void Next_agrees_with_every_line_of_Unicodes_sentence_break_test(string version)
    {
        foreach (var (text, breaks, line) in BreakVectors.Read(version, "SentenceBreakTest.txt"))
        {
            var found = new List<int> { 0 };
            while (found[^1] < text.Length)
            {
                found.Add(SentenceBoundaries.Next(text, found[^1]));
            }

            Assert.True(breaks.SequenceEqual(found), $"{string.Join(' ', found)} for {line}");
        }
    }
}
