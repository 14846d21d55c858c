using System.Globalization;

namespace Rag;

/// <summary>Says which documents may be found. A closed set of cases; build them with the static members or parse an expression with <see cref="FilterParser"/>.</summary>
/// <remarks>
/// Fields: <c>document</c> (its id), <c>path</c>, <c>type</c> (media type), <c>language</c>, <c>tenant</c>, <c>group</c>; every other name is a tag, or else what an enricher found (<see cref="Document.Findings"/>).
/// Names and values compare ordinally. A field that a document lacks equals nothing and lies in no range. Immutable, safe for concurrent use.
/// </remarks>
public abstract record Filter
{
    private Filter()
    {
    }

    /// <summary>Matches every document.</summary>
    public static Filter All { get; } = new And([]);

    /// <summary>Matches documents whose field has exactly this value.</summary>
    public static Filter Equal(string field, string value) => new In(field, [value]);

    /// <summary>Matches documents that have the field, whatever its value.</summary>
    public static Filter Has(string field) => new Range(field, null, null);

    /// <summary>The field has one of the values.</summary>
    /// <param name="Field">Field or tag name.</param>
    /// <param name="Values">Accepted values; none matches nothing.</param>
    public sealed record In(string Field, IReadOnlyList<string> Values) : Filter;

    /// <summary>The field lies between two bounds. Numbers compare as numbers where both sides are numbers, otherwise ordinally, which orders ISO dates.</summary>
    /// <param name="Field">Field or tag name.</param>
    /// <param name="Min">Lower bound, or <see langword="null"/> for none.</param>
    /// <param name="Max">Upper bound, or <see langword="null"/> for none.</param>
    public sealed record Range(string Field, Bound? Min, Bound? Max) : Filter;

    /// <summary>All parts match; without parts, everything does.</summary>
    /// <param name="Parts">The parts.</param>
    public sealed record And(IReadOnlyList<Filter> Parts) : Filter;

    /// <summary>At least one part matches; without parts, nothing does.</summary>
    /// <param name="Parts">The parts.</param>
    public sealed record Or(IReadOnlyList<Filter> Parts) : Filter;

    /// <summary>The part does not match.</summary>
    /// <param name="Part">The part.</param>
    public sealed record Not(Filter Part) : Filter;

    /// <summary>One end of a range.</summary>
    /// <param name="Value">The value at the end.</param>
    /// <param name="Inclusive">Whether the value itself lies in the range.</param>
    public sealed record Bound(string Value, bool Inclusive = true);

    /// <summary>Whether a document with these field values matches.</summary>
    /// <param name="valuesOf">The values of a field, none when the document lacks it; <c>group</c> may have several.</param>
    public bool Matches(Func<string, IReadOnlyList<string>> valuesOf)
    {
        ArgumentNullException.ThrowIfNull(valuesOf);
        return this switch
        {
            In f => valuesOf(f.Field).Any(v => f.Values.Contains(v, StringComparer.Ordinal)),
            Range f => valuesOf(f.Field).Any(v => Above(v, f.Min) && Below(v, f.Max)),
            And f => f.Parts.All(p => p.Matches(valuesOf)),
            Or f => f.Parts.Any(p => p.Matches(valuesOf)),
            Not f => !f.Part.Matches(valuesOf),
            _ => throw new NotSupportedException($"Filter case {GetType().Name} is not known here; add it to Filter.Matches."),
        };
    }

    /// <summary>The values of a document's field, as <see cref="Matches"/> wants them.</summary>
    public static IReadOnlyList<string> ValuesOf(Document document, string field)
    {
        ArgumentNullException.ThrowIfNull(document);
        return field switch
        {
            "document" => [document.Id],
            "path" => Optional(document.Path),
            "type" => [document.MediaType],
            "language" => Optional(document.Language),
            "tenant" => [document.Tenant],
            "group" => document.Groups,
            _ when document.Tags.TryGetValue(field, out var tag) => [tag],
            _ => [.. document.Findings.Where(f => f.Name == field && f.Value.Length <= DocumentFinding.MaxFiltered).Select(f => f.Value)],
        };
    }

    private static IReadOnlyList<string> Optional(string? value) => value is null ? [] : [value];

    private static bool Above(string value, Bound? min) => min is null || (Compare(value, min.Value) is var c && (c > 0 || (c == 0 && min.Inclusive)));

    private static bool Below(string value, Bound? max) => max is null || (Compare(value, max.Value) is var c && (c < 0 || (c == 0 && max.Inclusive)));

    private static int Compare(string left, string right) =>
        double.TryParse(left, NumberStyles.Float, CultureInfo.InvariantCulture, out var a) && double.TryParse(right, NumberStyles.Float, CultureInfo.InvariantCulture, out var b)
            ? a.CompareTo(b)
            : string.CompareOrdinal(left, right);
}
