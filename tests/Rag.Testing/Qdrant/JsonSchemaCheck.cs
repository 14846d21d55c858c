using System.Text.Json;
using System.Text.Json.Nodes;

namespace Rag.Testing.Qdrant;

/// <summary>What is wrong at a place, such as <c>request.query.limit</c>.</summary>
internal sealed record SchemaFault(string At, string Text);

/// <summary>The part of JSON Schema that OpenAPI 3.0 documents such as Qdrant's use. Unlike there, an object may have no field that its schema does not name, where it names any.</summary>
internal sealed class JsonSchemaCheck(JsonNode document)
{
    // What says nothing about which values are right.
    private static readonly HashSet<string> Remarks = ["description", "example", "format", "default", "deprecated", "title"];

    private static readonly HashSet<string> Rules =
        ["$ref", "nullable", "type", "enum", "anyOf", "oneOf", "allOf", "properties", "required", "additionalProperties", "items", "minimum", "maximum", "minItems", "uniqueItems", "minLength"];

    /// <summary>What is wrong with a value, each fault with its place.</summary>
    public IEnumerable<SchemaFault> Faults(JsonNode? value, JsonNode schema, string at)
    {
        var rules = schema.AsObject();
        if (rules.Select(r => r.Key).FirstOrDefault(r => !Remarks.Contains(r) && !Rules.Contains(r)) is { } unknown)
        {
            throw new NotSupportedException($"The schema at '{schema.GetPath()}' says '{unknown}', which is not checked. Add it to JsonSchemaCheck.");
        }

        if (rules["$ref"] is { } reference)
        {
            return Faults(value, Referenced(reference.GetValue<string>()), at);
        }

        var nullable = rules["nullable"]?.GetValue<bool>() == true;
        if (value is null && nullable)
        {
            return [];
        }

        // Written so, an alternative that is only nullable means null.
        if (nullable && !rules.Any(r => r.Key != "nullable" && Rules.Contains(r.Key)))
        {
            return [new(at, "is not null")];
        }

        return [.. Alternatives(value, rules, at), .. Own(value, rules, at)];
    }

    private IEnumerable<SchemaFault> Alternatives(JsonNode? value, JsonObject rules, string at)
    {
        foreach (var word in (string[])["anyOf", "oneOf"])
        {
            if (rules[word] is JsonArray choices)
            {
                var faults = choices.Select(c => Faults(value, c!, at).ToList()).ToList();
                if (faults.All(f => f.Count > 0))
                {
                    // The alternative that was meant is the one that fails furthest inside.
                    foreach (var fault in faults.MaxBy(f => f.Max(inner => inner.At.Length))!)
                    {
                        yield return fault;
                    }
                }
            }
        }

        foreach (var fault in (rules["allOf"] as JsonArray ?? []).SelectMany(part => Faults(value, part!, at)))
        {
            yield return fault;
        }
    }

    private IEnumerable<SchemaFault> Own(JsonNode? value, JsonObject rules, string at)
    {
        if (rules["type"]?.GetValue<string>() is { } type && !Is(value, type))
        {
            return [new(at, $"is no {type} but {Short(value)}")];
        }

        if (rules["enum"] is JsonArray allowed && !allowed.Any(a => JsonNode.DeepEquals(a, value)))
        {
            return [new(at, $"is {Short(value)} and none of {allowed.ToJsonString()}")];
        }

        return value switch
        {
            JsonObject fields => Fields(fields, rules, at),
            JsonArray items => Items(items, rules, at),
            JsonValue scalar => Limits(scalar, rules, at),
            _ => [],
        };
    }

    private IEnumerable<SchemaFault> Fields(JsonObject fields, JsonObject rules, string at)
    {
        foreach (var name in (rules["required"] as JsonArray ?? []).Select(n => n!.GetValue<string>()).Where(n => !fields.ContainsKey(n)))
        {
            yield return new(at, $"lacks '{name}'");
        }

        var (properties, others) = (rules["properties"] as JsonObject, rules["additionalProperties"]);
        var open = others is JsonValue flag ? flag.GetValue<bool>() : properties is null;
        foreach (var (name, value) in fields)
        {
            var schema = properties?[name] ?? others as JsonObject;
            foreach (var fault in schema is not null ? Faults(value, schema, $"{at}.{name}") : open ? [] : [new($"{at}.{name}", "is a field that the document does not know")])
            {
                yield return fault;
            }
        }
    }

    private IEnumerable<SchemaFault> Items(JsonArray items, JsonObject rules, string at)
    {
        if (items.Count < (rules["minItems"]?.GetValue<int>() ?? 0))
        {
            yield return new(at, $"has {items.Count} elements and needs {rules["minItems"]}");
        }

        if (rules["uniqueItems"]?.GetValue<bool>() == true && items.DistinctBy(i => i?.ToJsonString()).Count() < items.Count)
        {
            yield return new(at, "has an element twice");
        }

        foreach (var (i, item) in rules["items"] is null ? [] : items.Index())
        {
            foreach (var fault in Faults(item, rules["items"]!, $"{at}[{i}]"))
            {
                yield return fault;
            }
        }
    }

    private static IEnumerable<SchemaFault> Limits(JsonValue value, JsonObject rules, string at)
    {
        var number = JsonFields.Number(value);
        if (number < rules["minimum"]?.GetValue<double>())
        {
            yield return new(at, $"is {number}, under the minimum of {rules["minimum"]}");
        }

        if (number > rules["maximum"]?.GetValue<double>())
        {
            yield return new(at, $"is {number}, over the maximum of {rules["maximum"]}");
        }

        if (JsonFields.IsText(value, out var text) && text.Length < (rules["minLength"]?.GetValue<int>() ?? 0))
        {
            yield return new(at, $"has {text.Length} characters and needs {rules["minLength"]}");
        }
    }

    private static bool Is(JsonNode? value, string type) => (type, value?.GetValueKind()) switch
    {
        ("object", JsonValueKind.Object) or ("array", JsonValueKind.Array) or ("string", JsonValueKind.String) or ("number", JsonValueKind.Number) => true,
        ("boolean", JsonValueKind.True or JsonValueKind.False) => true,
        ("integer", JsonValueKind.Number) => JsonFields.Number(value) % 1 == 0,
        _ => false,
    };

    private static string Short(JsonNode? value) => value?.ToJsonString() is not { } text ? "null" : text.Length > 60 ? text[..60] + "..." : text;

    private JsonNode Referenced(string reference) => reference.Split('/').Skip(1).Aggregate(document, (at, name) => at[name] ?? throw new NotSupportedException($"The document refers to '{reference}', which it does not have."));
}
