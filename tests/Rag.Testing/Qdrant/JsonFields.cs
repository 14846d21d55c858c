using System.Numerics;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Rag.Testing.Qdrant;

/// <summary>Fields of a request's body; what is not of the expected form is refused as the server refuses it.</summary>
internal static class JsonFields
{
    public static JsonNode Required(this JsonNode node, string name) =>
        node.Optional(name) ?? throw QdrantRefusalException.Format($"missing field `{name}`");

    /// <summary>The field, or null where it is absent, null, or <paramref name="node"/> is no object.</summary>
    public static JsonNode? Optional(this JsonNode? node, string name) => node is JsonObject fields ? fields[name] : null;

    public static string Text(this JsonNode node, string name) => IsText(node.Required(name), out var text) ? text : throw Wrong(name, "a string");

    public static bool IsText(JsonNode? node, out string text)
    {
        text = node is JsonValue value && value.GetValueKind() == JsonValueKind.String ? value.GetValue<string>() : "";
        return node is JsonValue v && v.GetValueKind() == JsonValueKind.String;
    }

    public static bool? Flag(JsonNode? node) => node?.GetValueKind() switch
    {
        JsonValueKind.True => true,
        JsonValueKind.False => false,
        _ => null,
    };

    public static double? Number(JsonNode? node) => node is JsonValue value && value.GetValueKind() == JsonValueKind.Number ? value.GetValue<double>() : null;

    /// <summary>A count of at least <paramref name="least"/>.</summary>
    public static int Count(this JsonNode node, string name, int fallback, int least = 1)
    {
        var field = node.Optional(name);
        if (field is null)
        {
            return fallback;
        }

        if (field is not JsonValue value || value.GetValueKind() != JsonValueKind.Number || !value.TryGetValue<long>(out var count) || count < 0)
        {
            throw Wrong(name, "an unsigned integer");
        }

        return count >= least ? (int)Math.Min(count, int.MaxValue) : throw QdrantRefusalException.Validation($"{name}: value {count} invalid, must be {least} or larger");
    }

    public static T[] Numbers<T>(JsonNode? node, string name)
        where T : struct, INumber<T>
    {
        if (node is not JsonArray array)
        {
            throw Wrong(name, "a sequence of numbers");
        }

        return [.. array.Select(n => n is JsonValue value && value.GetValueKind() == JsonValueKind.Number && value.TryGetValue<T>(out var number) ? number : throw Wrong(name, "a number"))];
    }

    public static IReadOnlyList<string> Texts(JsonNode? node, string name) =>
        node is JsonArray array ? [.. array.Select(n => IsText(n, out var text) ? text : throw Wrong(name, "a string"))] : throw Wrong(name, "a sequence of strings");

    /// <summary>What stands there once or several times, as one list; null where nothing does.</summary>
    public static IReadOnlyList<JsonNode>? OneOrMany(JsonNode? node) => node switch
    {
        null => null,
        JsonArray array => [.. array.Select(n => n ?? throw QdrantRefusalException.Format("invalid type: null"))],
        _ => [node],
    };

    public static JsonArray Array<T>(IEnumerable<T> values) => [.. values.Select(v => JsonValue.Create(v))];

    private static QdrantRefusalException Wrong(string name, string expected) => QdrantRefusalException.Format($"invalid value for `{name}`, expected {expected}");
}
