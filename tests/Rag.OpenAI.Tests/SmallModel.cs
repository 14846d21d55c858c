using System.Text.Json;
using System.Text.Json.Nodes;

namespace Rag.OpenAI.Tests;

/// <summary>The protocol as a server keeps it, with a model that writes words drawn by the request's seed and messages: limits, stops, schemas and calls included.</summary>
internal static class SmallModel
{
    public const string Name = "small";

    private static readonly string[] Words = ["the", "ferry", " leaves", " at", " noon", ",", " says", " Zoë", " 漢字", " 🦙", ".", " and", " a", " crane"];

    public static HttpResponseMessage Answer(FakeRequest request)
    {
        var asked = request.Body;
        var seed = asked.TryGetProperty("seed", out var given) ? given.GetInt64() : 0;
        var random = new Random(Hash($"{seed} {asked.GetProperty("messages").GetRawText()}"));
        var prompt = asked.GetProperty("messages").GetRawText().Length / 4;
        if (asked.TryGetProperty("tool_choice", out var choice) && choice.ValueKind == JsonValueKind.Object)
        {
            return Reply(Call(asked, choice.GetProperty("function").GetProperty("name").GetString()!, random), "tool_calls", prompt);
        }

        var limit = asked.TryGetProperty("max_tokens", out var most) ? most.GetInt32() : 100;
        var tokens = asked.TryGetProperty("response_format", out var format)
            ? [.. ValueOf(format.GetProperty("json_schema").GetProperty("schema"), random).ToJsonString().Chunk(3).Select(c => new string(c))]
            : Enumerable.Range(0, 30 + random.Next(300)).Select(_ => Words[random.Next(Words.Length)]).ToList();
        var (text, finish) = (new List<string>(), "stop");
        foreach (var token in tokens)
        {
            if (text.Count == limit)
            {
                finish = "length";
                break;
            }

            text.Add(token);
        }

        return Reply([.. Cut(text, asked).Select(t => new JsonObject { ["content"] = t })], finish == "length" && Cut(text, asked).Count == text.Count ? "length" : "stop", prompt);
    }

    private static List<string> Cut(List<string> text, JsonElement asked)
    {
        if (!asked.TryGetProperty("stop", out var stops))
        {
            return text;
        }

        var whole = string.Concat(text);
        var at = stops.EnumerateArray().Select(s => whole.IndexOf(s.GetString()!, StringComparison.Ordinal)).Where(i => i >= 0).DefaultIfEmpty(-1).Min();
        return at < 0 ? text : [whole[..at]];
    }

    private static IReadOnlyList<JsonObject> Call(JsonElement asked, string name, Random random)
    {
        var tool = asked.GetProperty("tools").EnumerateArray().Single(t => t.GetProperty("function").GetProperty("name").GetString() == name).GetProperty("function");
        var arguments = ValueOf(tool.GetProperty("parameters"), random).ToJsonString();
        return
        [
            Piece(new() { ["index"] = 0, ["id"] = "call_1", ["type"] = "function", ["function"] = new JsonObject { ["name"] = name, ["arguments"] = "" } }),
            .. arguments.Chunk(4).Select(c => Piece(new() { ["index"] = 0, ["function"] = new JsonObject { ["arguments"] = new string(c) } })),
        ];

        static JsonObject Piece(JsonObject call) => new() { ["tool_calls"] = new JsonArray(call) };
    }

    private static JsonNode ValueOf(JsonElement schema, Random random)
    {
        if (schema.TryGetProperty("enum", out var values))
        {
            return JsonNode.Parse(values[random.Next(values.GetArrayLength())].GetRawText())!;
        }

        return schema.GetProperty("type").GetString() switch
        {
            "object" => new JsonObject(schema.GetProperty("properties").EnumerateObject().Select(p => KeyValuePair.Create(p.Name, (JsonNode?)ValueOf(p.Value, random)))),
            "boolean" => random.Next(2) == 1,
            "integer" => random.Next(100),
            _ => "Oslo",
        };
    }

    private static HttpResponseMessage Reply(IReadOnlyList<JsonObject> deltas, string finish, int prompt)
    {
        var chunks = deltas.Select(d => Chunk(d, null)).Append(Chunk([], finish)).ToList();
        chunks.Add(new()
        {
            ["id"] = "chat-1",
            ["model"] = Name,
            ["choices"] = new JsonArray(),
            ["usage"] = new JsonObject { ["prompt_tokens"] = prompt, ["completion_tokens"] = deltas.Count, ["total_tokens"] = prompt + deltas.Count },
        });
        return FakeServer.Events([.. chunks.Select(c => c.ToJsonString()), "[DONE]"], atMost: 64);
    }

    private static JsonObject Chunk(JsonObject delta, string? finish) => new()
    {
        ["id"] = "chat-1",
        ["object"] = "chat.completion.chunk",
        ["model"] = Name,
        ["choices"] = new JsonArray(new JsonObject { ["index"] = 0, ["delta"] = delta, ["finish_reason"] = finish }),
    };

    private static int Hash(string text) => text.Aggregate(17, (hash, c) => unchecked((hash * 31) + c));
}
