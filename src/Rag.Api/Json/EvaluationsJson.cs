using Rag.Evaluation.Results;
using Rag.Evaluation.Statistics;

namespace Rag.Api.Json;

/// <summary>What was measured.</summary>
internal sealed record EvaluationsJson(
    [Description("The runs of all files.")] IReadOnlyList<RunJson> Runs,
    [Description("Names of files in the folder that hold no runs.")] IReadOnlyList<string> Unreadable);

/// <summary>One run, without its questions.</summary>
internal sealed record RunJson(
    [Description("The name of the file that the run was kept in.")] string File,
    [Description("What was searched.")] string Collection,
    [Description("What searched.")] string Name,
    [Description("How many queries count.")] int Queries,
    [Description("The version of the program; null where the file does not tell.")] string? Version,
    [Description("The settings of the run, by their names.")] IReadOnlyDictionary<string, string> Settings,
    [Description("The mean of each measure.")] IEnumerable<MeasureJson> Measures)
{
    public static RunJson Of(string file, RunResult run) => new(file, run.Collection, run.Name, run.Queries.Count, run.Version, run.Settings, run.Means.Select(m => MeasureJson.Of(run, m.Key)));
}

/// <summary>The mean of a measure over the queries that have it, and the interval that holds it with 95 % confidence.</summary>
internal sealed record MeasureJson(
    [Description("The name of the measure.")] string Name,
    [Description("The mean over the queries that have it.")] double Mean,
    [Description("Where the interval begins that holds the mean with 95 % confidence.")] double Low,
    [Description("Where that interval ends.")] double High)
{
    // a tenth of what a written report takes, since somebody waits
    private const int Rounds = 1_000;

    public static MeasureJson Of(RunResult run, string name)
    {
        var values = run.Queries.Where(q => q.Values.ContainsKey(name)).Select(q => q.Values[name]).ToList();
        var interval = BootstrapInterval.OfMean(values, rounds: Rounds);
        return new(name, interval.Mean, interval.Low, interval.High);
    }
}
