using System.Globalization;

namespace Rag.Evaluation.Trec;

/// <summary>How well a set of runs did, query by query and measure by measure: what a value is compared with when it is told as a z-score.</summary>
/// <param name="Scores">Of each query and measure (trec_eval's name), the mean and the standard deviation over the runs.</param>
public sealed record ReferenceScores(IReadOnlyDictionary<(string Query, string Measure), (double Mean, double Deviation)> Scores)
{
    /// <summary>What stands for a z-score that cannot be said, as trec_eval has it: so low that no mean over queries hides it.</summary>
    public const double Missing = -1_000_000;

    /// <summary>Reads the file of <c>trec_eval -Z</c>: a line <c>query measure mean deviation</c> each, any white space between. Empty lines are left out.</summary>
    /// <param name="path">The file, in UTF-8.</param>
    /// <param name="cancellationToken">Stops reading.</param>
    /// <exception cref="EvaluationFileException">A line has another form, a number is none, a deviation is below 0, or a measure comes twice for a query.</exception>
    public static async Task<ReferenceScores> ReadAsync(string path, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        Dictionary<(string, string), (double, double)> scores = [];
        var number = 0;
        await foreach (var line in File.ReadLinesAsync(path, cancellationToken))
        {
            number++;
            if (string.IsNullOrWhiteSpace(line))
            {
                continue;
            }

            var fields = line.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
            if (fields is not [var query, var measure, var mean, var deviation] || Number(mean) is not { } center || Number(deviation) is not { } spread || spread < 0)
            {
                throw new EvaluationFileException(path, number, $"'{line}' is not a query, a measure, a mean and a deviation of 0 or more");
            }

            if (!scores.TryAdd((query, measure), (center, spread)))
            {
                throw new EvaluationFileException(path, number, $"measure '{measure}' comes twice for query '{query}'; leave one of the lines out");
            }
        }

        return new(scores);
    }

    /// <summary>By how many standard deviations a value is above the mean of the runs; <see cref="Missing"/> where there is none of the query and measure, or all runs agree on another value.</summary>
    public double ZScore(string query, string measure, double value) => Scores.TryGetValue((query, measure), out var runs)
        ? runs.Deviation > 0 ? (value - runs.Mean) / runs.Deviation : value == runs.Mean ? 0 : Missing
        : Missing;

    private static double? Number(string text) => double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && double.IsFinite(number) ? number : null;
}
