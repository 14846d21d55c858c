using Rag.Evaluation.Collections;
using Rag.Evaluation.Results;
using Rag.Evaluation.Trec;

namespace Rag.Evaluation.Tests.Results;

public sealed class ResultsFileTests : IDisposable
{
    private const string Good = """{"collection":"c","name":"n","queries":[{"id":"2","text":"","values":{"map":1}},{"id":"1","text":"t","values":{"map":0}}]}""";

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_run_is_measured_query_by_query()
    {
        var judgements = new Judgements(new Dictionary<string, IReadOnlyDictionary<string, int>> { ["b"] = Grades("x"), ["a"] = Grades("x", "y") });
        var run = new TrecRun("mine", new Dictionary<string, IReadOnlyList<ScoredDocument>> { ["a"] = [new("x", 2), new("z", 1)] });

        var result = RunResult.Of("small", judgements, run, [new CollectionQuery("a", "what?")]);

        Assert.Equal(("small", "mine"), (result.Collection, result.Name));
        Assert.Equal([("a", "what?"), ("b", "")], result.Queries.Select(q => (q.Id, q.Text)));
        Assert.Equal([0.5, 0], result.Values("map"));
        Assert.Equal((0.25, 0.5), (result.Means["map"], result.Means["recip_rank_cut_10"]));
        Assert.Equal([.5, .5, .5, .5, .5, .5, .5, .5, 0, 0, 0], result.PrecisionAtRecall);
    }

    [Fact]
    public async Task Runs_come_back_as_they_were_written()
    {
        var random = new Random(7);
        var runs = Enumerable.Range(0, 3).Select(r => new RunResult("c \"ö\" \u0001 日本", $"run {r}", [.. Enumerable.Range(0, 20).Select(q => new QueryResult($"q{q:00}", "text\n", Values(random)))])
        {
            PrecisionAtRecall = r == 0 ? [] : [.. Enumerable.Range(0, 11).Select(_ => random.NextDouble())],
            Cost = r == 2 ? null : new(10, 20, random.NextDouble(), 0, 1, 2, 3),
        }).ToArray();
        var path = Path.Combine(_folder.Root, "r.jsonl");

        await ResultsFile.WriteAsync(path, runs);
        var read = await ResultsFile.ReadAsync(path);

        Assert.Equal(3, File.ReadAllLines(path).Length);
        Assert.Equal(runs.Select(r => (r.Collection, r.Name, r.Cost)), read.Select(r => (r.Collection, r.Name, r.Cost)));
        Assert.All(runs.Zip(read), pair =>
        {
            Assert.Equal(pair.First.Queries.Select(q => (q.Id, q.Text)), pair.Second.Queries.Select(q => (q.Id, q.Text)));
            Assert.Equal(pair.First.Values("map"), pair.Second.Values("map"));
            Assert.Equal(pair.First.PrecisionAtRecall, pair.Second.PrecisionAtRecall);
            Assert.Equal(pair.First.Means, pair.Second.Means);
        });
    }

    [Fact]
    public async Task Runs_of_answers_keep_what_they_were_made_with_and_measures_that_say_nothing_of_a_question()
    {
        var run = new RunResult("c", "n", [QueryResult.Of("1", "t", ("f1", 0.5), ("alceF1", null)) with { Confidence = 0.25, IsRight = false }, QueryResult.Of("2", "t", ("f1", 1), ("alceF1", 0.5))])
        {
            Settings = new Dictionary<string, string> { ["limit"] = "2" },
            Version = "1.2",
        };
        var path = Path.Combine(_folder.Root, "r.json");

        await ResultsFile.WriteAsync(path, [run]);
        var read = Assert.Single(await ResultsFile.ReadAsync(path));

        Assert.Equal(("2", "1.2"), (read.Settings["limit"], read.Version));
        Assert.Equal([(0.25, false), (null, null)], read.Queries.Select(q => (q.Confidence, q.IsRight)));
        Assert.Equal((0.75, 0.5), (read.Means["f1"], read.Means["alceF1"]));
        Assert.Equal([0.5], read.Values("alceF1"));
        Assert.DoesNotContain("null", await File.ReadAllTextAsync(path), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Queries_are_put_in_order_and_means_are_computed_whatever_the_file_says()
    {
        var run = Assert.Single(await ResultsFile.ReadAsync(_folder.Write("r", Good.Replace("\"queries\"", "\"means\":{\"map\":9},\"queries\"", StringComparison.Ordinal) + "\n\n")));

        Assert.Equal(["1", "2"], run.Queries.Select(q => q.Id));
        Assert.Equal(0.5, run.Means["map"]);
    }

    [Theory]
    [InlineData("no json", "this is no run")]
    [InlineData("null", "this is no run")]
    [InlineData("[]", "this is no run")]
    [InlineData("""{"collection":"c","name":"n"}""", "this is no run")]
    [InlineData("""{"collection":"c","name":null,"queries":[]}""", "this is no run")]
    [InlineData("""{"collection":"c","name":"n","queries":[{"id":"1","text":"","values":{"map":"1"}}]}""", "this is no run")]
    [InlineData("""{"collection":"c","name":"n","queries":[]}""", "the run 'n' has no queries")]
    [InlineData("""{"collection":"c","name":"n","queries":[{"id":"1","text":"","values":{"map":1}},{"id":"1","text":"","values":{}}]}""", "has the query '1' twice")]
    [InlineData("""{"collection":"c","name":"n","queries":[{"id":"1","text":"","values":{}}]}""", "no value of any measure")]
    [InlineData("""{"collection":"c","name":"n","queries":[{"id":"1","text":"","values":{"map":1e999}}]}""", "too large")]
    [InlineData("""{"collection":"c","name":"n","precisionAtRecall":[1],"queries":[{"id":"1","text":"","values":{"map":1}}]}""", "precision at 1 recalls where 11")]
    public async Task A_bad_line_is_refused_with_its_number(string line, string reason)
    {
        var e = await Assert.ThrowsAsync<EvaluationFileException>(() => ResultsFile.ReadAsync(_folder.Write("r", $"{Good}\n{line}\n")));

        Assert.Equal(2, e.Line);
        Assert.Contains(reason, e.Message, StringComparison.Ordinal);
    }

    private static Dictionary<string, double> Values(Random random) => new() { ["map"] = random.NextDouble(), ["P_30"] = random.Next(31) / 30.0 };

    private static Dictionary<string, int> Grades(params string[] relevant) => relevant.ToDictionary(d => d, _ => 1);
}
