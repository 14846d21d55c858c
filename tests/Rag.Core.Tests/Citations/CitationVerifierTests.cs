using Rag.Citations;
using Rag.Testing;

namespace Rag.Core.Tests.Citations;

public sealed class CitationVerifierTests
{
    private const string Bridge = "The old bridge was built in 1882. It has 3 arches and crosses the Alder. Nobody may fish from it.";
    private const string Mill = "The mill stands below the bridge. It ground barley until 1931 and is a museum today.";

    [Fact]
    public void Verify_keeps_a_mark_that_its_passage_backs_and_quotes_the_sentence()
    {
        var answer = Verify("The bridge was built in 1882. [1]", Bridge, Mill);

        Assert.Equal("The bridge was built in 1882. [1]", answer.Text);
        var citation = Assert.Single(answer.Citations);
        Assert.Equal("The old bridge was built in 1882.", citation.Quote);
        Assert.True(Assert.Single(answer.Sentences).Supported);
    }

    [Fact]
    public void Verify_gives_full_support_to_words_that_stand_in_the_passage()
    {
        var answer = Verify("It ground barley until 1931   and is a museum today. [2]", Bridge, Mill);

        Assert.Equal(1, Assert.Single(answer.Citations).Support, 12);
    }

    [Theory]
    [InlineData("The bridge was built in 1883. [1]")]
    [InlineData("The bridge has 4 arches and crosses the Alder. [1]")]
    [InlineData("The old bridge crosses the Danube. [1]")]
    [InlineData("Penguins dance beneath volcanic moonlight. [1]")]
    [InlineData("Yes. [1]")]
    [InlineData("[1]")]
    [InlineData("")]
    [InlineData(" \n ")]
    public void Verify_abstains_when_no_passage_says_it(string text)
    {
        var answer = Verify(text, Bridge, Mill);

        Assert.True(answer.Abstained);
        Assert.NotNull(answer.Reason);
    }

    [Fact]
    public void Verify_halves_support_when_only_one_side_denies()
    {
        var claimed = Verify("The mill is not a museum today. It ground barley until 1931. [2]", Bridge, Mill);

        Assert.Equal([false, true], claimed.Sentences.Select(s => s.Supported));
        Assert.InRange(claimed.Sentences[0].Support, 0.2, 0.5);
    }

    [Fact]
    public void Verify_takes_out_marks_without_a_passage()
    {
        var answer = Verify("The old bridge was built in 1882 [1][7]. The mill is a museum today. [2, 9]", Bridge, Mill);

        Assert.Equal("The old bridge was built in 1882 [1]. The mill is a museum today. [2]", answer.Text);
    }

    [Fact]
    public void Verify_corrects_a_mark_that_points_to_the_wrong_passage()
    {
        var answer = Verify("The mill ground barley until 1931. [1]", Bridge, Mill);

        Assert.Equal("The mill ground barley until 1931. [2]", answer.Text);
        Assert.Equal(2, Assert.Single(answer.Citations).Number);
    }

    [Fact]
    public void Verify_marks_an_unmarked_sentence_that_a_passage_supports()
    {
        var answer = Verify("The old bridge crosses the Alder. Nobody may fish from it [1].", Bridge, Mill);

        Assert.Equal("The old bridge crosses the Alder. [1] Nobody may fish from it [1].", answer.Text);
    }

    [Fact]
    public void Verify_keeps_several_marks_that_support_a_sentence_only_together()
    {
        var answer = Verify("The bridge was built in 1882 and the mill ground barley until 1931. [1, 2]", Bridge, Mill);

        Assert.Equal("The bridge was built in 1882 and the mill ground barley until 1931. [1][2]", answer.Text);
        Assert.Equal([1, 2], Assert.Single(answer.Sentences).Citations);
    }

    [Fact]
    public void Verify_leaves_brackets_that_the_quote_holds()
    {
        var answer = Verify("The first argument is args[0] of the program. [1]", "The first argument is args[0] of the program. Others follow.");

        Assert.Equal("The first argument is args[0] of the program. [1]", answer.Text);
        Assert.Single(answer.Citations);
    }

    [Theory]
    [InlineData(UnsupportedSentences.Mark, "The old bridge was built in 1882. [1] It was sold in 1999.")]
    [InlineData(UnsupportedSentences.Drop, "The old bridge was built in 1882. [1]")]
    [InlineData(UnsupportedSentences.Abstain, "I could not answer this from the documents.")]
    public void Verify_treats_unsupported_sentences_as_told(UnsupportedSentences unsupported, string expected)
    {
        var verifier = new CitationVerifier(new() { Unsupported = unsupported });

        var answer = verifier.Verify("When?", "The old bridge was built in 1882. [1] It was sold in 1999. [1]", Passages.Of(Bridge, Mill));

        Assert.Equal(expected, answer.Text);
        Assert.Equal(unsupported == UnsupportedSentences.Abstain, answer.Abstained);
        AnswerContract.Check(answer);
    }

    [Fact]
    public void Verify_reads_a_mark_before_a_line_as_that_lines()
    {
        var answer = Verify("[2] The mill is a museum today.\n[1] The old bridge crosses the Alder.", Bridge, Mill);

        Assert.Equal([2, 1], answer.Citations.Select(c => c.Number));
    }

    [Fact]
    public void Verify_stops_when_cancelled() =>
        Assert.Throws<OperationCanceledException>(() => new CitationVerifier().Verify("?", "A mill. [1]", Passages.Of(Mill), new CancellationToken(true)));

    private static Answer Verify(string text, params string[] passages)
    {
        var answer = new CitationVerifier().Verify("What is known?", text, Passages.Of(passages));
        AnswerContract.Check(answer);
        return answer;
    }
}
