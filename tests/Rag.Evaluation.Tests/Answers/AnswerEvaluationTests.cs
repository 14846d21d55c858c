using System.Runtime.CompilerServices;
using Rag.Evaluation.Answers;
using Rag.Generation;
using Rag.Retrieval;

namespace Rag.Evaluation.Tests.Answers;

/// <summary>Answers of a generator that quotes the sentences it is told to, so that every figure is known beforehand.</summary>
public sealed class AnswerEvaluationTests
{
    private static readonly SquadArticle[] Articles =
    [
        new("Ferry", [
            new("Marlow Ferry lies on the Alder. It was founded in 1641.", [new("1", "When was Marlow Ferry founded?", ["1641"]), new("2", "Who sold Marlow Ferry?", [])]),
            new("Tickets of the ferry cost 3 pounds.", [new("3", "What do tickets of the ferry cost?", ["3 pounds"])]),
        ]),
        new("Bridge", [new("The bridge of Marlow was closed.", [new("4", "Was the bridge of Marlow closed?", ["closed"])])]),
    ];

    [Fact]
    public async Task Reading_counts_first_quotes_that_hold_an_answer_and_silence_that_is_right()
    {
        var reading = await ReadAsync(ReadingScope.Paragraph, question => question switch
        {
            "When was Marlow Ferry founded?" => "It was founded in 1641. [1]",
            "What do tickets of the ferry cost?" => "Tickets of the ferry cost 3 pounds. [1]",
            _ => null,
        });

        Assert.Equal(2.0 / 3, reading.CitedSentenceAccuracy, 12);
        Assert.Equal(1.0 / 4, reading.ExactMatch, 12); // the silence on the second question
        Assert.Equal(((2 * 1.0 / 6) + 1 + (2 * 2.0 / 8) + 0) / 4, reading.F1, 12); // "it was founded in 1641", "tickets of ferry cost 3 pounds"
        Assert.Equal((0.5, 1.0), (reading.Abstention.Precision, reading.Abstention.Recall));
        Assert.Equal((2, 2), (reading.Answers.Sum(a => a.ValidCitations), reading.Answers.Sum(a => a.Answer.Citations.Count)));
        Assert.Equal(((1 * 2) + 0.5) / 3, reading.Abstention.Auroc!.Value, 12); // support where the generator says nothing of its confidence; the two silences tie
    }

    [Theory]
    [InlineData(ReadingScope.Paragraph, 1, 1)]
    [InlineData(ReadingScope.Article, 2, 1)]
    [InlineData(ReadingScope.Corpus, 2, 2)]
    public async Task Reading_looks_among_the_paragraphs_of_the_scope(ReadingScope scope, int ofFerry, int ofMarlow)
    {
        var reading = await ReadAsync(scope, _ => null);

        Assert.Equal(["1", "2", "3", "4"], reading.Answers.Select(a => a.Question.Id));
        Assert.Equal(ofFerry, reading.Answers[2].Answer.Passages.Count(p => p.Chunk.Title == "Ferry"));
        Assert.Equal(ofMarlow, reading.Answers[3].Answer.Passages.Select(p => p.Chunk.Title).Distinct().Count());
    }

    [Fact]
    public async Task Reading_asks_no_more_than_the_limit()
    {
        var reading = await ReadAsync(ReadingScope.Article, _ => null, limit: 3);

        Assert.Equal(["1", "2", "3"], reading.Answers.Select(a => a.Question.Id));
    }

    [Fact]
    public async Task Grounding_compares_cited_sentences_with_the_ones_of_the_person_who_chose_most_alike()
    {
        ClapnqQuestion[] questions =
        [
            new("1", "when was the ferry founded", [new("Ferry", ["The ferry was founded in 1641 .", "It had a miller .", "The ferry closed in 2003 ."])],
                [["It had a miller ."], ["The ferry was founded in 1641 .", "It had a miller ."]]),
            new("2", "who sold the ferry", [new("Ferry", ["The ferry was not for sale ."])], []),
        ];

        var grounding = await GroundingEvaluation.OfAsync(questions, Pipeline(q => q == "who sold the ferry" ? null : "The ferry was founded in 1641 . [1] The ferry closed in 2003 . [1]"), TimeProvider.System);

        Assert.Equal((0.5, 0.5, 0.5), (grounding.SentencePrecision, grounding.SentenceRecall, grounding.SentenceF1));
        Assert.Equal((1.0, 1.0), (grounding.CitationRecall, grounding.CitationPrecision));
        Assert.Equal(new(1, 1, 1, 1), grounding.Abstention);
    }

    [Fact]
    public async Task Grounding_finds_sentences_that_say_more_than_they_cite()
    {
        ClapnqQuestion[] questions = [new("1", "when did the ferry open", [new("Ferry", ["The ferry of the harbour opened in spring .", "It rains .", "Boats sleep ."])], [["The ferry of the harbour opened in spring ."]])];

        var grounding = await GroundingEvaluation.OfAsync(questions, Pipeline(_ => "The cosy ferry of the harbour opened in spring . [1]"), TimeProvider.System);

        Assert.Equal(0, grounding.CitationRecall);
        Assert.Equal(1, grounding.CitationPrecision); // what it does say rests on it
    }

    private static Task<ReadingEvaluation> ReadAsync(ReadingScope scope, Func<string, string?> says, int limit = int.MaxValue) =>
        ReadingEvaluation.OfAsync(Articles, scope, Pipeline(says), limit, TimeProvider.System);

    private static Func<IRetriever, RagPipeline> Pipeline(Func<string, string?> says) => retriever => new(retriever, new Saying(says));

    private sealed class Saying(Func<string, string?> says) : IAnswerGenerator
    {
        public async IAsyncEnumerable<AnswerUpdate> GenerateAsync(string question, IReadOnlyList<Passage> passages, AskOptions? options = null, [EnumeratorCancellation] CancellationToken cancellationToken = default)
        {
            await Task.CompletedTask;
            yield return says(question) is { } text ? new AnswerUpdate.Words(text) : new AnswerUpdate.Abstention("It does not say.");
        }
    }
}
