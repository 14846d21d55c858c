namespace Rag.Cli.Tests.Commands;

public sealed class EvalTextCommandTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("rag-text-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData("rouge1", 0.75, 1, 0.5)]
    [InlineData("rouge2", 0.5, 1, 0)]
    [InlineData("rougeL", 0.75, 1, 0.5)]
    [InlineData("rougeLsum", 0.75, 1, 0.5)]
    [InlineData("em", 0.5, 1, 0)]
    [InlineData("f1", 0.75, 1, 0.5)]
    public async Task Json_has_the_fields_of_the_contract(string metric, double value, double first, double second)
    {
        var run = await EvalAsync(metric, "The old archive\nmuseum cats\n", "the old archive!\nmuseum dogs", "--json");

        Assert.Equal((0, ""), (run.Code, run.Error));
        run.Json.AssertFields("metric", "value", "perLine");
        Assert.Equal((metric, value), (run.Json.Text("metric"), Math.Round(run.Json.GetProperty("value").GetDouble(), 6)));
        Assert.Equal([first, second], run.Json.GetProperty("perLine").EnumerateArray().Select(v => Math.Round(v.GetDouble(), 6)));
    }

    [Theory]
    [InlineData("bleu")]
    [InlineData("chrf")]
    public async Task A_text_that_is_its_reference_scores_100(string metric)
    {
        var run = await EvalAsync(metric, "The archive was founded in 1987.", "The archive was founded in 1987.");

        Assert.Equal($"{metric} 100.0000", run.Out.TrimEnd());
    }

    [Fact]
    public async Task Stems_count_where_they_are_asked_for()
    {
        Assert.Equal("rouge1 0.0000", (await EvalAsync("rouge1", "testing", "tests")).Out.TrimEnd());
        Assert.Equal("rouge1 1.0000", (await EvalAsync("rouge1", "testing", "tests", "--stem")).Out.TrimEnd());
    }

    [Fact]
    public async Task Files_of_different_length_are_refused()
    {
        (await EvalAsync("em", "a\nb\n", "a\n")).AssertComplains(1, "2 lines");
        (await EvalAsync("em", "", "")).AssertComplains(1, "at least one");
    }

    private Task<Run> EvalAsync(string metric, string candidates, string references, params string[] options)
    {
        var (c, r) = (Path.Combine(_folder, "c"), Path.Combine(_folder, "r"));
        File.WriteAllText(c, candidates);
        File.WriteAllText(r, references);
        return Run.RagAsync(["eval", "text", "--metric", metric, "--candidates", c, "--references", r, .. options]);
    }
}
