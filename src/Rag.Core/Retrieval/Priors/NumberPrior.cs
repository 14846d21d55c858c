using System.Globalization;

namespace Rag.Retrieval.Priors;

/// <summary>More is better, ever less so: <c>1 + weight * value / (value + pivot)</c>, for a number in a tag such as visits, citations or a grade.</summary>
/// <remarks>The saturating function of Craswell, Robertson, Zaragoza and Taylor, "Relevance weighting for query independent evidence", SIGIR 2005, as a factor. What has no number, or one below 0, counts as 0.</remarks>
public sealed class NumberPrior : IPrior
{
    private readonly string _tag;
    private readonly double _pivot;
    private readonly double _weight;

    /// <summary>By a tag.</summary>
    /// <param name="tag">Name of the tag.</param>
    /// <param name="pivot">The value that earns half of the bonus, above 0; a usual value is a good one.</param>
    /// <param name="weight">The bonus of an endless value, as a share of the score, at least 0. Default 1: it doubles.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="pivot"/> or <paramref name="weight"/> is out of its range.</exception>
    public NumberPrior(string tag, double pivot, double weight = 1)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(tag);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(pivot);
        ArgumentOutOfRangeException.ThrowIfNegative(weight);
        (_tag, _pivot, _weight) = (tag, pivot, weight);
    }

    /// <inheritdoc/>
    public Task<IReadOnlyList<double>> FactorsAsync(Query query, IReadOnlyList<Chunk> chunks, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(chunks);
        cancellationToken.ThrowIfCancellationRequested();
        return Task.FromResult<IReadOnlyList<double>>([.. chunks.Select(chunk => 1 + (_weight * Saturated(chunk.Tags.GetValueOrDefault(_tag))))]);
    }

    private double Saturated(string? text) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var value) && double.IsFinite(value) && value > 0 ? 1 / (1 + (_pivot / value)) : 0;
}
