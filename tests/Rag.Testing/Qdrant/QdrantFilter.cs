using System.Text.Json.Nodes;

namespace Rag.Testing.Qdrant;

/// <summary>Qdrant's filters over a point's payload, as its documentation says: must, should, must_not, match, range, is_empty, nested filters.</summary>
public static class QdrantFilter
{
    public static bool Matches(JsonNode? filter, JsonObject point)
    {
        if (filter is not JsonObject f)
        {
            return true;
        }

        if (f["is_empty"] is { } empty)
        {
            return !Values(point, (string)empty["key"]!).Any();
        }

        if (f["key"] is { } key)
        {
            var values = Values(point, (string)key!);
            return f["match"] is { } match ? values.Any(v => IsMatch(match, v)) : values.Any(v => InRange(f["range"]!, v));
        }

        return List(f["must"]).All(c => Matches(c, point))
            && (List(f["should"]).Count == 0 || List(f["should"]).Any(c => Matches(c, point)))
            && !List(f["must_not"]).Any(c => Matches(c, point));
    }

    /// <summary>The values of a field: those of an array one by one, none where it is absent, null or an empty array.</summary>
    public static IEnumerable<JsonNode> Values(JsonObject point, string key) => point["payload"]?[key] switch
    {
        null => [],
        JsonArray many => many.OfType<JsonNode>(),
        var one => [one],
    };

    private static JsonArray List(JsonNode? conditions) => conditions switch
    {
        null => [],
        JsonArray many => many,
        var one => [one.DeepClone()],
    };

    private static bool IsMatch(JsonNode match, JsonNode value) => match["any"] is JsonArray any
        ? any.Any(a => JsonNode.DeepEquals(a, value))
        : JsonNode.DeepEquals(match["value"], value);

    private static bool InRange(JsonNode range, JsonNode value) =>
        value.GetValueKind() == System.Text.Json.JsonValueKind.Number && (double)value is var number
        && (range["gte"] is not { } gte || number >= (double)gte) && (range["gt"] is not { } gt || number > (double)gt)
        && (range["lte"] is not { } lte || number <= (double)lte) && (range["lt"] is not { } lt || number < (double)lt);
}
