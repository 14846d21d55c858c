using System.Globalization;

namespace Rag.Queries;

/// <summary>A field of documents that a question may choose by: a tag, or <c>document</c>, <c>path</c>, <c>type</c> or <c>language</c>.</summary>
public sealed record FilterField
{
    private static readonly string[] DateForms = ["yyyy", "yyyy-MM", "yyyy-MM-dd"];

    /// <summary>Declares a field.</summary>
    /// <param name="name">Its name, as <see cref="Filter"/> knows it.</param>
    /// <param name="description">What it means, for a model. Default empty.</param>
    /// <exception cref="ArgumentException">The name is blank, or <c>tenant</c> or <c>group</c>: what may be seen is not for a question to say.</exception>
    public FilterField(string name, string description = "")
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        ArgumentNullException.ThrowIfNull(description);
        if (name is "tenant" or "group")
        {
            throw new ArgumentException($"The field '{name}' says who may see a document, which no question decides. Set Query.Tenant or Query.Groups.", nameof(name));
        }

        (Name, Description) = (name, description);
    }

    /// <summary>Its name, as <see cref="Filter"/> knows it.</summary>
    public string Name { get; }

    /// <summary>What it means.</summary>
    public string Description { get; }

    /// <summary>What its values are. Default <see cref="FieldKind.Text"/>.</summary>
    public FieldKind Kind { get; init; }

    /// <summary>The values that it may have; where there are none, any of its <see cref="Kind"/>. Default none.</summary>
    public IReadOnlyList<string> Values { get; init; } = [];

    /// <summary>The condition that a model wrote, or <see langword="null"/> where the field does not allow it.</summary>
    internal Filter? Condition(string comparison, IReadOnlyList<string> values)
    {
        if (values.Count == 0 || !values.All(Allows))
        {
            return null;
        }

        return (comparison, values.Count, Kind) switch
        {
            ("=", _, _) => new Filter.In(Name, values),
            ("!=", _, _) => new Filter.Not(new Filter.In(Name, values)),
            (_, > 1, _) or (_, _, FieldKind.Text) => null,
            ("<", _, _) => new Filter.Range(Name, null, new(values[0], Inclusive: false)),
            ("<=", _, _) => new Filter.Range(Name, null, new(values[0])),
            (">", _, _) => new Filter.Range(Name, new(values[0], Inclusive: false), null),
            (">=", _, _) => new Filter.Range(Name, new(values[0]), null),
            _ => null,
        };
    }

    private bool Allows(string value) => (Values.Count == 0 || Values.Contains(value, StringComparer.Ordinal)) && Kind switch
    {
        FieldKind.Number => double.TryParse(value, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && double.IsFinite(number),
        FieldKind.Date => DateOnly.TryParseExact(value, DateForms, CultureInfo.InvariantCulture, DateTimeStyles.None, out _),
        _ => value.Length > 0,
    };
}
