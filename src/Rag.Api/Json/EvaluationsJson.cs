using Rag.Evaluation.Results;
using Rag.Evaluation.Statistics;

namespace Rag.Api.Json;

/// <summary>What was measured.</summary>
/// <param name="Runs">The runs of all files.</param>
/// <param name="Unreadable">Names of files in the folder that hold no runs.</param>
internal sealed record EvaluationsJson(IReadOnlyList<RunJson> Runs, IReadOnlyList<string> Unreadable);

/// <summary>One run, without its questions.</summary>
internal sealed record RunJson(string File, string Collection, string Name, int Queries, string? Version, IReadOnlyDictionary<string, string> Settings, IEnumerable<MeasureJson> Measures)
{
    public static RunJson Of(string file, RunResult run) => new(file, run.Collection, run.Name, run.Queries.Count, run.Version, run.Settings, run.Means.Select(m => MeasureJson.Of(run, m.Key)));
}

/// <summary>The mean of a measure over the queries that have it, and the interval that holds it with 95 % confidence.</summary>
internal sealed record MeasureJson(string Name, double Mean, double Low, double High)
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
