using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Rag.Llama.Grammars;

/// <summary>Joins two schemas into one that says what both say, as allOf means it.</summary>
internal static class SchemaMerge
{
    /// <param name="first">Kept where both say the same, and where the keyword changes nothing.</param>
    /// <param name="second">Added.</param>
    /// <param name="path">Of the place that joins them, for errors.</param>
    public static JsonObject Join(JsonObject first, JsonObject second, string path)
    {
        RefuseClosed(first, second, path);
        RefuseClosed(second, first, path);
        var joined = first.DeepClone().AsObject();
        foreach (var (keyword, value) in second)
        {
            if (!joined.TryGetPropertyValue(keyword, out var known))
            {
                joined[keyword] = value?.DeepClone();
            }
            else if (!JsonNode.DeepEquals(known, value) && !SchemaKeywords.IsAnnotation(keyword))
            {
                joined[keyword] = Both(keyword, known, value, path);
            }
        }

        return joined;
    }

    private static JsonNode? Both(string keyword, JsonNode? first, JsonNode? second, string path)
    {
        switch (keyword)
        {
            case "properties" when first is JsonObject left && second is JsonObject right:
                return Properties(left, right);
            case "required" when first is JsonArray left && second is JsonArray right:
                return new JsonArray([.. left.Concat(right).Select(name => name?.DeepClone())]);
            case "enum" when first is JsonArray left && second is JsonArray right:
                return Shared(left, value => right.Any(other => JsonNode.DeepEquals(value, other)), keyword, path);
            case "type":
                return Types(first, second, path);
            case "items" or "additionalProperties" when first is JsonObject && second is JsonObject:
                return AllOf(first, second);
            case "minimum" or "exclusiveMinimum" or "minLength" or "minItems":
                return Number(first, keyword, path) >= Number(second, keyword, path) ? first!.DeepClone() : second!.DeepClone();
            case "maximum" or "exclusiveMaximum" or "maxLength" or "maxItems":
                return Number(first, keyword, path) <= Number(second, keyword, path) ? first!.DeepClone() : second!.DeepClone();
            default:
                throw new GrammarException($"Schemas joined here say different things with '{keyword}', which cannot be joined. Say it once.", path);
        }
    }

    // strictly, a closed object forbids what the other schema adds, so the two fit nothing or surprise
    private static void RefuseClosed(JsonObject closed, JsonObject other, string path)
    {
        if (closed["additionalProperties"] is not { } additional || additional.GetValueKind() == JsonValueKind.True)
        {
            return;
        }

        var declared = closed["properties"] as JsonObject ?? [];
        if (other["properties"] is JsonObject others && others.FirstOrDefault(property => !declared.ContainsKey(property.Key)).Key is { } extra)
        {
            throw new GrammarException($"Schemas are joined here of which one has 'additionalProperties' and does not declare '{extra}', which the other has. Leave it out, since undeclared properties are refused by default.", path);
        }
    }

    private static JsonObject Properties(JsonObject first, JsonObject second)
    {
        var joined = first.DeepClone().AsObject();
        foreach (var (name, schema) in second)
        {
            joined[name] = !joined.TryGetPropertyValue(name, out var known) || JsonNode.DeepEquals(known, schema) ? schema?.DeepClone() : AllOf(known, schema);
        }

        return joined;
    }

    private static JsonObject AllOf(JsonNode? first, JsonNode? second) => new() { ["allOf"] = new JsonArray(first?.DeepClone(), second?.DeepClone()) };

    private static JsonArray Types(JsonNode? first, JsonNode? second, string path)
    {
        var (left, right) = (Names(first), Names(second));
        return Shared([.. left.Union(right).Select(name => (JsonNode?)name)], type => Has(left, type) && Has(right, type), "type", path);

        static bool Has(List<string> types, JsonNode? type) =>
            types.Contains((string)type!) || ((string)type! == "integer" && types.Contains("number"));
    }

    private static List<string> Names(JsonNode? type) => type is JsonArray several ? [.. several.Select(name => name!.ToString())] : [type!.ToString()];

    private static JsonArray Shared(JsonArray values, Func<JsonNode?, bool> inBoth, string keyword, string path)
    {
        var shared = values.Where(inBoth).Select(value => value?.DeepClone()).ToArray();
        return shared.Length > 0 ? new JsonArray(shared) : throw new GrammarException($"Schemas joined here share no '{keyword}', so nothing fits. Correct one of them.", path);
    }

    private static decimal Number(JsonNode? value, string keyword, string path) =>
        decimal.TryParse(value?.ToJsonString(), NumberStyles.Float, CultureInfo.InvariantCulture, out var number)
            ? number
            : throw new GrammarException($"'{keyword}' must be a number, not {value?.ToJsonString() ?? "null"}. Correct it.", path);
}
