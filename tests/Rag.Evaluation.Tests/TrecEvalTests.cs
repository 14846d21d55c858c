using System.Globalization;
using System.Text.Json;
using Rag.Evaluation.Measures;
using Rag.Evaluation.Trec;
using Rag.Testing;

namespace Rag.Evaluation.Tests;

/// <summary>Every value that trec_eval's own test suite expects, with its options, on its judgements and runs.</summary>
public sealed class TrecEvalTests
{
    private const double HalfOfLastDigit = 0.00005 + 1e-9;

    // Runs of the suite that are about something else than a run measured by judgements, each with what it would need.
    private static readonly Dictionary<string, string> NotSupported = new()
    {
        ["out.test.prefs"] = "preferences in place of grades (-R prefs)",
        ["out.test.qrels_prefs"] = "preferences derived from grades (-R qrels_prefs)",
        ["out.test.qrels_jg"] = "several judgement groups (-R qrels_jg)",
        ["out.test.aqZ"] = "values as z-scores of earlier runs (-Z)",
    };

    // Lines that are no numbers: 'runid' is compared as a text, 'relstring' shows the first ranks as characters.
    private static readonly string[] NotNumbers = ["runid", "relstring", "relstring_20"];

    public static TheoryData<string> Suite =>
    [
        "out.test", "out.test.a", "out.test.aq", "out.test.aqc", "out.test.aqcM", "out.test.aql", "out.test.meas_params", "out.test.prefs", "out.test.qrels_prefs", "out.test.qrels_jg", "out.test.aqZ",
    ];

    [Fact]
    public void Suite_here_is_the_whole_suite() => Assert.Equal(Commands().Select(c => c.Expected).Order(), Suite.Select(row => row.Data).Order());

    [Theory]
    [MemberData(nameof(Suite))]
    public async Task Values_are_those_of_trec_eval(string expected)
    {
        var command = Commands().Single(c => c.Expected == expected);
        Assert.SkipWhen(NotSupported.TryGetValue(expected, out var reason), $"Not supported: {reason}.");
        var judgements = await QrelsFile.ReadAsync(Path(command.Qrels));
        var run = await RunFile.ReadAsync(Path(command.Results));
        string[][] lines = [.. File.ReadLines(Path(expected)).Select(l => l.Split('\t', StringSplitOptions.TrimEntries))];
        string[][] values = [.. lines.Where(l => !NotNumbers.Contains(l[0]) && l[0] != "num_q")];
        var result = RunEvaluation.Of(judgements, run, TrecMeasures.Named(values.Select(l => l[0]).Distinct()), Options(command.Options));

        var wrong = values.Select(l => (Line: string.Join(' ', l), Value: Value(result, l[0], l[1]), Expected: double.Parse(l[2], CultureInfo.InvariantCulture)))
            .Where(v => !(Math.Abs(v.Value - v.Expected) <= HalfOfLastDigit)).Select(v => $"{v.Line} got {v.Value}");

        Assert.Empty(wrong);
        Assert.All(lines.Where(l => l[0] == "runid"), l => Assert.Equal(run.Tag, l[2]));
        Assert.All(lines.Where(l => l[0] == "num_q"), l => Assert.Equal(result.Queries.Count, int.Parse(l[2], CultureInfo.InvariantCulture)));
    }

    private static double Value(RunEvaluation result, string measure, string query) => query == "all"
        ? result.Summaries[measure]
        : result.Values[measure][result.Queries.Index().Single(q => q.Item == query).Index];

    private static EvaluationOptions Options(string options)
    {
        var words = options.Split(' ');
        return new()
        {
            Complete = words.Contains("-c"),
            Depth = words.FirstOrDefault(w => w.StartsWith("-M", StringComparison.Ordinal)) is { } m ? int.Parse(m[2..], CultureInfo.InvariantCulture) : int.MaxValue,
            RelevanceLevel = words.FirstOrDefault(w => w.StartsWith("-l", StringComparison.Ordinal)) is { } l ? int.Parse(l[2..], CultureInfo.InvariantCulture) : 1,
        };
    }

    private static string Path(string file) => SharedData.Require($"vectors-trec_eval/test/{file}");

    private static List<Command> Commands() =>
        JsonSerializer.Deserialize<List<Command>>(File.ReadAllText(SharedData.Require("vectors-trec_eval/commands.json")), JsonSerializerOptions.Web)!;

    private sealed record Command(string Options, string Qrels, string Results, string Expected);
}
