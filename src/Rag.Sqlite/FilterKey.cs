using System.Text.Json;

namespace Rag.Sqlite;

/// <summary>A filter and groups as a string: the same for the same filter, so that what it hides is found out once.</summary>
internal static class FilterKey
{
    public static string Of(Filter filter, IEnumerable<string> groups) => JsonSerializer.Serialize(new object?[] { Node(filter), groups.Order(StringComparer.Ordinal) });

    private static object?[] Node(Filter filter) => filter switch
    {
        Filter.In f => ["in", f.Field, f.Values],
        Filter.Range f => ["range", f.Field, f.Min, f.Max],
        Filter.And f => ["and", .. f.Parts.Select(Node)],
        Filter.Or f => ["or", .. f.Parts.Select(Node)],
        Filter.Not f => ["not", Node(f.Part)],
        _ => throw new NotSupportedException($"Filter case {filter.GetType().Name} is not known here; add it to FilterKey."),
    };
}
