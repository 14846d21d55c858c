using System.Text.Json;
using Rag.Llama.Templates.Jinja;

namespace Rag.Llama.Templates;

/// <summary>A conversation as the variables that templates read, under the names that transformers gave them.</summary>
internal static class TemplateVariables
{
    /// <summary>The variables for a conversation, in the shape that the template can do with.</summary>
    public static Dictionary<string, Value> Create(ChatTemplateInput input, ChatTemplateCapabilities capabilities)
    {
        var variables = Create([.. input.Messages.Select(m => OfMessage(m, capabilities))], input.Tools, input.AddGenerationPrompt, input.BosToken, input.EosToken);
        if (input.Thinking is { } thinking)
        {
            variables["enable_thinking"] = Value.Of(thinking);
            variables["thinking"] = Value.Of(thinking);
        }

        foreach (var (name, value) in input.Variables)
        {
            variables[name] = Json.ToValue(value);
        }

        return variables;
    }

    /// <summary>The variables for messages that are values already.</summary>
    public static Dictionary<string, Value> Create(List<Value> messages, IReadOnlyList<ChatTool> tools, bool addGenerationPrompt, string bosToken = "", string eosToken = "") => new(StringComparer.Ordinal)
    {
        ["messages"] = new Value.Sequence(messages),
        ["tools"] = tools.Count == 0 ? Value.Nothing : new Value.Sequence([.. tools.Select(OfTool)]),
        ["add_generation_prompt"] = Value.Of(addGenerationPrompt),
        ["bos_token"] = new Value.Text(bosToken),
        ["eos_token"] = new Value.Text(eosToken),
    };

    /// <summary>A dict.</summary>
    public static Value.Mapping Dict(params ReadOnlySpan<(string Key, Value Value)> entries)
    {
        var dict = new Value.Mapping();
        foreach (var (key, value) in entries)
        {
            dict.Entries[new Value.Text(key)] = value;
        }

        return dict;
    }

    /// <summary>A text as a value.</summary>
    public static Value Text(string text) => new Value.Text(text);

    /// <summary>A text as a list of one typed part.</summary>
    public static Value TypedText(string text) => new Value.Sequence([Dict(("type", Text("text")), ("text", Text(text)))]);

    /// <summary>A call in OpenAI's form; <paramref name="arguments"/> a dict or a text.</summary>
    public static Value OfCall(string id, string name, Value arguments) =>
        Dict(("id", Text(id)), ("type", Text("function")), ("function", Dict(("name", Text(name)), ("arguments", arguments))));

    private static Value.Mapping OfMessage(ChatTemplateMessage message, ChatTemplateCapabilities capabilities)
    {
        var dict = Dict(("role", Text(message.Role)), ("content", capabilities.TypedContent ? TypedText(message.Content) : Text(message.Content)));
        if (message.Reasoning is { } reasoning)
        {
            dict.Entries[Text(capabilities.ReasoningKey ?? "reasoning_content")] = Text(reasoning);
        }

        if (message.ToolCalls.Count > 0)
        {
            if (capabilities.NullContent && message.Content.Length == 0)
            {
                dict.Entries[Text("content")] = Value.Nothing;
            }

            dict.Entries[Text("tool_calls")] = new Value.Sequence([.. message.ToolCalls.Select(c => OfCall(c.Id, c.Name, capabilities.ObjectArguments ? Json.ToValue(c.Arguments) : Text(JsonText(c.Arguments))))]);
        }

        if (message.ToolName is { } name)
        {
            dict.Entries[Text("name")] = Text(name);
        }

        if (message.ToolCallId is { } id)
        {
            dict.Entries[Text("tool_call_id")] = Text(id);
        }

        return dict;
    }

    /// <summary>JSON in the way that Python writes it, which is how models saw it in training.</summary>
    public static string JsonText(JsonElement element) => Json.Write(Json.ToValue(element), indent: null, ", ", ": ", sortKeys: false, asciiOnly: false, new RenderBudget());

    /// <summary>A tool in OpenAI's form.</summary>
    public static Value OfTool(ChatTool tool) => Dict(
        ("type", Text("function")),
        ("function", Dict(("name", Text(tool.Name)), ("description", Text(tool.Description)), ("parameters", Json.ToValue(tool.Parameters)))));
}
