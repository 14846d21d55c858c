using Rag.Evaluation.Results;
using Rag.Evaluation.Statistics;

namespace Rag.Evaluation.Reports;

/// <summary>A run against another on the same queries, by one measure.</summary>
/// <param name="Baseline">The run that is compared with.</param>
/// <param name="Run">The run that is judged.</param>
/// <param name="Differences">Of each query, what the run gained over the baseline, in the order of their queries; where less is better, what it is less.</param>
/// <param name="Interval">Where the mean difference may lie, with 95 % confidence.</param>
/// <param name="TTest">Student's paired t-test.</param>
/// <param name="RandomisationP">Fisher's randomisation test.</param>
public sealed record RunComparison(RunResult Baseline, RunResult Run, IReadOnlyList<double> Differences, BootstrapInterval Interval, PairedTTest TTest, double RandomisationP)
{
    /// <summary>The probability below which a difference is taken for more than chance.</summary>
    public const double Level = 0.05;

    // Sums of the same fractions in another order differ in their last bits.
    private const double Equal = 1e-9;

    /// <summary>Queries for which the run is better.</summary>
    public int Won => Differences.Count(d => d > Equal);

    /// <summary>Queries for which it is worse.</summary>
    public int Lost => Differences.Count(d => d < -Equal);

    /// <summary>Queries for which both are equal.</summary>
    public int Tied => Differences.Count - Won - Lost;

    /// <summary>Whether the difference is more than chance by the randomisation test at <see cref="Level"/>.</summary>
    public bool IsSignificant => RandomisationP < Level;

    /// <summary>Compares two runs by the queries for which both have the measure.</summary>
    /// <param name="baseline">The run that is compared with.</param>
    /// <param name="run">The run that is judged.</param>
    /// <param name="measure">Name of a measure that both have.</param>
    /// <exception cref="ArgumentException">The runs have different queries, or fewer than two with the measure.</exception>
    public static RunComparison Of(RunResult baseline, RunResult run, string measure)
    {
        ArgumentNullException.ThrowIfNull(baseline);
        ArgumentNullException.ThrowIfNull(run);
        if (!baseline.Queries.Select(q => q.Id).SequenceEqual(run.Queries.Select(q => q.Id), StringComparer.Ordinal))
        {
            throw new ArgumentException($"The runs '{baseline.Name}' and '{run.Name}' have different queries; give two runs on the same ones.", nameof(run));
        }

        HashSet<string> both = [.. baseline.Queries.Zip(run.Queries).Where(p => p.First.Values.ContainsKey(measure) && p.Second.Values.ContainsKey(measure)).Select(p => p.First.Id)];
        (baseline, run) = (Only(baseline, both), Only(run, both));
        var (first, second) = RunResult.IsLowerBetter(measure) ? (run.Values(measure), baseline.Values(measure)) : (baseline.Values(measure), run.Values(measure));
        double[] differences = [.. first.Zip(second, (a, b) => b - a)];
        return new(baseline, run, differences, BootstrapInterval.OfMean(differences), PairedTTest.Of(first, second), RandomisationTest.P(first, second));
    }

    private static RunResult Only(RunResult run, HashSet<string> ids) => new(run.Collection, run.Name, [.. run.Queries.Where(q => ids.Contains(q.Id))]);
}
