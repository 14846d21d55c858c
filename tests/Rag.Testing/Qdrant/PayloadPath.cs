using System.Text.Json.Nodes;

namespace Rag.Testing.Qdrant;

/// <summary>A key of a payload: <c>a.b</c> goes into objects, <c>a[].b</c> into each element of an array, <c>a[0]</c> into one, <c>"a.b"</c> is one name.</summary>
internal static class PayloadPath
{
    /// <summary>What lies at the path: nothing, one value, or one for each element.</summary>
    public static IReadOnlyList<JsonNode?> Values(JsonObject payload, string path)
    {
        IEnumerable<JsonNode?> values = [payload];
        foreach (var step in Steps(path))
        {
            values = step switch
            {
                "[]" => values.OfType<JsonArray>().SelectMany(a => a),
                ['[', .. var index, ']'] => values.OfType<JsonArray>().Where(a => int.Parse(index) < a.Count).Select(a => a[int.Parse(index)]),
                _ => values.OfType<JsonObject>().Where(o => o.ContainsKey(step[1..])).Select(o => o[step[1..]]),
            };
        }

        return [.. values];
    }

    /// <summary>The same, where an array at the end counts as its elements.</summary>
    public static IEnumerable<JsonNode?> Elements(JsonObject payload, string path) => Values(payload, path).SelectMany(v => v is JsonArray array ? array : (IEnumerable<JsonNode?>)[v]);

    public static IReadOnlyList<string> Steps(string path)
    {
        var steps = new List<string>();
        for (var at = 0; at < path.Length;)
        {
            if (path[at] == '[')
            {
                var close = path.IndexOf(']', at);
                var index = close < 0 ? "?" : path[(at + 1)..close];
                steps.Add(index.All(char.IsAsciiDigit) ? $"[{index}]" : throw Invalid(path));
                at = close + 1;
            }
            else if (path[at] == '"')
            {
                var close = path.IndexOf('"', at + 1);
                steps.Add(close < 0 ? throw Invalid(path) : "." + path[(at + 1)..close]);
                at = close + 1;
            }
            else
            {
                var end = path.IndexOfAny(['.', '['], at);
                end = end < 0 ? path.Length : end;
                steps.Add(end == at ? throw Invalid(path) : "." + path[at..end]);
                at = end;
            }

            if (at < path.Length && path[at] == '.')
            {
                at = at + 1 < path.Length ? at + 1 : throw Invalid(path);
            }
        }

        return steps.Count > 0 ? steps : throw Invalid(path);
    }

    private static QdrantRefusalException Invalid(string path) => QdrantRefusalException.Format($"Invalid json path: '{path}'");
}
