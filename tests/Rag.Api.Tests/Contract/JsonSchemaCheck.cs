using System.Globalization;
using System.Text.Json;

namespace Rag.Api.Tests.Contract;

/// <summary>Whether a value is what a schema says, for the part of JSON Schema 2020-12 that the document uses; any other word is an error, so that nothing is passed over.</summary>
internal sealed class JsonSchemaCheck(JsonElement document)
{
    /// <summary>What is wrong, each with its place; nothing where the value is right.</summary>
    public IEnumerable<string> Faults(JsonElement schema, JsonElement value, string place = "$")
    {
        if (schema.ValueKind is JsonValueKind.True or JsonValueKind.False)
        {
            return schema.ValueKind == JsonValueKind.True ? [] : [$"{place}: nothing may stand here"];
        }

        return schema.EnumerateObject().SelectMany(word => word.Name switch
        {
            "$ref" => Faults(Resolve(word.Value.GetString()!), value, place),
            "anyOf" => word.Value.EnumerateArray().Any(s => !Faults(s, value, place).Any()) ? [] : [$"{place}: none of {word.Value}"],
            "type" => (word.Value.ValueKind == JsonValueKind.Array ? word.Value.EnumerateArray().ToArray() : [word.Value]).Any(t => IsOf(t.GetString()!, value)) ? [] : [$"{place}: {value.ValueKind} is not {word.Value}"],
            "properties" => value.ValueKind == JsonValueKind.Object ? word.Value.EnumerateObject().SelectMany(p => value.TryGetProperty(p.Name, out var member) ? Faults(p.Value, member, $"{place}.{p.Name}") : []) : [],
            "required" => value.ValueKind == JsonValueKind.Object ? word.Value.EnumerateArray().Where(n => !value.TryGetProperty(n.GetString()!, out _)).Select(n => $"{place}: {n} is missing") : [],
            "additionalProperties" => value.ValueKind == JsonValueKind.Object ? value.EnumerateObject().Where(m => !schema.TryGetProperty("properties", out var known) || !known.TryGetProperty(m.Name, out _)).SelectMany(m => Faults(word.Value, m.Value, $"{place}.{m.Name}")) : [],
            "items" => value.ValueKind == JsonValueKind.Array ? value.EnumerateArray().SelectMany((item, i) => Faults(word.Value, item, $"{place}[{i}]")) : [],
            "format" => word.Value.GetString() != "date-time" || DateTimeOffset.TryParse(value.GetString(), CultureInfo.InvariantCulture, out _) ? [] : [$"{place}: {value} is no time"],
            "default" or "description" => [],
            _ => throw new NotSupportedException($"The check does not know the word '{word.Name}'. Teach it."),
        });
    }

    /// <summary>Members of an object that its schema does not name, at any depth.</summary>
    public IEnumerable<string> Unnamed(JsonElement schema, JsonElement value, string place = "$") => (Whole(schema), value.ValueKind) switch
    {
        ({ ValueKind: JsonValueKind.Object } whole, JsonValueKind.Object) when whole.TryGetProperty("properties", out var known) =>
            value.EnumerateObject().SelectMany(m => known.TryGetProperty(m.Name, out var inner) ? Unnamed(inner, m.Value, $"{place}.{m.Name}") : [$"{place}.{m.Name}"]),
        ({ ValueKind: JsonValueKind.Object } whole, JsonValueKind.Array) when whole.TryGetProperty("items", out var items) => value.EnumerateArray().SelectMany((item, i) => Unnamed(items, item, $"{place}[{i}]")),
        _ => [],
    };

    /// <summary>What a reference of the document leads to.</summary>
    public JsonElement Resolve(string reference) => reference.StartsWith("#/", StringComparison.Ordinal)
        ? reference[2..].Split('/').Aggregate(document, (at, name) => at.GetProperty(name))
        : throw new NotSupportedException($"'{reference}' leads out of the document.");

    private JsonElement Whole(JsonElement schema) =>
        schema.ValueKind == JsonValueKind.Object && schema.TryGetProperty("$ref", out var reference) ? Resolve(reference.GetString()!)
        : schema.ValueKind == JsonValueKind.Object && schema.TryGetProperty("anyOf", out var any) ? Whole(any[0])
        : schema;

    private static bool IsOf(string type, JsonElement value) => type switch
    {
        "object" => value.ValueKind == JsonValueKind.Object,
        "array" => value.ValueKind == JsonValueKind.Array,
        "string" => value.ValueKind == JsonValueKind.String,
        "number" => value.ValueKind == JsonValueKind.Number,
        "integer" => value.ValueKind == JsonValueKind.Number && value.TryGetDecimal(out var number) && number == decimal.Truncate(number),
        "boolean" => value.ValueKind is JsonValueKind.True or JsonValueKind.False,
        "null" => value.ValueKind == JsonValueKind.Null,
        _ => throw new NotSupportedException($"'{type}' is no type of JSON Schema."),
    };
}
