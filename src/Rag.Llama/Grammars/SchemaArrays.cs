using System.Text.Json;

namespace Rag.Llama.Grammars;

/// <summary>Writes the arrays that fit a schema.</summary>
internal static class SchemaArrays
{
    public static string Convert(JsonElement schema, string path, SchemaConverter converter, GbnfWriter writer)
    {
        var (first, rest) = Items(schema, path, converter);
        var (min, max) = (SchemaRead.Count(schema, "minItems", path) ?? 0, SchemaRead.Count(schema, "maxItems", path));
        if (max < min || (rest is null && min > first.Count))
        {
            throw new GrammarException($"No array has at least {min} items and at most {Math.Min(max ?? int.MaxValue, rest is null ? first.Count : int.MaxValue)}. Correct the counts, or say what 'items' are.", path);
        }

        first = [.. first.Take(max ?? first.Count)];
        if (first.Count == 0 && rest == JsonRules.Value && min == 0 && max is null)
        {
            return JsonRules.Array;
        }

        var items = Nest(first, rest, min, max);
        return writer.Rule("array", items.Length == 0 ? $"\"[\" {JsonRules.Space} \"]\"" : $"\"[\" {JsonRules.Space} {items} \"]\"");
    }

    /// <summary>The items that have their own schemas, and what follows them; null if nothing may.</summary>
    private static (List<string> First, string? Others) Items(JsonElement schema, string path, SchemaConverter converter)
    {
        var (prefixKeyword, restKeyword) = ("prefixItems", "items");
        if (schema.TryGetProperty("items", out var items) && items.ValueKind == JsonValueKind.Array)
        {
            (prefixKeyword, restKeyword) = ("items", "additionalItems"); // draft 7
        }

        var first = schema.TryGetProperty(prefixKeyword, out var prefix)
            ? SchemaRead.Array(prefix, $"{path}/{prefixKeyword}").Select((item, index) => converter.Convert(item, $"{path}/{prefixKeyword}/{index}")).ToList()
            : [];
        if (!schema.TryGetProperty(restKeyword, out var rest))
        {
            return (first, first.Count > 0 ? null : JsonRules.Value);
        }

        return (first, rest.ValueKind == JsonValueKind.False ? null : converter.Convert(rest, $"{path}/{restKeyword}"));
    }

    /// <summary>All items with the space before the closing bracket: each optional one holds those after it.</summary>
    private static string Nest(List<string> first, string? rest, int min, int? max)
    {
        var left = max - first.Count;
        var tail = rest is null || left == 0 ? "" : Repeat(rest, Math.Max(0, min - first.Count), left, isFirst: first.Count == 0);
        for (var index = first.Count - 1; index >= 0; index--)
        {
            var item = $"{(index == 0 ? "" : JsonRules.Comma + " ")}{first[index]} {tail}";
            tail = index >= min ? $"({item}{(index == 0 ? JsonRules.Space : "")})?" : item;
        }

        return first.Count > 0 && min > 0 ? $"{tail} {JsonRules.Space}" : tail;
    }

    private static string Repeat(string item, int min, int? max, bool isFirst)
    {
        if (!isFirst)
        {
            return $"({JsonRules.Comma} {item}){{{min},{max}}}";
        }

        var items = $"{item} ({JsonRules.Comma} {item}){{{Math.Max(0, min - 1)},{max - 1}}} {JsonRules.Space}";
        return min > 0 ? items : $"({items})?";
    }
}
