using Rag.Citations;
using Rag.Generation;
using Rag.Testing;

namespace Rag.Core.Tests.Citations;

/// <summary>What a judge changes of what the words say.</summary>
public sealed class JudgedSupportTests
{
    private const string Ferry = "The ferry leaves at noon. It carries 40 cars.";
    private const string Harbour = "The harbour has two cranes.";

    [Fact]
    public async Task Judge_takes_support_away()
    {
        var answer = await VerifyAsync(c => c.Statement.Contains("40", StringComparison.Ordinal) ? 0.1 : 0.9, "The ferry leaves at noon. [1] It carries 40 cars. [1]");

        Assert.Equal("The ferry leaves at noon. [1] It carries 40 cars.", answer.Text);
        Assert.Equal([0.9, 0.1], answer.Sentences.Select(s => s.Support));
        Assert.Equal("The judge does not find it in passage [1]: \"It carries 40 cars.\"", answer.Sentences[1].Problem);
    }

    [Fact]
    public async Task Judge_gives_support_to_a_cited_paraphrase_in_whatever_language()
    {
        var answer = await VerifyAsync(c => c.Source.StartsWith("The ferry", StringComparison.Ordinal) ? 1 : 0, "Die Fähre fährt mittags ab. [1][2]");

        var citation = Assert.Single(answer.Citations);
        Assert.Equal(("Die Fähre fährt mittags ab. [1]", Ferry, 1.0), (answer.Text, citation.Quote, citation.Support));
    }

    [Fact]
    public async Task Judge_gives_support_to_an_uncited_paraphrase_where_a_word_leads_to_its_source()
    {
        var answer = await VerifyAsync(c => c.Source == Harbour ? 1 : 0, "A pair of lifting machines stands in the harbour.");

        Assert.Equal(2, Assert.Single(answer.Citations).Number);
    }

    [Theory]
    [InlineData("It carries 50 cars. [1]")]
    [InlineData("The ferry does not leave at noon. [1]")]
    public async Task Judge_does_not_overrule_what_the_words_deny(string reply)
    {
        var answer = await VerifyAsync(_ => 1, reply);

        Assert.True(answer.Abstained, answer.Text);
    }

    [Fact]
    public async Task Judge_may_find_in_two_sources_together_what_stands_in_neither()
    {
        var answer = await VerifyAsync(c => c.Source.Contains('\n', StringComparison.Ordinal) ? 0.8 : 0.3, "A pair of cranes unloads what comes at midday. [1][2]");

        Assert.Equal([(1, 0.8), (2, 0.8)], answer.Citations.Select(c => (c.Number, c.Support)));
    }

    [Fact]
    public async Task Judge_is_asked_each_thing_once_also_while_the_answer_is_streamed()
    {
        var judge = new ScriptedJudge(c => c.Statement.Contains("cranes", StringComparison.Ordinal) ? 0 : 1);
        var generator = new ScriptedAnswerGenerator([.. "The ferry leaves at noon. [1] The harbour has two cranes. [2] It carries 40 cars. [1]".Select(c => new AnswerUpdate.Words($"{c}"))]);

        var updates = await new RagPipeline(ScriptedRetriever.Finding(Passages.Of(Ferry, Harbour)), generator, new CitationVerifier(judge: judge)).AskStreamingAsync("?").ToListAsync();

        Assert.Equal("The ferry leaves at noon. [1] The harbour has two cranes. It carries 40 cars. [1]", string.Concat(updates.OfType<AnswerUpdate.Words>().Select(w => w.Text)));
        Assert.Equal(judge.Claims.Distinct(), judge.Claims);
    }

    [Theory]
    [InlineData(1.5)]
    [InlineData(-0.1)]
    [InlineData(double.NaN)]
    public async Task Judge_that_gives_no_probability_is_refused(double score)
    {
        var error = await Assert.ThrowsAsync<SupportJudgeException>(() => VerifyAsync(_ => score, "The ferry leaves at noon. [1]"));

        Assert.Contains("one number from 0 to 1 for each claim", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Judge_is_not_asked_about_a_sentence_that_says_nothing()
    {
        var judge = new ScriptedJudge(_ => 1);

        await new CitationVerifier(judge: judge).VerifyAsync("?", "... [1] !!!", Passages.Of(Ferry));

        Assert.Equal(0, judge.Calls);
    }

    private static async Task<Answer> VerifyAsync(Func<SupportClaim, double> judge, string text)
    {
        var answer = await new CitationVerifier(judge: new ScriptedJudge(judge)).VerifyAsync("?", text, Passages.Of(Ferry, Harbour));
        AnswerContract.Check(answer, byWords: false);
        return answer;
    }
}
