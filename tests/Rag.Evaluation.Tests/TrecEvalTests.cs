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
        var run = await RunFile.ReadAsync(Path(command.Results));
        var prefix = command.Has("-Z") ? "Z" : "";
        string[][] lines = [.. File.ReadLines(Path(expected)).Select(l => l.Split('\t', StringSplitOptions.TrimEntries))];
        string[][] values = [.. lines.Where(l => !NotNumbers.Contains(l[0]) && l[0] != prefix + "num_q").Select(l => (string[])[l[0][prefix.Length..], .. l[1..]])];
        var result = await EvaluateAsync(command, run, [.. values.Select(l => l[0]).Distinct()]);

        var wrong = values.Select(l => (Line: string.Join(' ', l), Value: Value(result, l[0], l[1]), Expected: double.Parse(l[2], CultureInfo.InvariantCulture)))
            .Where(v => !(Math.Abs(v.Value - v.Expected) <= HalfOfLastDigit)).Select(v => $"{v.Line} got {v.Value}");

        Assert.Empty(wrong);
        Assert.All(lines.Where(l => l[0] == "runid"), l => Assert.Equal(run.Tag, l[2]));
        Assert.All(lines.Where(l => l[0] == prefix + "num_q"), l => Assert.Equal(result.Queries.Count, double.Parse(l[2], CultureInfo.InvariantCulture)));
    }

    private static async Task<RunEvaluation> EvaluateAsync(Command command, TrecRun run, string[] measures)
    {
        var options = new EvaluationOptions
        {
            Complete = command.Has("-c"),
            Depth = command.Number("-M") ?? int.MaxValue,
            RelevanceLevel = command.Number("-l") ?? 1,
            Reference = command.Has("-Z") ? await ReferenceScores.ReadAsync(Path(command.After("-Z"))) : null,
        };
        var qrels = Path(command.Qrels);
        return (command.Has("-R") ? command.After("-R") : "qrels") switch
        {
            "prefs" => RunEvaluation.Of(await PreferencesFile.ReadAsync(qrels), run, Preference(measures), options),
            "qrels_prefs" => RunEvaluation.Of(Preferences.Of(await QrelsFile.ReadAsync(qrels)), run, Preference(measures), options),
            "qrels_jg" => RunEvaluation.Of(await QrelsFile.ReadJudgesAsync(qrels), run, [.. measures.Select(OfJudges)], options),
            _ => RunEvaluation.Of(await QrelsFile.ReadAsync(qrels), run, TrecMeasures.Named(measures), options),
        };
    }

    private static List<Measure<PreferenceRanking>> Preference(string[] names) => [.. names.Select(n => PreferenceMeasures.All.Single(m => m.Name == n))];

    // trec_eval has names of their own for means over judges; to us they are the same measures.
    private static Measure<JudgedRanking> OfJudges(string name) => TrecMeasures.Find(name.Replace("_avgjg", "", StringComparison.Ordinal))! with { Name = name };

    private static double Value(RunEvaluation result, string measure, string query) => query == "all"
        ? result.Summaries[measure]
        : result.Values[measure][result.Queries.Index().Single(q => q.Item == query).Index];

    private static string Path(string file) => SharedData.Require($"vectors-trec_eval/test/{file}");

    private static List<Command> Commands() =>
        JsonSerializer.Deserialize<List<Command>>(File.ReadAllText(SharedData.Require("vectors-trec_eval/commands.json")), JsonSerializerOptions.Web)!;

    private sealed record Command(string Options, string Qrels, string Results, string Expected)
    {
        private string[] Words => Options.Split(' ');

        public bool Has(string option) => Words.Contains(option);

        public string After(string option) => Words[Array.IndexOf(Words, option) + 1];

        public int? Number(string option) => Words.FirstOrDefault(w => w.StartsWith(option, StringComparison.Ordinal)) is { } word ? int.Parse(word[option.Length..], CultureInfo.InvariantCulture) : null;
    }
}
