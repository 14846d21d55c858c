using Rag.Citations;
using Rag.Conversations;
using Rag.Testing;

namespace Rag.Core.Tests.Conversations;

/// <summary>What is left of a session when a document is deleted.</summary>
public sealed class RedactionTests
{
    private static readonly IReadOnlyList<Passage> Given = Passages.Of("The ferry leaves at noon.", "The harbour has two cranes.", "The ferry carries 40 cars.");

    [Fact]
    public void Sentences_of_the_document_go_and_the_others_stay_where_they_can_be_found()
    {
        var answer = Answered("The ferry leaves at noon. [1] The harbour has two cranes. [2]\n\nThe ferry carries 40 cars. [3]");

        var turn = Without(answer, "doc1.md");

        Assert.Equal("The harbour has two cranes. [2]\n\nThe ferry carries 40 cars. [3]", turn.Answer.Text);
        Assert.Equal([2, 3], turn.Answer.Citations.Select(c => c.Number));
        Assert.Equal([2, 3], turn.Answer.Passages.Select(p => p.Number));
        Assert.Equal("A source of this turn was deleted, and what rested on it was taken out.", turn.Notice);
        AnswerContract.Check(turn.Answer);
    }

    [Fact]
    public void An_answer_all_of_whose_sources_are_gone_says_so()
    {
        var turn = Without(Answered("The ferry leaves at noon. [1] Ships are big."), "doc1.md");

        Assert.Equal(("The source of this answer was deleted.", true, "The source of this answer was deleted.", "The source of this answer was deleted."), (turn.Answer.Text, turn.Answer.Abstained, turn.Answer.Reason, turn.Notice));
        Assert.Equal("When?", turn.Answer.Question);
        AnswerContract.Check(turn.Answer);
    }

    [Fact]
    public void A_sentence_with_a_word_that_only_the_document_had_goes_though_another_is_cited_for_it()
    {
        var answer = Answered("The harbour has two cranes at noon. [2] The ferry carries 40 cars. [3]");
        Assert.Equal([2, 3], answer.Citations.Select(c => c.Number));

        Assert.Equal("The ferry carries 40 cars. [3]", Without(answer, "doc1.md").Answer.Text);
    }

    [Fact]
    public void A_question_with_words_of_the_document_is_again_what_was_asked()
    {
        var answer = Answered("The harbour has two cranes. [2]");

        Assert.Equal("When?", Without(answer with { Searched = "When (noon)?" }, "doc1.md").Answer.Searched);
        Assert.Equal("When (cranes)?", Without(answer with { Searched = "When (cranes)?" }, "doc1.md").Answer.Searched);
    }

    [Fact]
    public void Conflicts_with_the_document_go()
    {
        var answer = new CitationVerifier().Verify("Cranes?", "The harbour has two cranes. [1]", Passages.Of("The harbour has two cranes.", "The harbour has three cranes."));
        Assert.Equal(2, Assert.Single(answer.Conflicts).Number);

        var turn = Without(answer, "doc2.md");

        Assert.Empty(turn.Answer.Conflicts);
        Assert.Equal(answer.Text, turn.Answer.Text);
        Assert.NotNull(turn.Notice);
    }

    [Fact]
    public void Summaries_go_and_turns_that_had_nothing_of_it_stay_as_they_were()
    {
        var other = new CitationVerifier().Verify("Cranes?", "The harbour has two cranes. [2]", [Given[1]]);
        var session = new ConversationSession("s") { Turns = [new(1, 0, other, default) { Summary = "Cranes." }, new(2, 1, Answered("The ferry leaves at noon. [1]"), default) { Summary = "Cranes, noon." }, new(3, 2, other, default)] };

        var left = session.Without("doc1.md");

        Assert.Equal(1, left.Redactions);
        Assert.All(left.Turns, turn => Assert.Null(turn.Summary));
        Assert.Equivalent(other, left.Turns[0].Answer, strict: true);
        Assert.Equal([null, "The source of this answer was deleted.", null], left.Turns.Select(t => t.Notice));
        Assert.Same(session, session.Without("doc9.md"));
        Assert.Equal(2, left.Without("doc2.md").Redactions);
    }

    private static Turn Without(Answer answer, string documentId) => new ConversationSession("s") { Turns = [new(1, 0, answer, default)] }.Without(documentId).Turns[0];

    private static Answer Answered(string text) => new CitationVerifier().Verify("When?", text, Given);
}
