using System.Globalization;
using System.Text.Json;

namespace Rag.Llama.Grammars;

/// <summary>Reads the values of keywords, and says where one has the wrong kind.</summary>
internal static class SchemaRead
{
    public static string Text(JsonElement value, string path) =>
        value.ValueKind == JsonValueKind.String ? value.GetString()! : throw Wrong(value, "a string", path);

    public static IEnumerable<JsonElement> Array(JsonElement value, string path) =>
        value.ValueKind == JsonValueKind.Array && value.GetArrayLength() > 0 ? value.EnumerateArray() : throw Wrong(value, "an array with at least one element", path);

    /// <summary>A count that the keyword of a schema gives, or null where the schema lacks it.</summary>
    public static int? Count(JsonElement schema, string keyword, string path)
    {
        if (!schema.TryGetProperty(keyword, out var value))
        {
            return null;
        }

        var number = Number(value, $"{path}/{keyword}");
        return number >= 0 && number <= GrammarLimits.Repetition && number == Math.Truncate(number)
            ? (int)number
            : throw Wrong(value, $"a whole number from 0 to {GrammarLimits.Repetition}", $"{path}/{keyword}");
    }

    public static decimal Number(JsonElement value, string path) =>
        value.ValueKind == JsonValueKind.Number && decimal.TryParse(value.GetRawText(), NumberStyles.Float, CultureInfo.InvariantCulture, out var number)
            ? number
            : throw Wrong(value, "a number of at most 28 digits", path);

    /// <summary>A property's name as a part of a JSON pointer.</summary>
    public static string Escape(string name) => name.Replace("~", "~0", StringComparison.Ordinal).Replace("/", "~1", StringComparison.Ordinal);

    private static GrammarException Wrong(JsonElement value, string expected, string path) => new($"{expected} was expected, not {value.GetRawText()}. Correct it.", path);
}
