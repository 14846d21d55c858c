using System.Text.Json;

namespace Rag.Cli.Tests.Commands;

public sealed class EvalSpansCommandTests : IDisposable
{
    private const string Text = "The archive was founded in 1987.";

    private readonly string _folder = Directory.CreateTempSubdirectory("rag-spans-").FullName;

    public EvalSpansCommandTests()
    {
        File.WriteAllText(Path.Combine(_folder, "history.md"), Text);
        File.WriteAllText(Path.Combine(_folder, "printers.md"), "A printer prints forty pages.");
        File.WriteAllText(Questions, "question,references,corpus_id\nWhen was the archive founded?,\"[{\"\"content\"\": \"\"1987\"\", \"\"start_index\"\": 27, \"\"end_index\"\": 31}]\",history\n");
    }

    private string Questions => Path.Combine(_folder, "questions.csv");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task Json_has_the_fields_of_the_contract_and_counts_characters()
    {
        var run = await EvalAsync("--json");

        Assert.Equal((0, ""), (run.Code, run.Error));
        run.Json.AssertFields("questions", "recall", "precision", "iou", "top", "chunks", "needed");
        Assert.Equal((1, 5, 2), (run.Json.Number("questions"), run.Json.Number("top"), run.Json.Number("chunks")));
        Assert.Equal((1.0, 4.0 / Text.Length, 4.0 / Text.Length), (Value(run.Json, "recall"), Value(run.Json, "precision"), Value(run.Json, "iou")));
        Assert.Equal(1, Value(run.Json.GetProperty("needed").AssertFields("recall", "precision", "iou"), "recall"));
    }

    [Fact]
    public async Task People_get_a_table()
    {
        var run = await EvalAsync("--retriever", "bm25", "--top", "1");

        Assert.Matches(@"first 1\s+1\.0000\s+0\.1250\s+0\.1250", run.Out);
        Assert.Contains("1 questions, 2 passages", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_cannot_be_measured_is_said_in_one_sentence()
    {
        (await EvalAsync("--retriever", "dense")).AssertComplains(2, "needs --embed MODEL");
        (await EvalAsync("--retriever", "nobody")).AssertComplains(2, "There is no retriever 'nobody'");
        (await EvalAsync("--top", "0")).AssertComplains(2, "--top is '0'");
        File.WriteAllText(Questions, "question,references,corpus_id\nq,[],../history\n");
        (await EvalAsync()).AssertComplains(1, "line 2: there is no text '../history'. Texts: history, printers.");
    }

    private Task<Run> EvalAsync(params string[] options) => Run.RagAsync(["eval", "spans", "--questions", Questions, "--corpora", _folder, .. options]);

    private static double Value(JsonElement json, string name) => json.GetProperty(name).GetDouble();
}
