namespace Rag.Evaluation.Measures;

/// <summary>A number that says how good a ranked list is.</summary>
/// <typeparam name="TRanking">What it looks at: a <see cref="JudgedRanking"/> or a <see cref="PreferenceRanking"/>.</typeparam>
/// <param name="Name">Its name, as trec_eval prints it.</param>
/// <param name="Of">The value for one query; 0 where the list or the judgements are empty. Pure.</param>
public sealed record Measure<TRanking>(string Name, Func<TRanking, double> Of)
{
    // trec_eval's MIN_GEO_MEAN: a single query with 0 must not make the mean 0.
    private const double LeastInGeometricMean = 0.00001;

    /// <summary>How queries are brought together. Default the arithmetic mean.</summary>
    public Summary Summary { get; init; } = Summary.Mean;

    /// <summary>The value for several queries; 0 where there are none.</summary>
    public double Over(IReadOnlyCollection<double> values)
    {
        ArgumentNullException.ThrowIfNull(values);
        return (values.Count, Summary) switch
        {
            (0, _) => 0,
            (_, Summary.Sum) => values.Sum(),
            (_, Summary.GeometricMean) => Math.Exp(values.Average(v => Math.Log(Math.Max(v, LeastInGeometricMean)))),
            _ => values.Average(),
        };
    }
}

/// <summary>How the values of queries become one.</summary>
public enum Summary
{
    /// <summary>The arithmetic mean.</summary>
    Mean,

    /// <summary>The sum, for counts.</summary>
    Sum,

    /// <summary>The geometric mean, values below 0.00001 taken as that (Robertson, "On GMAP", CIKM 2006).</summary>
    GeometricMean,
}
