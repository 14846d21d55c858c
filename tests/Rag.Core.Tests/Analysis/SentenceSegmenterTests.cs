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
}
