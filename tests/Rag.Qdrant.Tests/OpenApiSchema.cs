using System.Text.Json;
using System.Text.Json.Nodes;
using Rag.Testing.Qdrant;

namespace Rag.Qdrant.Tests;

/// <summary>As much of JSON Schema as Qdrant's OpenAPI document uses.</summary>
internal sealed class OpenApiSchema(JsonNode api)
{
    public IEnumerable<string> Faults(QdrantExchange exchange)
    {
        var path = api["paths"]!.AsObject().Where(p => Fits(p.Key, exchange.Path)).OrderBy(p => p.Key.Count(c => c == '{')).Select(p => p.Value).FirstOrDefault();
        if (path?[exchange.Method.ToLowerInvariant()] is not { } operation)
        {
            return [$"no {exchange.Method} {exchange.Path}"];
        }

        var request = operation["requestBody"]?["content"]?["application/json"]?["schema"];
        var response = exchange.Status == 200 ? operation["responses"]?["200"]?["content"]?["application/json"]?["schema"] : null;
        return [.. exchange.Request is null ? [] : Check(exchange.Request, request, $"{exchange.Method} {exchange.Path}"), .. response is null ? [] : Check(exchange.Response, response, $"answer to {exchange.Path}")];
    }

    private static bool Fits(string template, string path)
    {
        var (expected, actual) = (template.Split('/'), path.Split('/'));
        return expected.Length == actual.Length && expected.Zip(actual).All(p => p.First.StartsWith('{') || p.First == p.Second);
    }

    private IEnumerable<string> Check(JsonNode? value, JsonNode? schema, string at)
    {
        if (schema is null || (value is null && (bool?)schema["nullable"] == true))
        {
            return [];
        }

        if (schema["$ref"] is { } reference)
        {
            return Check(value, api["components"]!["schemas"]![((string)reference!).Split('/')[^1]], at);
        }

        var faults = new List<string>();
        foreach (var word in (string[])["anyOf", "oneOf"])
        {
            if (schema[word] is JsonArray choices && choices.All(c => (value is not null || (bool?)c!["nullable"] != true) && (IsOnlyNullable(c!) || Check(value, c, at).Any())))
            {
                faults.Add($"{at} fits none of {word}: {value?.ToJsonString()}");
            }
        }

        faults.AddRange((schema["allOf"] as JsonArray ?? []).SelectMany(part => Check(value, part, at)));
        if (schema["enum"] is JsonArray allowed && !allowed.Any(a => JsonNode.DeepEquals(a, value)))
        {
            faults.Add($"{at} is none of the enum: {value?.ToJsonString()}");
        }

        if ((string?)schema["type"] is { } type && !Is(value, type))
        {
            faults.Add($"{at} is no {type}: {value?.ToJsonString()}");
            return faults;
        }

        if (schema["minimum"] is { } minimum && value!.GetValueKind() == JsonValueKind.Number && (double)value < (double)minimum)
        {
            faults.Add($"{at} is under the minimum {minimum}");
        }

        faults.AddRange(value switch
        {
            JsonArray items => items.SelectMany((item, i) => Check(item, schema["items"], $"{at}[{i}]")),
            JsonObject members => Members(members, schema, at),
            _ => [],
        });
        return faults;
    }

    private IEnumerable<string> Members(JsonObject members, JsonNode schema, string at)
    {
        foreach (var name in schema["required"] as JsonArray ?? [])
        {
            if (!members.ContainsKey((string)name!))
            {
                yield return $"{at} lacks {name}";
            }
        }

        foreach (var (name, member) in members)
        {
            var known = schema["properties"]?[name];
            var other = schema["additionalProperties"];
            if (known is null && (other is JsonValue no && !(bool)no))
            {
                yield return $"{at} has an unknown {name}";
            }

            foreach (var fault in Check(member, known ?? other as JsonObject, $"{at}.{name}"))
            {
                yield return fault;
            }
        }
    }

    private static bool IsOnlyNullable(JsonNode schema) => schema.AsObject() is { Count: 1 } only && only.ContainsKey("nullable");

    private static bool Is(JsonNode? value, string type) => (type, value?.GetValueKind()) switch
    {
        ("object", JsonValueKind.Object) or ("array", JsonValueKind.Array) or ("string", JsonValueKind.String) or ("number", JsonValueKind.Number) => true,
        ("boolean", JsonValueKind.True or JsonValueKind.False) => true,
        ("integer", JsonValueKind.Number) => (double)value! % 1 == 0,
        _ => false,
    };
}
