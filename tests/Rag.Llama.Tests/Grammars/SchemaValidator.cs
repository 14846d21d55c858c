using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace Rag.Llama.Tests.Grammars;

/// <summary>Whether a value fits a schema, keyword by keyword as the specification says; only those of <see cref="RandomSchema"/>.</summary>
internal sealed class SchemaValidator(JsonElement root)
{
    public bool Fits(JsonElement value) => Fits(root, value);

    private bool Fits(JsonElement schema, JsonElement value) => schema.EnumerateObject().All(keyword => keyword.Name switch
    {
        "$ref" => Fits(root.GetProperty("$defs").GetProperty("node"), value),
        "$defs" => true,
        "type" => keyword.Value.ValueKind == JsonValueKind.Array
            ? keyword.Value.EnumerateArray().Any(type => IsOfType(type.GetString()!, value))
            : IsOfType(keyword.Value.GetString()!, value),
        "enum" => keyword.Value.EnumerateArray().Any(listed => JsonElement.DeepEquals(listed, value)),
        "const" => JsonElement.DeepEquals(keyword.Value, value),
        "anyOf" or "oneOf" => keyword.Value.EnumerateArray().Any(branch => Fits(branch, value)),
        "allOf" => keyword.Value.EnumerateArray().All(branch => Fits(branch, value)),
        _ => value.ValueKind switch
        {
            JsonValueKind.Object => FitsObject(schema, keyword, value),
            JsonValueKind.Array => FitsArray(schema, keyword, value),
            JsonValueKind.String => FitsString(keyword, value.GetString()!),
            JsonValueKind.Number => FitsNumber(keyword, value.GetDecimal()),
            _ => true,
        },
    });

    private static bool IsOfType(string type, JsonElement value) => type switch
    {
        "integer" => value.ValueKind == JsonValueKind.Number && value.GetDecimal() == Math.Truncate(value.GetDecimal()),
        "boolean" => value.ValueKind is JsonValueKind.True or JsonValueKind.False,
        _ => string.Equals(type, value.ValueKind.ToString(), StringComparison.OrdinalIgnoreCase),
    };

    private bool FitsObject(JsonElement schema, JsonProperty keyword, JsonElement value) => keyword.Name switch
    {
        "required" => keyword.Value.EnumerateArray().All(name => value.TryGetProperty(name.GetString()!, out _)),
        "properties" => value.EnumerateObject().All(property => !keyword.Value.TryGetProperty(property.Name, out var inner) || Fits(inner, property.Value)),
        "additionalProperties" => value.EnumerateObject().All(property => schema.GetProperty("properties").TryGetProperty(property.Name, out _) || Fits(keyword.Value, property.Value)),
        _ => true,
    };

    private bool FitsArray(JsonElement schema, JsonProperty keyword, JsonElement value) => keyword.Name switch
    {
        "minItems" => value.GetArrayLength() >= keyword.Value.GetInt32(),
        "maxItems" => value.GetArrayLength() <= keyword.Value.GetInt32(),
        "prefixItems" => value.EnumerateArray().Zip(keyword.Value.EnumerateArray()).All(pair => Fits(pair.Second, pair.First)),
        "items" => value.EnumerateArray().Skip(schema.TryGetProperty("prefixItems", out var prefix) ? prefix.GetArrayLength() : 0).All(item => Fits(keyword.Value, item)),
        _ => true,
    };

    private static bool FitsString(JsonProperty keyword, string value) => keyword.Name switch
    {
        "minLength" => value.EnumerateRunes().Count() >= keyword.Value.GetInt32(),
        "maxLength" => value.EnumerateRunes().Count() <= keyword.Value.GetInt32(),
        "pattern" => Regex.IsMatch(value, keyword.Value.GetString()!),
        "format" => keyword.Value.GetString() switch
        {
            "date" => DateOnly.TryParseExact(value, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out _),
            "time" => DateTimeOffset.TryParse("2000-01-02T" + value, CultureInfo.InvariantCulture, out _),
            "date-time" => DateTimeOffset.TryParse("2000" + value[4..].Replace("-02-29", "-02-28", StringComparison.Ordinal), CultureInfo.InvariantCulture, out _) && value[..4] != "0000",
            _ => Guid.TryParseExact(value, "D", out _),
        },
        _ => true,
    };

    private static bool FitsNumber(JsonProperty keyword, decimal value) => keyword.Name switch
    {
        "minimum" => value >= keyword.Value.GetDecimal(),
        "maximum" => value <= keyword.Value.GetDecimal(),
        _ => true,
    };
}
