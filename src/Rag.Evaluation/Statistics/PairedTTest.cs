namespace Rag.Evaluation.Statistics;

/// <summary>Whether two systems, measured on the same queries, differ by more than chance: Student's paired t-test ("The Probable Error of a Mean", Biometrika 1908).</summary>
/// <remarks>On differences of retrieval measures it agrees with the randomisation test (Smucker, Allan and Carterette, "A Comparison of Statistical Significance Tests for Information Retrieval Evaluation", CIKM 2007).</remarks>
/// <param name="MeanDifference">Mean of second minus first.</param>
/// <param name="T">The statistic; 0 where no query differs, infinite where all differ by the same.</param>
/// <param name="DegreesOfFreedom">Queries less one.</param>
/// <param name="P">Probability of a difference at least as large, either way, if there were none.</param>
public sealed record PairedTTest(double MeanDifference, double T, int DegreesOfFreedom, double P)
{
    /// <summary>Compares two lists of values of the same queries in the same order.</summary>
    /// <exception cref="ArgumentException">The lists differ in length or have fewer than two values.</exception>
    public static PairedTTest Of(IReadOnlyList<double> first, IReadOnlyList<double> second)
    {
        var differences = Pairs.Differences(first, second);
        var mean = differences.Average();
        var variance = differences.Sum(d => (d - mean) * (d - mean)) / (differences.Length - 1);
        var t = mean == 0 ? 0 : mean / Math.Sqrt(variance / differences.Length);
        return new(mean, t, differences.Length - 1, StudentDistribution.TwoSided(t, differences.Length - 1));
    }
}
