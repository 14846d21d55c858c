using System.Text.Json;
using Rag.Llama.Templates;

namespace Rag.Llama.Chat;

/// <summary>Reads calls from JSON, under any of the names that models use for its parts.</summary>
internal static class JsonCalls
{
    private static readonly string[] NameKeys = ["name", "tool_name", "function"];
    private static readonly string[] ArgumentKeys = ["arguments", "parameters", "args"];
    private static readonly string[] IdKeys = ["id", "tool_call_id", "call_id"];
    private static readonly JsonElement Empty = JsonElement.Parse("{}");
    private static readonly JsonDocumentOptions Lenient = new() { AllowTrailingCommas = true };

    /// <summary>One call as an object, or an array of them.</summary>
    public static CallReading Read(string text, IReadOnlyList<ChatTool> tools) => Parse(text, out var json) is { } error ? CallReading.Failed(error) : Read(json);

    /// <summary>One call that nothing but its keys shows to be one: it must have arguments and the name of a tool.</summary>
    public static CallReading ReadBare(string text, IReadOnlyList<ChatTool> tools)
    {
        if (Parse(text, out var json) is { } error)
        {
            return CallReading.Failed(error);
        }

        var named = json.TryGetProperty("function", out var function) && function.ValueKind == JsonValueKind.Object ? function : json;
        var reading = Read(json);
        var isKnown = tools.Count == 0 || reading.Calls.All(c => tools.Any(t => t.Name == c.Name));
        return Find(named, ArgumentKeys) is null || !isKnown ? CallReading.Failed("The object is no call.") : reading;
    }

    /// <summary>A name, perhaps an id, then the arguments as an object, with <paramref name="separators"/> between them: <c>name[ARGS]{...}</c>. An array is read as <see cref="Read(string, IReadOnlyList{ChatTool})"/> does.</summary>
    public static CallReading ReadNamed(string text, IReadOnlyList<ChatTool> tools, params string[] separators)
    {
        if (text.TrimStart() is ['[' or '{', ..])
        {
            return Read(text, tools);
        }

        var begin = text.IndexOf('{', StringComparison.Ordinal);
        var header = (begin < 0 ? text : text[..begin]).Split(separators, StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        if (header.Length == 0)
        {
            return CallReading.Failed("The call names no tool.");
        }

        var end = text.LastIndexOf('}') + 1;
        if (Parse(begin < 0 ? "{}" : end > begin ? text[begin..end] : text[begin..], out var arguments) is { } error)
        {
            return CallReading.Failed(error);
        }

        return new CallReading([new ChatToolCall(header.Length > 1 ? header[1] : "", header[0], arguments)]);
    }

    /// <summary>Parses JSON; gives what is wrong with it, or null.</summary>
    public static string? Parse(string text, out JsonElement json)
    {
        json = default;
        try
        {
            using var document = JsonDocument.Parse(text, Lenient);
            json = document.RootElement.Clone();
            Visit(json);
            return null;
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or ArgumentException) // the latter two: half a surrogate pair, escaped or not
        {
            return $"The call is not valid JSON: {e.Message}";
        }
    }

    /// <summary>Reads all texts once: an escape that forms no character shows only then.</summary>
    /// <exception cref="InvalidOperationException">There is one.</exception>
    private static void Visit(JsonElement json)
    {
        switch (json.ValueKind)
        {
            case JsonValueKind.String:
                json.GetString();
                break;
            case JsonValueKind.Array:
                json.EnumerateArray().ToList().ForEach(Visit);
                break;
            case JsonValueKind.Object:
                foreach (var property in json.EnumerateObject())
                {
                    _ = property.Name;
                    Visit(property.Value);
                }

                break;
        }
    }

    private static CallReading Read(JsonElement json)
    {
        if (json.ValueKind == JsonValueKind.Object && json.TryGetProperty("tool_calls", out var inner))
        {
            json = inner;
        }

        var readings = json.ValueKind == JsonValueKind.Array ? [.. json.EnumerateArray().Select(ReadOne)] : new List<CallReading> { ReadOne(json) };
        return readings.Find(r => r.Error is not null) ?? new CallReading([.. readings.SelectMany(r => r.Calls)]);
    }

    private static CallReading ReadOne(JsonElement json)
    {
        if (json.ValueKind != JsonValueKind.Object)
        {
            return CallReading.Failed($"The call is a JSON {json.ValueKind.ToString().ToLowerInvariant()} and should be an object with name and arguments.");
        }

        if (json.TryGetProperty("function", out var function) && function.ValueKind == JsonValueKind.Object)
        {
            return ReadOne(function) is { Calls: [var call] } ? new CallReading([call with { Id = Text(Find(json, IdKeys)) ?? call.Id }]) : ReadOne(function);
        }

        if (Text(Find(json, NameKeys)) is not { Length: > 0 } name)
        {
            return CallReading.Failed("The call has no name of a tool as a text.");
        }

        var arguments = Find(json, ArgumentKeys);
        if (arguments is { ValueKind: JsonValueKind.String } text && Text(text) is { } inner && Parse(inner, out var parsed) is null)
        {
            arguments = parsed;
        }

        return arguments switch
        {
            null or { ValueKind: JsonValueKind.Null } => new CallReading([new ChatToolCall(Text(Find(json, IdKeys)) ?? "", name, Empty)]),
            { ValueKind: JsonValueKind.Object } found => new CallReading([new ChatToolCall(Text(Find(json, IdKeys)) ?? "", name, found)]),
            { } other => CallReading.Failed($"The arguments of '{name}' are a JSON {other.ValueKind.ToString().ToLowerInvariant()} and should be an object."),
        };
    }

    private static JsonElement? Find(JsonElement json, string[] keys)
    {
        foreach (var key in keys)
        {
            if (json.TryGetProperty(key, out var value))
            {
                return value;
            }
        }

        return null;
    }

    private static string? Text(JsonElement? element) =>
        element is { ValueKind: JsonValueKind.String } text ? text.GetString() : element is { ValueKind: JsonValueKind.Number } number ? number.GetRawText() : null;
}
