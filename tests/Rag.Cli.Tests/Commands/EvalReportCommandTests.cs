namespace Rag.Cli.Tests.Commands;

public sealed class EvalReportCommandTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("rag-report-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task Runs_in_the_format_of_trec_are_measured_by_judgements()
    {
        var qrels = Write("judged.qrels", "1 0 a 1\n2 0 b 1\n3 0 c 0\n");

        var run = await ReportAsync(Write("one.run", "1 Q0 a 1 2 t\n2 Q0 a 1 2 t\n"), Write("two.run", "1 Q0 a 1 2 t\n2 Q0 b 1 2 t\n"), "--qrels", qrels, "--measure", "map");

        Assert.Equal((0, ""), (run.Code, run.Error));
        Assert.Contains("2 runs", run.Out, StringComparison.Ordinal);
        var page = await File.ReadAllTextAsync(Page);
        Assert.Contains("<bdi>judged</bdi> · 2 queries", page, StringComparison.Ordinal);
        Assert.Contains("t (one)", page, StringComparison.Ordinal);
        Assert.Contains("+0.5000", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Runs_of_one_name_are_told_apart()
    {
        const string Line = """{"collection":"c","name":"n","queries":[{"id":"1","text":"","values":{"ndcg_cut_10":1}}]}""";

        await ReportAsync(Write("a.jsonl", $"{Line}\n{Line}\n"), Write("b.jsonl", Line));

        var page = await File.ReadAllTextAsync(Page);
        Assert.All(["n (a)", "n (a) 2", "n (b)"], name => Assert.Contains($"<bdi>{name}</bdi>", page, StringComparison.Ordinal));
    }

    [Fact]
    public async Task What_cannot_be_compared_is_said_in_one_sentence()
    {
        var trec = Write("one.run", "1 Q0 a 1 2 t\n");

        (await ReportAsync(trec)).AssertComplains(2, "Give the judgements: --qrels FILE.");
        (await ReportAsync(Write("bad.jsonl", "{}"))).AssertComplains(1, "line 1: this is no run");
        (await ReportAsync(Path.Combine(_folder, "gone"))).AssertComplains(1, "gone");
        (await ReportAsync(trec, "--qrels", trec)).AssertComplains(1, "6 fields");
        (await ReportAsync(trec, "--qrels", Write("judged.qrels", "1 0 a 1\n"), "--measure", "beauty")).AssertComplains(1, "has no measure 'beauty'. Its measures: ndcg_cut_10, ");
        (await ReportAsync(Write("map.jsonl", """{"collection":"c","name":"n","queries":[{"id":"1","text":"","values":{"map":1}}]}"""), "--measure", "ndcg_cut_10")).AssertComplains(1, "has no measure 'ndcg_cut_10'. Its measures: map.");
        (await ReportAsync(Write("empty.jsonl", ""))).AssertComplains(1, "holds no run");
        Assert.False(File.Exists(Page));
    }

    private string Page => Path.Combine(_folder, "page.html");

    private Task<Run> ReportAsync(params string[] args) => Run.RagAsync(["eval", "report", .. args, "--out", Page]);

    private string Write(string name, string text)
    {
        var path = Path.Combine(_folder, name);
        File.WriteAllText(path, text);
        return path;
    }
}
