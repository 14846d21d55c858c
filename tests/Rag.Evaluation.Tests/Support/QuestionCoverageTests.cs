using Rag.Evaluation.Support;
using Rag.Testing;

namespace Rag.Evaluation.Tests.Support;

public sealed class QuestionCoverageTests
{
    private static readonly IReadOnlyList<Passage> Read = Passages.Of("The ferry sank. The ferry was old. A storm came.");

    [Fact]
    public void Terms_count_by_their_rarity_among_the_sentences()
    {
        // N = 3: ferry in 2, storm in 1
        var (ferry, storm) = (Math.Log(1 + (1.5 / 2.5)), Math.Log(1 + (2.5 / 1.5)));

        Assert.Equal(storm / (ferry + storm), Of("ferry storm", "A storm came. [1]"), 12);
        Assert.Equal(ferry / (ferry + storm), Of("the ferry in a storm", "The ferries sank. [1]"), 12); // stems, without stop words
        Assert.Equal(1, Of("storm", "A storm came. [1]"), 12);
    }

    [Fact]
    public void Neither_an_abstention_nor_a_question_without_terms_has_any()
    {
        Assert.Equal(0, QuestionCoverage.Of(Answer.Unanswered("storm", "No.") with { Passages = Read }));
        Assert.Equal(0, Of("the", "The storm. [1]"));
    }

    private static double Of(string question, string text) => QuestionCoverage.Of(new(question, text) { Passages = Read });
}
