using Rag.Evaluation.Agents;
using Rag.Testing;

namespace Rag.Evaluation.Tests.Agents;

public sealed class AgentQuestionTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(AnswerForm.Words, "the Brooklyn Bridge", "Brooklyn bridge.", true)]
    [InlineData(AnswerForm.Words, "Brooklyn Bridge", "The bridge", false)]
    [InlineData(AnswerForm.Number, "1,200", "So she pays $1200.00", true)]
    [InlineData(AnswerForm.Number, "-3", "-3", true)]
    [InlineData(AnswerForm.Number, "18", "18 or 19", false)]
    [InlineData(AnswerForm.Number, "18", "eighteen", false)]
    [InlineData(AnswerForm.Label, "SUPPORTS", "Supported.", true)]
    [InlineData(AnswerForm.Label, "NOT ENOUGH INFO", "not enough information", true)]
    [InlineData(AnswerForm.Label, "SUPPORTS", "SUPPORTS or REFUTES", false)]
    [InlineData(AnswerForm.YesOrNo, "no", "No, it will not.", true)]
    [InlineData(AnswerForm.YesOrNo, "no", "nobody knows", false)]
    public void Answer_is_right_by_the_form_of_its_question(AnswerForm form, string right, string said, bool isRight) => Assert.Equal(isRight, new AgentQuestion("1", "?", right, form).IsRight(said));

    [Fact]
    public async Task Files_of_the_papers_are_read()
    {
        var hotpot = await AgentQuestionFile.HotpotAsync(SharedData.Require("qa-hotpot-distractor/hotpot_distractor_sample.json"), Token);
        var simplified = await AgentQuestionFile.HotpotAsync(SharedData.Require("qa-react-hotpot-fever/hotpot_dev_v1_simplified.part.json"), Token);
        var fever = await AgentQuestionFile.FeverAsync(SharedData.Require("qa-react-hotpot-fever/paper_dev.part.jsonl"), Token);
        var gsm8k = await AgentQuestionFile.Gsm8kAsync(SharedData.Require("qa-gsm8k/test.part.jsonl"), Token);
        var strategy = await AgentQuestionFile.StrategyQaAsync(SharedData.Require("qa-strategyqa/dev.part.json"), Token);

        Assert.Equal([50, 3677, 5000, 659, 115], [hotpot.Count, simplified.Count, fever.Count, gsm8k.Count, strategy.Count]);
        Assert.All(hotpot, q => Assert.True(q.Pages.Count == 10 && q.Supporting.Count == 2 && q.Supporting.All(s => q.Pages.Any(p => p.Title == s))));
        Assert.Equal("18", gsm8k[0].Answer);
        Assert.All(gsm8k, q => Assert.NotNull(AgentQuestion.Number(q.Answer)));
        Assert.Equal(["NOT ENOUGH INFO", "REFUTES", "SUPPORTS"], fever.Select(f => f.Answer).Distinct().Order());
    }

    [Fact]
    public async Task Another_form_is_refused_with_the_place()
    {
        var file = Path.Combine(Directory.CreateTempSubdirectory().FullName, "q.jsonl");
        await File.WriteAllTextAsync(file, "{\"question\": \"?\", \"answer\": \"no mark\"}", Token);

        Assert.Equal($"{file}, line 1: the line has another form; expected GSM8K's {{question, answer}}.", (await Assert.ThrowsAsync<EvaluationFileException>(() => AgentQuestionFile.Gsm8kAsync(file, Token))).Message);
    }

    [Fact]
    public async Task Table_has_the_papers_columns()
    {
        AgentQuestion[] questions = [new("1", "a?", "Paris", AnswerForm.Words), new("2", "b?", "4", AnswerForm.Number)];
        var row = await AgentEvaluation.OfAsync("react", questions, (q, _) => Task.FromResult(q.Id == "1" ? new AgentOutcome("paris", true, 3, 6, 100) : new AgentOutcome(null, false, 7, 14, 300)), Token);

        Assert.Equal((0.5, 0.5, 0.5, 0.5, 5, 10, 200), (row.ExactMatch, row.F1, row.Accuracy, row.Finished, row.MeanCalls, row.MeanSteps, row.MeanTokens));
        Assert.Equal(0.5, row.ToRun("set", "react").Means["accuracy"]);
    }
}
