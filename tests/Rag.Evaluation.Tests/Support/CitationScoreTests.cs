using Rag.Citations;
using Rag.Evaluation.Support;
using Rag.Testing;

namespace Rag.Evaluation.Tests.Support;

/// <summary>Worked by hand from the definitions of ALCE (Gao et al., 2023, section 3 and figure 3).</summary>
public sealed class CitationScoreTests
{
    [Theory]
    [InlineData("abc", new[] { "abc" }, 1, 1)] // carried by one
    [InlineData("abc", new[] { "ab" }, 0, 0)] // not carried: its citation is not needed either
    [InlineData("abc", new string[0], 0, 0)] // no citation
    [InlineData("abc", new[] { "ab", "bc" }, 1, 2)] // only both together carry it
    [InlineData("abc", new[] { "ab", "c", "d" }, 1, 2)] // d is beside the point
    [InlineData("abc", new[] { "abc", "ab" }, 1, 1)] // ab does not carry it, and abc does without it
    [InlineData("abc", new[] { "abc", "abcd" }, 1, 2)] // each carries it alone
    [InlineData("abc", new[] { "ab", "bc", "ac" }, 1, 0)] // any two do, so none is needed
    public async Task A_sentence_is_supported_by_all_it_cites_and_needs_what_it_could_not_do_without(string statement, string[] quotes, int supported, int needed)
    {
        var score = await CitationScore.OfAsync(Answers.Of((statement, quotes)), new ScriptedJudge());

        Assert.Equal(new(1, supported, quotes.Length, needed), score);
    }

    [Fact]
    public async Task Recall_counts_sentences_and_precision_citations()
    {
        var score = await CitationScore.OfAsync(Answers.Of(("abc", ["ab", "bc"]), ("de", ["e"]), ("f", ["f", "g"]), ("h", [])), new ScriptedJudge());

        Assert.Equal((2.0 / 4, 3.0 / 5), (score.Recall, score.Precision));
        Assert.Equal(2 * 0.5 * 0.6 / 1.1, score.F1, 12);
    }

    [Fact]
    public async Task An_answer_that_quotes_its_source_has_all_by_words()
    {
        var passages = Passages.Of("Marlow Ferry was founded in 1641 by a miller.", "Tickets of the ferry cost 3 pounds on Sundays.");
        var answer = new CitationVerifier().Verify("?", "Marlow Ferry was founded in 1641 by a miller. [1] Tickets of the ferry cost 3 pounds on Sundays. [2]", passages);

        Assert.Equal(new(2, 2, 2, 2), await CitationScore.OfAsync(answer, new WordSupportJudge()));
    }

    [Fact]
    public async Task Nothing_of_an_abstention_counts() =>
        Assert.Equal(new(0, 0, 0, 0), await CitationScore.OfAsync(Answer.Unanswered("?", "No."), new ScriptedJudge()));

    [Fact]
    public async Task Needed_citations_are_citations_of_supported_sentences_and_their_order_is_all_the_same()
    {
        var random = new Random(5);
        for (var round = 0; round < 200; round++)
        {
            (string, string[])[] sentences = [.. Enumerable.Range(0, random.Next(1, 4)).Select(_ => (Letters(random, 3), Enumerable.Range(0, random.Next(4)).Select(_ => Letters(random, 4)).ToArray()))];
            var score = await CitationScore.OfAsync(Answers.Of(sentences), new ScriptedJudge());

            Assert.InRange(score.Needed, 0, score.Citations);
            Assert.InRange(score.Supported, 0, score.Sentences);
            Assert.InRange(score.F1, Math.Min(score.Recall, score.Precision) - 1e-12, Math.Max(score.Recall, score.Precision) + 1e-12);
            Assert.Equal(score, await CitationScore.OfAsync(Answers.Of([.. sentences.Select(s => (s.Item1, s.Item2.Reverse().ToArray())).Reverse()]), new ScriptedJudge()));
        }
    }

    private static string Letters(Random random, int most) => string.Concat(Enumerable.Range(0, random.Next(1, most + 1)).Select(_ => (char)('a' + random.Next(5))));
}
