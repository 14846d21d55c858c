using System.Globalization;
using Rag.Storage;

namespace Rag.Retrieval.Priors;

/// <summary>Newer is better: <c>1 - weight + weight * 0.5^(age / half-life)</c>.</summary>
/// <remarks>The exponential prior of Li and Croft, "Time-based language models", CIKM 2003, of which a part of the score is exempt. What is dated in the future is new, what has no date is as good as the oldest.</remarks>
public sealed class RecencyPrior : IPrior
{
    /// <summary>Weight where nothing else is said: the oldest keeps half of its score.</summary>
    public const double DefaultWeight = 0.5;

    private static readonly string[] Forms = ["yyyy", "yyyy-MM", "yyyy-MM-dd", "yyyy-MM-dd'T'HH:mm:ss.FFFFFFFK"];

    private readonly Func<Query, IReadOnlyList<Chunk>, CancellationToken, Task<Func<Chunk, DateTimeOffset?>>> _dates;
    private readonly TimeSpan _halfLife;
    private readonly double _weight;
    private readonly TimeProvider _time;

    /// <summary>By a date in a tag, in ISO form: <c>2021</c>, <c>2021-06</c>, <c>2021-06-30</c> or <c>2021-06-30T12:00:00Z</c>, in UTC where it does not say.</summary>
    /// <param name="tag">Name of the tag.</param>
    /// <param name="halfLife">The age at which half of the bonus of the newest is left, above 0.</param>
    /// <param name="weight">Share of the score that age can take away, 0 to less than 1. Default <see cref="DefaultWeight"/>.</param>
    /// <param name="time">Says what day it is. Default: the system's clock.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="halfLife"/> or <paramref name="weight"/> is out of its range.</exception>
    public RecencyPrior(string tag, TimeSpan halfLife, double weight = DefaultWeight, TimeProvider? time = null)
        : this((_, _, _) => Task.FromResult<Func<Chunk, DateTimeOffset?>>(chunk => Date(chunk.Tags.GetValueOrDefault(tag))), halfLife, weight, time) =>
        ArgumentException.ThrowIfNullOrWhiteSpace(tag);

    /// <summary>By the time at which a document was stored; asks the store for the documents of the passages.</summary>
    /// <param name="store">Knows when.</param>
    /// <param name="halfLife">The age at which half of the bonus of the newest is left, above 0.</param>
    /// <param name="weight">Share of the score that age can take away, 0 to less than 1. Default <see cref="DefaultWeight"/>.</param>
    /// <param name="time">Says what day it is. Default: the system's clock.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="halfLife"/> or <paramref name="weight"/> is out of its range.</exception>
    public RecencyPrior(IChunkStore store, TimeSpan halfLife, double weight = DefaultWeight, TimeProvider? time = null)
        : this(
            async (query, chunks, cancellationToken) =>
            {
                var stored = (await store.FindDocumentsAsync([.. chunks.Select(c => c.DocumentId).Distinct()], query.Tenant, cancellationToken)).ToDictionary(d => d.Id, d => d.IngestedAt, StringComparer.Ordinal);
                return chunk => stored.TryGetValue(chunk.DocumentId, out var at) ? at : null;
            },
            halfLife, weight, time) => ArgumentNullException.ThrowIfNull(store);

    private RecencyPrior(Func<Query, IReadOnlyList<Chunk>, CancellationToken, Task<Func<Chunk, DateTimeOffset?>>> dates, TimeSpan halfLife, double weight, TimeProvider? time)
    {
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(halfLife, TimeSpan.Zero);
        ArgumentOutOfRangeException.ThrowIfNegative(weight);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(weight, 1);
        (_dates, _halfLife, _weight, _time) = (dates, halfLife, weight, time ?? TimeProvider.System);
    }

    /// <inheritdoc/>
    public async Task<IReadOnlyList<double>> FactorsAsync(Query query, IReadOnlyList<Chunk> chunks, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(query);
        ArgumentNullException.ThrowIfNull(chunks);
        cancellationToken.ThrowIfCancellationRequested();
        var (date, now) = (await _dates(query, chunks, cancellationToken), _time.GetUtcNow());
        return [.. chunks.Select(chunk => 1 - _weight + (_weight * (date(chunk) is { } at ? Math.Pow(0.5, Math.Max(0, (now - at) / _halfLife)) : 0)))];
    }

    private static DateTimeOffset? Date(string? text) =>
        DateTimeOffset.TryParseExact(text, Forms, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var date) ? date : null;
}
