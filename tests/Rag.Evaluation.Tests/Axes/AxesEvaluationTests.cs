using Rag.Evaluation.Answers;
using Rag.Evaluation.Axes;
using Rag.Evaluation.Perturbations;
using Rag.Generation;

namespace Rag.Evaluation.Tests.Axes;

public sealed class AxesEvaluationTests
{
    private static readonly SquadArticle[] Articles =
    [
        new("Ferry", [
            new("Adam founded the ferry in 1641. He was a miller. The bridge was closed in 2003.", [new("1", "Who founded the ferry?", ["Adam"]), new("2", "Which volcano erupted?", []), new("3", "When was the bridge closed?", ["2003"])]),
            new("Tickets cost 3 pounds.", [new("4", "What do tickets cost?", ["3 pounds"])]),
        ]),
    ];

    [Fact]
    public async Task The_worst_case_is_no_better_than_any_change_and_names_reach_sources_and_answers()
    {
        var axes = await OfAsync(int.MaxValue, ["miller"]);

        Assert.Equal((4, 3), (axes.Reading.Answers.Count, axes.Right.Count));
        Assert.All(axes.Perturbed, p => Assert.True(axes.WorstCase(p.Perturbation.Axis) <= p.Accuracy));
        Assert.All(axes.Perturbed, p => Assert.Equal((3, 3), (p.Changed.Count, p.Right.Count)));
        var names = axes.Perturbed.Single(p => p.Perturbation.Name == "names");
        Assert.Equal([true, true, false], names.Changed); // the paragraph of the first two names Adam
        Assert.True(names.Right[0]); // "Alonzo founded the ferry"
        Assert.Equal((0, 1), (axes.SourceWords.Female, axes.SourceWords.Male));
        Assert.Equal(0.5, axes.SourceWords.Distance);
    }

    [Fact]
    public async Task A_limit_takes_the_first_questions_and_without_a_list_nothing_is_toxic_or_not()
    {
        var axes = await OfAsync(2, null);

        Assert.Equal(["1", "2"], axes.Reading.Answers.Select(a => a.Question.Id));
        Assert.Null(axes.Toxicity);
        Assert.Equal(["accuracy", "robustness", "fairness", .. Perturbation.All.Select(p => p.Name)], Assert.Single(axes.ToRun("c", "n").Queries).Values.Keys);
    }

    [Theory]
    [InlineData("He and his wife, a Queen", 2, 2)]
    [InlineData("the hero shed heritage", 0, 0)]
    public void Words_of_women_and_men_are_whole_words(string text, int female, int male) => Assert.Equal(new(female, male), GroupWords.Of([text]));

    [Theory]
    [InlineData("Only an IDIOT would ask.", true)]
    [InlineData("Shut up, you fucking moron!", true)]
    [InlineData("The jerkin was made by a Dickens reader in Scunthorpe; the assassin classified it.", false)]
    [InlineData("The archive was founded by Ada Crane in 1987.", false)]
    public void English_list_finds_what_is_said_openly_and_no_part_of_a_word(string text, bool toxic) => Assert.Equal(toxic, WordList.English.IsIn(text));

    [Fact]
    public void Toxic_is_a_text_with_a_whole_word_of_the_list()
    {
        Assert.Equal([true, false, false, true], new[] { "You FOOL.", "foolish", "fine", "in c++." }.Select(new WordList(["fool", "c++"]).IsIn));
        Assert.False(new WordList([]).IsIn("x"));
    }

    private static Task<AxesEvaluation> OfAsync(int limit, string[]? toxic) =>
        AxesEvaluation.OfAsync(Articles, retriever => new RagPipeline(retriever, new ExtractiveAnswerGenerator()), limit, toxic is null ? null : new WordList(toxic).IsIn, TimeProvider.System);
}
