using Rag.Citations;
using Rag.Evaluation.Answers;
using Rag.Evaluation.Ratings;
using Rag.Generation;
using Rag.Ratings;
using Rag.Retrieval;
using Rag.Testing;

namespace Rag.Evaluation.Tests.Ratings;

public sealed class RatedQuestionsTests
{
    private static readonly string[] Texts = ["The archive opened early. It was founded by Ada Crane in 1987. Many came.", "It moved to Lisbon in 2003."];

    [Fact]
    public async Task Liked_answers_are_read_back_as_questions_with_the_sentences_to_cite()
    {
        using var folder = new TemporaryFolder();
        var questions = await RoundTripAsync(folder, SampleRatings.Of("r1", Verdict.Good, "Who founded the archive?", "It was founded by Ada Crane in 1987. [1]", Texts),
            SampleRatings.Of("r2", Verdict.Bad, "Where is it?", "It moved to Lisbon in 2003. [2]", Texts),
            SampleRatings.Of("r3", Verdict.Bad, "What does it cost?", "It moved to Lisbon in 2003. [2]", Texts) with { Correction = Rating.Unanswerable });

        Assert.Equal([("r1", "Who founded the archive?"), ("r3", "What does it cost?")], questions.Select(q => (q.Id, q.Text)));
        Assert.Equal(["It was founded by Ada Crane in 1987."], Assert.Single(questions[0].Selections));
        Assert.Empty(questions[1].Selections);
        Assert.Equal(Texts, questions[0].Passages.Select(p => string.Join(' ', p.Sentences)));
    }

    [Fact]
    public async Task The_set_measures_a_pipeline()
    {
        using var folder = new TemporaryFolder();
        var questions = await RoundTripAsync(folder, SampleRatings.Of("r1", Verdict.Good, "Who founded the archive?", "It was founded by Ada Crane in 1987. [1]", Texts));

        var right = await GroundingEvaluation.OfAsync(questions, Saying("It was founded by Ada Crane in 1987."), TimeProvider.System);
        var wrong = await GroundingEvaluation.OfAsync(questions, Saying("It moved to Lisbon in 2003."), TimeProvider.System);

        Assert.Equal((1, 0), (right.SentenceF1, wrong.SentenceF1));
    }

    private static Func<IRetriever, RagPipeline> Saying(string text) => retriever => new(retriever, ScriptedAnswerGenerator.Saying(text));

    private static async Task<IReadOnlyList<ClapnqQuestion>> RoundTripAsync(TemporaryFolder folder, params Rating[] ratings)
    {
        var judged = await JudgedAnswers.OfAsync(ratings.ToAsyncEnumerable(), new CitationVerifier());
        return await ClapnqFile.ReadAsync(folder.Write("rated.jsonl", string.Join('\n', RatedQuestions.Lines(judged))));
    }
}
