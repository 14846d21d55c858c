namespace Rag.Evaluation.Statistics;

/// <summary>Where the mean of all queries like these may lie: a percentile bootstrap interval (Efron and Tibshirani, "An Introduction to the Bootstrap", 1993, chapter 13).</summary>
/// <param name="Low">Lower end.</param>
/// <param name="Mean">Mean of the values.</param>
/// <param name="High">Upper end.</param>
public sealed record BootstrapInterval(double Low, double Mean, double High)
{
    /// <summary>The interval of a mean. For a difference of two systems give the differences of their queries.</summary>
    /// <param name="values">One value a query, at least one.</param>
    /// <param name="confidence">Share of such intervals that hold the true mean, above 0 and below 1. Default .95.</param>
    /// <param name="seed">Seed of the sampling; the same seed gives the same interval.</param>
    /// <param name="rounds">Samples, at least 100. Default 10,000.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no value, or a number is out of range.</exception>
    public static BootstrapInterval OfMean(IReadOnlyList<double> values, double confidence = 0.95, int seed = 1, int rounds = 10_000)
    {
        ArgumentNullException.ThrowIfNull(values);
        ArgumentOutOfRangeException.ThrowIfZero(values.Count, nameof(values));
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(confidence);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(confidence, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(rounds, 100);
        var random = new Random(seed);
        var means = new double[rounds];
        for (var round = 0; round < rounds; round++)
        {
            var sum = 0.0;
            for (var i = 0; i < values.Count; i++)
            {
                sum += values[random.Next(values.Count)];
            }

            means[round] = sum / values.Count;
        }

        Array.Sort(means);
        var tail = (1 - confidence) / 2;
        return new(At(means, tail), values.Average(), At(means, 1 - tail));
    }

    // Between neighbours, as most software has quantiles (type 7 of Hyndman and Fan, 1996).
    private static double At(double[] sorted, double share)
    {
        var place = share * (sorted.Length - 1);
        var below = Math.Min((int)place, sorted.Length - 2);
        return sorted[below] + ((place - below) * (sorted[below + 1] - sorted[below]));
    }
}
