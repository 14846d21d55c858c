using System.Text.Json;
using System.Text.Json.Nodes;

namespace Rag.Llama.Tests.Grammars;

/// <summary>Makes small schemas of everything that a grammar understands, recursion included.</summary>
internal sealed class RandomSchema(int seed)
{
    private static readonly string[] Names = ["a", "ab", "b/c", "d\"e", "\u4e2d"];
    private static readonly string[] Patterns = ["^a+$", "^[a-c]{2}$", "\\d", "^(x|y\\.)*$"];
    private static readonly string[] Formats = ["date", "time", "date-time", "uuid"];

    private readonly Random random = new(seed);

    public JsonElement Make()
    {
        var root = Schema(3);
        root["$defs"] = new JsonObject { ["node"] = Node() };
        return JsonElement.Parse(root.ToJsonString());
    }

    private static JsonObject Node() => new()
    {
        ["type"] = "object",
        ["properties"] = new JsonObject { ["v"] = new JsonObject { ["type"] = "integer" }, ["next"] = new JsonObject { ["$ref"] = "#/$defs/node" } },
        ["required"] = new JsonArray("v"),
    };

    private JsonObject Schema(int depth) => random.Next(depth > 0 ? 11 : 7) switch
    {
        0 => Integer(),
        1 => String(),
        2 => new JsonObject { ["enum"] = new JsonArray("x", 1, null, new JsonArray(true)) },
        3 => new JsonObject { ["type"] = new JsonArray("boolean", "null") },
        4 => new JsonObject { ["type"] = "number", ["minimum"] = random.Next(-5, 5) },
        5 => new JsonObject { ["$ref"] = "#/$defs/node" },
        6 => new JsonObject { ["const"] = Names[random.Next(Names.Length)] },
        7 => Array(depth),
        8 => new JsonObject { [random.Next(2) == 0 ? "anyOf" : "oneOf"] = new JsonArray(Schema(depth - 1), Integer()) },
        9 => new JsonObject { ["allOf"] = new JsonArray(Object(depth), new JsonObject { ["required"] = new JsonArray("a") }) },
        _ => Object(depth),
    };

    private JsonObject Integer()
    {
        var low = random.Next(-200, 200);
        return new JsonObject { ["type"] = "integer", ["minimum"] = low, ["maximum"] = low + random.Next(500) };
    }

    private JsonObject String() => random.Next(3) switch
    {
        0 => new JsonObject { ["type"] = "string", ["minLength"] = random.Next(3), ["maxLength"] = 3 + random.Next(3) },
        1 => new JsonObject { ["type"] = "string", ["pattern"] = Patterns[random.Next(Patterns.Length)] },
        _ => new JsonObject { ["type"] = "string", ["format"] = Formats[random.Next(Formats.Length)] },
    };

    private JsonObject Array(int depth)
    {
        var array = new JsonObject { ["type"] = "array", ["items"] = Schema(depth - 1), ["minItems"] = random.Next(3), ["maxItems"] = 2 + random.Next(3) };
        if (random.Next(2) == 0)
        {
            array["prefixItems"] = new JsonArray(Schema(depth - 1), Schema(depth - 1));
        }

        return array;
    }

    private JsonObject Object(int depth)
    {
        var (properties, required) = (new JsonObject(), new JsonArray());
        foreach (var name in Names.Where(_ => random.Next(2) == 0))
        {
            properties[name] = Schema(depth - 1);
            if (random.Next(2) == 0)
            {
                required.Add((JsonNode)name);
            }
        }

        var schema = new JsonObject { ["type"] = "object", ["properties"] = properties, ["required"] = required };
        if (random.Next(3) == 0)
        {
            schema["additionalProperties"] = Integer();
        }

        return schema;
    }
}
