using System.Text.Json;

namespace Rag.Queries;

/// <summary>Reads conditions from what a model wrote, which may be anything.</summary>
internal static class FilterReply
{
    private const int MaxConditions = 16;

    /// <summary>The conditions, or <see langword="null"/> where the reply is not JSON of the right form or uses anything that is not declared.</summary>
    public static IReadOnlyList<Filter>? Read(string reply, IReadOnlyList<FilterField> fields)
    {
        // Models like to put JSON between words or fences.
        var (from, to) = (reply.IndexOf('{', StringComparison.Ordinal), reply.LastIndexOf('}'));
        if (from < 0 || to < from)
        {
            return null;
        }

        try
        {
            using var json = JsonDocument.Parse(reply.AsMemory(from, to - from + 1));
            return json.RootElement.TryGetProperty("conditions", out var conditions) && conditions.ValueKind == JsonValueKind.Array && conditions.GetArrayLength() <= MaxConditions
                ? AllOrNone([.. conditions.EnumerateArray().Select(condition => Condition(condition, fields))])
                : null;
        }
        catch (Exception e) when (e is JsonException or ArgumentException or InvalidOperationException) // the last two: half a surrogate pair, plain or escaped
        {
            return null;
        }
    }

    private static IReadOnlyList<Filter>? AllOrNone(IReadOnlyList<Filter?> conditions) => conditions.Contains(null) ? null : [.. conditions.OfType<Filter>()];

    private static Filter? Condition(JsonElement condition, IReadOnlyList<FilterField> fields)
    {
        if (condition.ValueKind != JsonValueKind.Object
            || !condition.TryGetProperty("field", out var field) || field.ValueKind != JsonValueKind.String
            || !condition.TryGetProperty("comparison", out var comparison) || comparison.ValueKind != JsonValueKind.String
            || !condition.TryGetProperty("values", out var values) || values.ValueKind != JsonValueKind.Array)
        {
            return null;
        }

        var named = fields.FirstOrDefault(f => f.Name == field.GetString());
        return values.EnumerateArray().All(v => v.ValueKind is JsonValueKind.String or JsonValueKind.Number)
            ? named?.Condition(comparison.GetString()!, [.. values.EnumerateArray().Select(v => v.ToString())])
            : null;
    }
}
