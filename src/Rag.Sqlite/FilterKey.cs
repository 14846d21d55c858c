using System.Globalization;
using System.Text;

namespace Rag.Sqlite;

/// <summary>A filter and groups as a string: the same for the same filter and different for different ones, so that what it hides is found out once.</summary>
internal static class FilterKey
{
    public static string Of(Filter filter, IEnumerable<string> groups)
    {
        var key = new StringBuilder();
        Append(key, filter);
        Append(key, "groups", groups.Order(StringComparer.Ordinal));
        return key.ToString();
    }

    private static void Append(StringBuilder key, Filter filter)
    {
        switch (filter)
        {
            case Filter.In f:
                Append(key, "in", [f.Field, .. f.Values]);
                break;
            case Filter.Range f:
                Append(key, "range", [f.Field, Text(f.Min), Text(f.Max)]);
                break;
            case Filter.And f:
                Append(key, "and", f.Parts);
                break;
            case Filter.Or f:
                Append(key, "or", f.Parts);
                break;
            case Filter.Not f:
                Append(key, "not", [f.Part]);
                break;
            default:
                throw new NotSupportedException($"Filter case {filter.GetType().Name} is not known here; add it to FilterKey.");
        }
    }

    private static void Append(StringBuilder key, string kind, IReadOnlyList<Filter> parts)
    {
        key.Append(kind).Append('(');
        foreach (var part in parts)
        {
            Append(key, part);
        }

        key.Append(')');
    }

    // Each word behind its length, so that no word can be taken for what stands around it.
    private static void Append(StringBuilder key, string kind, IEnumerable<string> words)
    {
        key.Append(kind).Append('(');
        foreach (var word in words)
        {
            key.Append(CultureInfo.InvariantCulture, $"{word.Length}:").Append(word);
        }

        key.Append(')');
    }

    private static string Text(Filter.Bound? bound) => bound is null ? "" : (bound.Inclusive ? "[" : "(") + bound.Value;
}
