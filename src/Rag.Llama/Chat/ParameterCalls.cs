using System.Text.Json;
using Rag.Llama.Templates;

namespace Rag.Llama.Chat;

/// <summary>Reads calls whose arguments are not JSON but stand one by one between tags: Qwen3-Coder's <c>&lt;parameter=key&gt;value&lt;/parameter&gt;</c> and GLM's <c>&lt;arg_key&gt;key&lt;/arg_key&gt;&lt;arg_value&gt;value&lt;/arg_value&gt;</c>.</summary>
internal static class ParameterCalls
{
    private const string Parameter = "<parameter=";
    private const string Key = "<arg_key>";

    /// <summary>What stands between <c>&lt;tool_call&gt;</c> and its end.</summary>
    public static CallReading ReadTagged(string text, IReadOnlyList<ChatTool> tools)
    {
        var begin = text.IndexOf("<function=", StringComparison.Ordinal);
        return begin < 0 ? JsonCalls.Read(text, tools) : ReadFunction(text[(begin + "<function=".Length)..], tools);
    }

    /// <summary>What stands behind <c>&lt;function=</c>.</summary>
    public static CallReading ReadFunction(string text, IReadOnlyList<ChatTool> tools)
    {
        var close = text.IndexOf('>', StringComparison.Ordinal);
        if (close <= 0)
        {
            return CallReading.Failed("The call has no name between '<function=' and '>'.");
        }

        var name = text[..close].Trim();
        var arguments = new Dictionary<string, JsonElement>(StringComparer.Ordinal);
        for (var at = text.IndexOf(Parameter, close, StringComparison.Ordinal); at >= 0; at = text.IndexOf(Parameter, at + 1, StringComparison.Ordinal))
        {
            var end = text.IndexOf('>', at);
            var stop = end < 0 ? -1 : text.IndexOf("</parameter>", end, StringComparison.Ordinal);
            if (stop < 0)
            {
                return CallReading.Failed($"A parameter of '{name}' has no '</parameter>'.");
            }

            var key = text[(at + Parameter.Length)..end].Trim();
            arguments[key] = ToJson(WithoutOuterLineBreaks(text[(end + 1)..stop]), key, Find(tools, name));
            at = stop;
        }

        return new CallReading([new ChatToolCall("", name, JsonSerializer.SerializeToElement(arguments, ChatJson.Default.DictionaryStringJsonElement))]);
    }

    /// <summary>GLM: a name, then keys and values.</summary>
    public static CallReading ReadPairs(string text, IReadOnlyList<ChatTool> tools)
    {
        var first = text.IndexOf(Key, StringComparison.Ordinal);
        var name = (first < 0 ? text : text[..first]).Trim();
        if (name is "" or ['{' or '[', ..])
        {
            return JsonCalls.Read(text, tools);
        }

        var arguments = new Dictionary<string, JsonElement>(StringComparer.Ordinal);
        while (first >= 0)
        {
            if (Between(text, Key, "</arg_key>", first) is not { } key || Between(text, "<arg_value>", "</arg_value>", key.End) is not { } value)
            {
                return CallReading.Failed($"An argument of '{name}' has no '</arg_key>' or no '</arg_value>'.");
            }

            arguments[key.Text.Trim()] = ToJson(WithoutOuterLineBreaks(value.Text), key.Text.Trim(), Find(tools, name));
            first = text.IndexOf(Key, value.End, StringComparison.Ordinal);
        }

        return new CallReading([new ChatToolCall("", name, JsonSerializer.SerializeToElement(arguments, ChatJson.Default.DictionaryStringJsonElement))]);
    }

    private static (string Text, int End)? Between(string text, string open, string close, int from)
    {
        var begin = text.IndexOf(open, from, StringComparison.Ordinal);
        var end = begin < 0 ? -1 : text.IndexOf(close, begin, StringComparison.Ordinal);
        return end < 0 ? null : (text[(begin + open.Length)..end], end + close.Length);
    }

    private static ChatTool? Find(IReadOnlyList<ChatTool> tools, string name) => tools.FirstOrDefault(t => t.Name == name);

    /// <summary>A text where the schema says so; else whatever JSON it is, such as a number; else a text after all.</summary>
    private static JsonElement ToJson(string value, string key, ChatTool? tool)
    {
        var isText = tool is { Parameters.ValueKind: JsonValueKind.Object }
            && tool.Parameters.TryGetProperty("properties", out var properties) && properties.ValueKind == JsonValueKind.Object
            && properties.TryGetProperty(key, out var schema) && schema.ValueKind == JsonValueKind.Object
            && schema.TryGetProperty("type", out var type) && type.ValueKind == JsonValueKind.String && type.ValueEquals("string");
        return !isText && JsonCalls.Parse(value is "True" or "False" or "None" ? value switch { "True" => "true", "False" => "false", _ => "null" } : value, out var json) is null
            ? json
            : JsonSerializer.SerializeToElement(value, ChatJson.Default.String);
    }

    private static string WithoutOuterLineBreaks(string text)
    {
        text = text.StartsWith('\n') ? text[1..] : text;
        return text.EndsWith('\n') ? text[..^1] : text;
    }
}
