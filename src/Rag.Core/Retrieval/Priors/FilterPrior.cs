namespace Rag.Retrieval.Priors;

/// <summary>What a filter matches is better, or worse: a preference where <see cref="Query.Filter"/> would be a condition.</summary>
public sealed class FilterPrior : IPrior
{
    private static readonly string[] Unknown = ["type", "tenant", "group"];

    private readonly Filter _filter;
    private readonly double _factor;

    /// <summary>By a filter.</summary>
    /// <param name="filter">Over tags, <c>document</c>, <c>path</c> and <c>language</c>, which a passage knows.</param>
    /// <param name="factor">Factor of what matches, above 0; below 1 lowers it. The rest keeps its score.</param>
    /// <exception cref="ArgumentException">The filter asks for <c>type</c>, <c>tenant</c> or <c>group</c>.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="factor"/> is not above 0, or endless.</exception>
    public FilterPrior(Filter filter, double factor)
    {
        ArgumentNullException.ThrowIfNull(filter);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(factor);
        ArgumentOutOfRangeException.ThrowIfEqual(factor, double.PositiveInfinity);
        if (Fields(filter).FirstOrDefault(Unknown.Contains) is { } unknown)
        {
            throw new ArgumentException($"A passage does not know the '{unknown}' of its document, so it cannot be preferred by it. Use a tag, document, path or language; or set Query.Filter.", nameof(filter));
        }

        (_filter, _factor) = (filter, factor);
    }

    /// <inheritdoc/>
    public Task<IReadOnlyList<double>> FactorsAsync(Query query, IReadOnlyList<Chunk> chunks, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(chunks);
        cancellationToken.ThrowIfCancellationRequested();
        return Task.FromResult<IReadOnlyList<double>>([.. chunks.Select(chunk => _filter.Matches(field => ValuesOf(chunk, field)) ? _factor : 1)]);
    }

    private static IReadOnlyList<string> ValuesOf(Chunk chunk, string field)
    {
        var value = field switch
        {
            "document" => chunk.DocumentId,
            "path" => chunk.Path,
            "language" => chunk.Language,
            _ => chunk.Tags.GetValueOrDefault(field),
        };
        return value is null ? [] : [value];
    }

    private static IEnumerable<string> Fields(Filter filter) => filter switch
    {
        Filter.In f => [f.Field],
        Filter.Range f => [f.Field],
        Filter.And f => f.Parts.SelectMany(Fields),
        Filter.Or f => f.Parts.SelectMany(Fields),
        Filter.Not f => Fields(f.Part),
        _ => throw new NotSupportedException($"Filter case {filter.GetType().Name} is not known here; add it to FilterPrior.Fields."),
    };
}
