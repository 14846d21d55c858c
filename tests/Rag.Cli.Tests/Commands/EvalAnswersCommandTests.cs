using System.Text.Json;

namespace Rag.Cli.Tests.Commands;

/// <summary><c>rag eval reading</c> and <c>rag eval grounding</c>.</summary>
public sealed class EvalAnswersCommandTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("rag-answers-").FullName;

    public EvalAnswersCommandTests()
    {
        File.WriteAllText(Squad, """
            {"data": [{"title": "Marlow", "paragraphs": [
                {"context": "Marlow Ferry was founded in 1641 by the miller Josias Penn. The town has 4,200 inhabitants.", "qas": [
                    {"id": "1", "question": "Who founded Marlow Ferry?", "answers": [{"text": "Josias Penn"}]},
                    {"id": "2", "question": "Which volcano erupted?", "answers": []}]},
                {"context": "The bridge was closed in 2003.", "qas": [{"id": "3", "question": "When was the bridge closed?", "answers": [{"text": "2003"}]}]}]}]}
            """);
        File.WriteAllText(Clapnq, """{"id": "1", "input": "who founded marlow ferry", "passages": [{"title": "Marlow", "sentences": ["Marlow Ferry was founded by Josias Penn .", "It rains ."]}], "output": [{"answer": "Josias Penn", "selected_sentences": ["Marlow Ferry was founded by Josias Penn ."]}]}""");
    }

    private string Squad => Path.Combine(_folder, "squad.json");

    private string Clapnq => Path.Combine(_folder, "clapnq.jsonl");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData("paragraph")]
    [InlineData("article")]
    [InlineData("corpus")]
    public async Task Reading_has_the_fields_of_the_contract(string scope)
    {
        var run = await Run.RagAsync(["eval", "reading", "--squad", Squad, "--scope", scope, "--json"]);

        Assert.Equal((0, ""), (run.Code, run.Error));
        run.Json.AssertFields("questions", "answerable", "exactMatch", "f1", "citedSentenceAccuracy", "abstention", "citations", "msP50", "msP99", "calibrationError");
        Assert.Equal((3, 2), (run.Json.Number("questions"), run.Json.Number("answerable")));
        Assert.Equal((1.0, 1.0 / 3), (Value(run.Json, "citedSentenceAccuracy"), Value(run.Json, "exactMatch")));
        var abstention = run.Json.GetProperty("abstention").AssertFields("precision", "recall", "f1", "auroc");
        Assert.Equal((1.0, 1.0, 1.0), (Value(abstention, "precision"), Value(abstention, "recall"), Value(abstention, "auroc")));
        var citations = run.Json.GetProperty("citations").AssertFields("valid", "total");
        Assert.Equal(citations.Number("total"), citations.Number("valid"));
    }

    [Fact]
    public async Task Grounding_has_the_fields_of_the_contract_and_reads_several_files_as_one()
    {
        var run = await Run.RagAsync(["eval", "grounding", "--clapnq", Clapnq, Clapnq, "--json"]);

        Assert.Equal((0, ""), (run.Code, run.Error));
        run.Json.AssertFields("questions", "citationRecall", "citationPrecision", "sentencePrecision", "sentenceRecall", "sentenceF1", "abstention",
            "alceRecall", "alcePrecision", "alceF1", "groundedness", "contextPrecision", "contextRecall", "answerRelevance", "noiseSensitivityRelevant", "noiseSensitivityIrrelevant");
        Assert.Equal((2, 1.0), (run.Json.Number("questions"), Value(run.Json, "sentenceF1")));
        Assert.Equal(JsonValueKind.Null, run.Json.GetProperty("abstention").GetProperty("auroc").ValueKind);
    }

    [Fact]
    public async Task Rgb_and_axes_have_the_fields_of_the_contract()
    {
        var file = Path.Combine(_folder, "rgb.json");
        File.WriteAllText(file, """{"id": 0, "query": "who founded marlow ferry", "answer": "Josias Penn", "positive": ["Marlow Ferry was founded by Josias Penn."], "negative": ["Volcanoes erupt."]}""");

        var rgb = await Run.RagAsync(["eval", "rgb", "--rgb", file, "--json", "--gate", "noiseRobustness.at0>=1"]);
        var axes = await Run.RagAsync(["eval", "axes", "--squad", Squad, "--json", "--gate", "accuracy>=1"]);

        Assert.Equal((0, "", 0, ""), (rgb.Code, rgb.Error, axes.Code, axes.Error));
        rgb.Json.AssertFields("questions", "noiseRobustness", "negativeRejection", "informationIntegration", "counterfactualRobustness");
        Assert.Equal((1, 1.0), (rgb.Json.Number("questions"), Value(rgb.Json, "negativeRejection")));
        axes.Json.AssertFields("questions", "answerable", "accuracy", "calibration", "robustness", "fairness", "bias", "toxicity", "efficiency");
        axes.Json.GetProperty("robustness").AssertFields("worstCase", "mean", "changes").GetProperty("changes").AssertFields("typos", "lowerCase", "contractions", "synonyms", "request");
    }

    [Fact]
    public async Task Runs_are_kept_and_compared_side_by_side()
    {
        var (first, second, page) = (Path.Combine(_folder, "a.json"), Path.Combine(_folder, "b.json"), Path.Combine(_folder, "r.html"));
        await Run.RagAsync(["eval", "reading", "--squad", Squad, "--out", first]);
        await Run.RagAsync(["eval", "reading", "--squad", Squad, "--scope", "corpus", "--out", second]);

        var run = await Run.RagAsync(["eval", "report", first, second, "--out", page]);

        Assert.Equal((0, ""), (run.Code, run.Error));
        var html = await File.ReadAllTextAsync(page);
        Assert.All(["<bdi>squad</bdi>", "extractive (a)", "extractive (b)", "<bdi>corpus</bdi>", "Calibration of ", "citedSentenceAccuracy against "], text => Assert.Contains(text, html, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_gate_that_is_missed_fails_with_a_line_for_each()
    {
        string[] reading = ["eval", "reading", "--squad", Squad, "--json"];

        var held = await Run.RagAsync([.. reading, "--gate", "citedSentenceAccuracy>=1", "--gate", "abstention.auroc > 0.5"]);
        var missed = await Run.RagAsync([.. reading, "--gate", "f1>=0.99", "--gate", "questions<3", "--gate", "answerable<=2"]);

        Assert.Equal((0, ""), (held.Code, held.Error));
        Assert.Equal(1, missed.Code);
        Assert.Equal(2, missed.Error.Split('\n', StringSplitOptions.RemoveEmptyEntries).Length);
        Assert.Contains("The gate questions<3 is missed: it is 3.", missed.Error, StringComparison.Ordinal);
        Assert.Equal(3, missed.Json.Number("questions"));
        var nothing = await Run.RagAsync(["eval", "grounding", "--clapnq", Clapnq, "--json", "--gate", "abstention.auroc>0"]);
        var unknown = await Run.RagAsync([.. reading, "--gate", "beauty>1"]);
        Assert.Equal((1, true), (nothing.Code, nothing.Error.Contains("nothing to measure", StringComparison.Ordinal)));
        Assert.Equal((2, true), (unknown.Code, unknown.Error.Contains("no such number. Its numbers: questions, ", StringComparison.Ordinal)));
        (await Run.RagAsync([.. reading, "--gate", "f1=1"])).AssertComplains(2, "--gate is 'f1=1'");
    }

    [Fact]
    public async Task People_get_a_table()
    {
        var reading = await Run.RagAsync(["eval", "reading", "--squad", Squad, "--limit", "1"]);
        var grounding = await Run.RagAsync(["eval", "grounding", "--clapnq", Clapnq]);

        Assert.Contains("1.0000", reading.Out, StringComparison.Ordinal);
        Assert.Contains("1 questions, 1 answerable", reading.Error, StringComparison.Ordinal);
        Assert.Contains("sentence P", grounding.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_cannot_be_measured_is_said_in_one_sentence()
    {
        (await Run.RagAsync(["eval", "reading", "--squad", Clapnq + "x"])).AssertComplains(1, "no such file");
        (await Run.RagAsync(["eval", "grounding", "--clapnq", Clapnq, "--judge", "model"])).AssertComplains(2, "--judge model needs --model or --endpoint");
        (await Run.RagAsync(["eval", "grounding", "--clapnq", Squad])).AssertComplains(1, "expected CLAPNQ's");
        (await Run.RagAsync(["eval", "reading", "--squad", Squad, "--limit", "0"])).AssertComplains(2, "--limit is '0'");
        (await Run.RagAsync(["eval", "reading", "--squad", Squad, "--endpoint-model", "x"])).AssertComplains(2, "--endpoint-model needs --endpoint");
    }

    private static double Value(JsonElement json, string name) => json.GetProperty(name).GetDouble();
}
