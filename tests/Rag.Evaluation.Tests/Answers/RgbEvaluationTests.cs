using System.Runtime.CompilerServices;
using Rag.Evaluation.Answers;
using Rag.Generation;

namespace Rag.Evaluation.Tests.Answers;

public sealed class RgbEvaluationTests : IDisposable
{
    private static readonly RgbQuestion Noisy = new("f/1", "when did the ferry sink", [["1641", "sixteen"]], [.. Enumerable.Range(0, 9).Select(i => $"The ferry of story {i} sank.")])
    {
        Positive = [[.. Enumerable.Range(0, 9).Select(i => $"The ferry sank in 1641, says {i}.")]],
    };

    private static readonly RgbQuestion Grouped = new("f/2", "when did ferry and bridge open", [["1700"], ["1800"]], ["No ferry."])
    {
        Positive = [["The ferry opened in 1700.", "The ferry, 1700."], ["The bridge opened in 1800."]],
        IsIntegration = true,
    };

    private static readonly RgbQuestion Falsified = new("f/3", "when did the ferry sink", [["1641"]], ["No ferry."])
    {
        Positive = [["The ferry sank in 1641."]],
        Falsified = ["The ferry sank in 1741."],
        FalseAnswer = [["1741"]],
    };

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(0, 5)]
    [InlineData(0.2, 4)]
    [InlineData(0.4, 3)]
    [InlineData(0.6, 2)]
    [InlineData(0.8, 1)]
    [InlineData(1, 0)]
    public void A_share_of_five_documents_is_beside_the_point(double noise, int positive)
    {
        var documents = RgbDocuments.WithNoise(Noisy, noise);

        Assert.Equal((5, positive), (documents.Count, documents.Count(d => d.Contains("1641", StringComparison.Ordinal))));
        Assert.Equal(documents.Count, documents.Distinct().Count());
    }

    [Fact]
    public void Where_one_kind_runs_out_the_other_fills_up()
    {
        Assert.Equal(4, RgbDocuments.WithNoise(Noisy with { Negative = ["The ferry of story 0 sank."] }, 0.8).Count(d => d.Contains("1641", StringComparison.Ordinal)));
        Assert.Equal(4, RgbDocuments.WithNoise(Noisy with { Positive = [["The ferry sank in 1641."]] }, 0).Count(d => d.Contains("story", StringComparison.Ordinal)));
        Assert.Equal(["The ferry opened in 1700.", "The bridge opened in 1800.", "The ferry, 1700.", "No ferry."], RgbDocuments.WithNoise(Grouped, 0.2)); // one of each group first
    }

    [Fact]
    public async Task Abilities_are_shares_of_what_went_as_it_should()
    {
        // says what the first document of the case says, and nothing where no document gives a year
        var rgb = await RgbEvaluation.OfAsync([Noisy, Grouped, Falsified], retriever => new(retriever, new Quoting()), TimeProvider.System);

        Assert.All(RgbEvaluation.NoiseRatios, ratio => Assert.Equal(1, rgb.Noise(ratio)));
        Assert.Equal(1, rgb.Rejection);
        Assert.Equal(0, rgb.Integration(0)); // one part only
        Assert.Equal((1.0, 0.0, 1.0), (rgb.TrueAccuracy, rgb.FalseAccuracy, rgb.Misled));
        Assert.Equal((0.0, null), (rgb.ErrorDetection, rgb.ErrorCorrection));
        Assert.Equal(1, rgb.ConflictDetection); // 1641 against 1741
    }

    [Fact]
    public async Task A_run_has_a_measure_for_each_case_of_a_question()
    {
        var run = (await RgbEvaluation.OfAsync([Noisy, Falsified], retriever => new(retriever, new Quoting()), TimeProvider.System)).ToRun("c", "n");

        Assert.Equal(["noise0.0", "noise0.2", "noise0.4", "noise0.6", "noise0.8", "rejection"], run.Queries[0].Values.Keys);
        Assert.Equal([("true", 1.0), ("false", 0.0), ("mixed", 1.0)], run.Queries[1].Values.Select(v => (v.Key, v.Value)));
    }

    [Fact]
    public async Task Files_of_each_kind_are_read()
    {
        var path = _folder.Write("zh.json", """
            {"id": 0, "query": "q", "answer": "70", "positive": ["a"], "negative": ["b"], "fakeanswer": "170", "positive_wrong": ["c"]}
            {"id": 1, "query": "q", "answer": [["1", "one"], "2"], "positive": [["a", "b"], ["c"]], "negative": []}
            """);

        var questions = await RgbFile.ReadAsync(path);

        Assert.Equal(["zh/0", "zh/1"], questions.Select(q => q.Id));
        Assert.Equal((false, true), (questions[0].IsIntegration, questions[1].IsIntegration));
        Assert.Equal(("c", "170"), (questions[0].Falsified.Single(), questions[0].FalseAnswer.Single().Single()));
        Assert.Equal([2, 1], questions[1].Positive.Select(p => p.Count));
        Assert.Equal(2, (await Assert.ThrowsAsync<EvaluationFileException>(() => RgbFile.ReadAsync(_folder.Write("bad.json", "\n{\"id\": 1}")))).Line);
    }

    [Theory]
    [InlineData("It sank in 1641.", true)]
    [InlineData("SIXTEEN it was", true)]
    [InlineData("It sank in 164.", false)]
    public void An_answer_holds_every_part_in_one_of_its_wordings(string text, bool holds)
    {
        Assert.Equal(holds, RgbQuestion.Holds(text, Noisy.Answer));
        Assert.False(RgbQuestion.Holds(text, [.. Noisy.Answer, ["1999"]]));
        Assert.False(RgbQuestion.Holds(text, []));
    }

    /// <summary>Quotes the first passage, by its text, that gives a year; silent where none does.</summary>
    private sealed class Quoting : IAnswerGenerator
    {
        public async IAsyncEnumerable<AnswerUpdate> GenerateAsync(string question, IReadOnlyList<Passage> passages, AskOptions? options = null, [EnumeratorCancellation] CancellationToken cancellationToken = default)
        {
            await Task.CompletedTask;
            yield return passages.Where(p => p.Chunk.Text.Contains('1', StringComparison.Ordinal) && !p.Chunk.Text.Contains("story", StringComparison.Ordinal)).MinBy(p => p.Chunk.Text, StringComparer.Ordinal) is { } first
                ? new AnswerUpdate.Words($"{first.Chunk.Text} [{first.Number}]")
                : new AnswerUpdate.Abstention("No year.");
        }
    }
}
