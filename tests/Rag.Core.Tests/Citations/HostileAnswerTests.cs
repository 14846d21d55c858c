using Rag.Citations;
using Rag.Testing;

namespace Rag.Core.Tests.Citations;

/// <summary>Invariant 2 over answers that no honest generator would write; <c>bench/Rag.Quality fuzz</c> has more of them.</summary>
public sealed class HostileAnswerTests
{
    [Fact]
    public async Task Verify_lets_only_backed_marks_out_of_any_text()
    {
        var random = new Random(20);
        var answers = new HostileAnswers(20);
        for (var round = 0; round < 3000; round++)
        {
            var passages = answers.NextPassages();
            var judge = random.Next(4) == 0 ? new ScriptedJudge(_ => random.Next(11) / 10.0) : null;
            var verifier = new CitationVerifier(new() { Unsupported = (UnsupportedSentences)random.Next(3), MinSupport = random.Next(1, 11) / 10.0 }, judge);

            var answer = await verifier.VerifyAsync("?", answers.Next(passages), passages);

            AnswerContract.Check(answer, byWords: judge is null);
        }
    }

    [Theory]
    [InlineData("The Corvin engine has 12 valves. [1[2]3]")]
    [InlineData("[1[1]] The Corvin engine has 12 valves [[[1]2]3].")]
    public void Verify_lets_no_mark_out_that_is_made_by_taking_out_another(string text)
    {
        var answer = new CitationVerifier().Verify("?", text, Passages.Of([.. HostileAnswers.Sources]));

        Assert.Equal(["[1]"], answer.Citations.Select(c => c.Mark.Of(answer.Text)).Distinct());
        AnswerContract.Check(answer);
    }

    [Theory]
    [InlineData("The Corvin engine has 1[1]2 valves.")]
    [InlineData("The Corvin engine has 1 [1][9]2 valves.")]
    [InlineData("The Corvin engine has 1[9[9]9]2 valves.")]
    [InlineData("| valve | 1,[2][2]250 |")]
    [InlineData("| ring | 3[2].5 |")]
    public void Verify_makes_no_number_of_two_that_a_mark_divides(string text) =>
        Assert.True(new CitationVerifier().Verify("?", text, Passages.Of([.. HostileAnswers.Sources])).Abstained);

    [Fact]
    public void Verify_ends_soon_on_marks_within_marks() =>
        AnswerContract.Check(new CitationVerifier().Verify("?", string.Concat(Enumerable.Repeat("[1", 100_000)) + "[1]" + string.Concat(Enumerable.Repeat("1]", 100_000)) + " valves", Passages.Of([.. HostileAnswers.Sources])));

    [Fact]
    public void Verify_ends_soon_on_a_million_brackets()
    {
        var text = string.Concat(Enumerable.Repeat("[1] valves ", 20_000)) + new string('[', 200_000) + new string('1', 200_000);

        AnswerContract.Check(new CitationVerifier().Verify("?", text, Passages.Of([.. HostileAnswers.Sources])));
    }
}
