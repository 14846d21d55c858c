using System.Text.Json;

namespace Rag.Llama.Grammars;

/// <summary>Writes the values that <c>enum</c> and <c>const</c> list.</summary>
internal static class SchemaLiterals
{
    /// <param name="schema">With one of the two keywords or both.</param>
    /// <param name="constant">The value of <c>const</c>; undefined without.</param>
    /// <param name="listed">The value of <c>enum</c>; undefined without.</param>
    /// <param name="types">Those that the schema allows.</param>
    /// <param name="keywords">Those of the schema that mean something.</param>
    /// <param name="path">The schema's.</param>
    public static string Choice(JsonElement schema, JsonElement constant, JsonElement listed, List<string> types, List<string> keywords, string path)
    {
        if (keywords.Find(keyword => keyword is not ("const" or "enum" or "type" or "nullable")) is { } other)
        {
            throw new GrammarException($"The keyword '{other}' stands beside listed values, which is not supported. Leave it out, and list only values that fit it.", $"{path}/{other}");
        }

        var values = listed.ValueKind == JsonValueKind.Undefined ? [constant] : SchemaRead.Array(listed, $"{path}/enum").ToList();
        if (constant.ValueKind != JsonValueKind.Undefined)
        {
            values.RemoveAll(value => !JsonElement.DeepEquals(value, constant));
        }

        if (keywords.Contains("nullable") && values.TrueForAll(value => value.ValueKind != JsonValueKind.Null))
        {
            values.Add(JsonElement.Parse("null"));
        }

        var typed = schema.TryGetProperty("type", out _) ? values.Where(value => Fits(value, types)).ToList() : values;
        return typed.Count > 0
            ? GbnfWriter.Choice(typed.Select(value => GbnfWriter.Literal(JsonText.Of(value))))
            : throw new GrammarException($"None of the listed values has the type {string.Join(" or ", types)}, so nothing fits. Correct the type or the values.", path);
    }

    private static bool Fits(JsonElement value, List<string> types) => value.ValueKind switch
    {
        JsonValueKind.Object => types.Contains("object"),
        JsonValueKind.Array => types.Contains("array"),
        JsonValueKind.String => types.Contains("string"),
        JsonValueKind.Null => types.Contains("null"),
        JsonValueKind.Number => types.Contains("number") || (types.Contains("integer") && value.TryGetDecimal(out var number) && number == Math.Truncate(number)),
        _ => types.Contains("boolean"),
    };
}
