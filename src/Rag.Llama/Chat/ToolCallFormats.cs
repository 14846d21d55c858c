using Rag.Llama.Templates;

namespace Rag.Llama.Chat;

/// <summary>The known <see cref="ToolCallFormat"/>s.</summary>
public static class ToolCallFormats
{
    /// <summary><c>&lt;tool_call&gt;{"name": ..., "arguments": {...}}&lt;/tool_call&gt;</c>: Hermes, Qwen 2.5 and 3, Granite 4.</summary>
    public static ToolCallFormat TaggedJson { get; } = new(
        "tagged JSON",
        [new Region.Call("<tool_call>", ["</tool_call>"], JsonCalls.Read)],
        tool => new("<tool_call>\n", ToolCallFormat.CallSchema(tool, "name", "arguments"), "\n</tool_call>"),
        new("", "\n", ""));

    /// <summary><see cref="TaggedJson"/>, or only its JSON as the whole answer; for models whose template has no tools.</summary>
    public static ToolCallFormat Generic { get; } = new(
        "generic",
        [new Region.Call("<tool_call>", ["</tool_call>"], JsonCalls.Read)],
        tool => new("<tool_call>\n", ToolCallFormat.CallSchema(tool, "name", "arguments"), "\n</tool_call>"),
        new("", "\n", ""),
        isBare: true);

    /// <summary><c>{"name": ..., "parameters": {...}}</c> as the whole answer, perhaps after <c>&lt;|python_tag|&gt;</c>: Llama 3.1 to 3.3.</summary>
    public static ToolCallFormat BareJson { get; } = new(
        "bare JSON",
        [new Region.Call("<|python_tag|>", [], JsonCalls.Read)],
        tool => new("", ToolCallFormat.CallSchema(tool, "name", "parameters"), ""),
        new("", "; ", ""),
        isBare: true);

    /// <summary><c>[TOOL_CALLS][{"name": ..., "arguments": {...}}]</c>: Mistral up to Nemo and Small 3.1.</summary>
    public static ToolCallFormat MistralArray { get; } = new(
        "Mistral array",
        [new Region.Call("[TOOL_CALLS]", [], ReadMistral)],
        tool => new("", ToolCallFormat.CallSchema(tool, "name", "arguments"), ""),
        new("[TOOL_CALLS][", ", ", "]"));

    /// <summary><c>[TOOL_CALLS]name[ARGS]{...}</c>: Mistral from Small 3.2 on.</summary>
    public static ToolCallFormat MistralArguments { get; } = new(
        "Mistral arguments",
        [new Region.Call("[TOOL_CALLS]", [], ReadMistral)],
        tool => new($"[TOOL_CALLS]{tool.Name}[ARGS]", tool.Parameters, ""));

    /// <summary><c>&lt;function=name&gt;&lt;parameter=key&gt;value&lt;/parameter&gt;&lt;/function&gt;</c> between <c>&lt;tool_call&gt;</c> tags: Qwen3-Coder, Nemotron 3.</summary>
    public static ToolCallFormat TaggedParameters { get; } = new(
        "tagged parameters",
        [
            new Region.Call("<tool_call>", ["</tool_call>"], ParameterCalls.ReadTagged, IsJson: false),
            new Region.Call("<function=", ["</function>"], ParameterCalls.ReadFunction, IsJson: false),
            new Region.Silent("</tool_call>"),
        ],
        _ => null);

    /// <summary><c>&lt;tool_call&gt;name&lt;arg_key&gt;key&lt;/arg_key&gt;&lt;arg_value&gt;value&lt;/arg_value&gt;&lt;/tool_call&gt;</c>: GLM 4.</summary>
    public static ToolCallFormat TaggedPairs { get; } = new(
        "tagged pairs",
        [new Region.Call("<tool_call>", ["</tool_call>"], ParameterCalls.ReadPairs, IsJson: false)],
        _ => null);

    /// <summary><c>&lt;｜tool▁call▁begin｜&gt;name&lt;｜tool▁sep｜&gt;{...}&lt;｜tool▁call▁end｜&gt;</c>: DeepSeek V3.1; the form of R1 and V3, with a code fence, is read as well.</summary>
    public static ToolCallFormat DeepSeek { get; } = new(
        "DeepSeek",
        [
            new Region.Silent("<｜tool▁calls▁begin｜>"),
            new Region.Call("<｜tool▁call▁begin｜>", ["<｜tool▁call▁end｜>"], ReadDeepSeek),
            new Region.Silent("<｜tool▁calls▁end｜>"),
        ],
        tool => new($"<｜tool▁call▁begin｜>{tool.Name}<｜tool▁sep｜>", tool.Parameters, "<｜tool▁call▁end｜>"),
        new("<｜tool▁calls▁begin｜>", "", "<｜tool▁calls▁end｜>"));

    /// <summary><c>&lt;|tool_call_begin|&gt;functions.name:0&lt;|tool_call_argument_begin|&gt;{...}&lt;|tool_call_end|&gt;</c>: Kimi K2.</summary>
    public static ToolCallFormat Kimi { get; } = new(
        "Kimi",
        [
            new Region.Silent("<|tool_calls_section_begin|>"),
            new Region.Call("<|tool_call_begin|>", ["<|tool_call_end|>"], ReadKimi),
            new Region.Silent("<|tool_calls_section_end|>"),
        ],
        // the number counts all calls of the conversation, not those of the answer
        tool => new($"<|tool_call_begin|>functions.{tool.Name}:", tool.Parameters, "<|tool_call_end|>") { AfterNumber = "<|tool_call_argument_begin|>" },
        new("<|tool_calls_section_begin|>", "", "<|tool_calls_section_end|>"));

    /// <summary><c>&lt;|channel|&gt;commentary to=functions.name &lt;|constrain|&gt;json&lt;|message|&gt;{...}&lt;|call|&gt;</c>: gpt-oss.</summary>
    public static ToolCallFormat Harmony { get; } = new(
        "harmony",
        [.. new[] { "<|channel|>commentary to=", "<|channel|>analysis to=", "<|start|>assistant to=" }.Select(b => new Region.Call(b, ["<|call|>", "<|end|>"], ReadHarmony)), new Region.Silent("<|call|>")],
        tool => new($"<|channel|>commentary to=functions.{tool.Name} <|constrain|>json<|message|>", tool.Parameters, "<|call|>"),
        new("", "<|start|>assistant", ""));

    /// <summary><c>&lt;|START_ACTION|&gt;[{"tool_call_id": ..., "tool_name": ..., "parameters": {...}}]&lt;|END_ACTION|&gt;</c>: Command R7B.</summary>
    public static ToolCallFormat Command { get; } = new(
        "command",
        [new Region.Call("<|START_ACTION|>", ["<|END_ACTION|>"], JsonCalls.Read)],
        tool => new("", ToolCallFormat.CallSchema(tool, "tool_name", "parameters"), ""),
        new("<|START_ACTION|>[\n", ",\n", "\n]<|END_ACTION|>"));

    /// <summary><c>&lt;|tool_call|&gt;[{"name": ..., "arguments": {...}}]</c>: Granite 3.</summary>
    public static ToolCallFormat Granite { get; } = new(
        "Granite",
        [new Region.Call("<|tool_call|>", [], JsonCalls.Read), new Region.Call("<tool_call>", ["</tool_call>"], JsonCalls.Read)],
        tool => new("", ToolCallFormat.CallSchema(tool, "name", "arguments"), ""),
        new("<|tool_call|>[", ", ", "]"));

    /// <summary>What in a template gives a format away; the first that fits counts.</summary>
    private static IReadOnlyList<(string Sign, ToolCallFormat Format)> Signs { get; } =
    [
        ("<|channel|>", Harmony),
        ("[ARGS]", MistralArguments),
        ("[TOOL_CALLS]", MistralArray),
        ("<｜tool▁call▁begin｜>", DeepSeek),
        ("<|tool_call_begin|>", Kimi),
        ("<function=", TaggedParameters),
        ("<arg_key>", TaggedPairs),
        ("<tool_call>", TaggedJson),
        ("<|START_ACTION|>", Command),
        ("<|tool_call|>", Granite),
        ("<|python_tag|>", BareJson),
        ("{\"name\": function name, \"parameters\":", BareJson),
    ];

    internal static ToolCallFormat Find(string template) => Signs.FirstOrDefault(s => template.Contains(s.Sign, StringComparison.Ordinal)).Format ?? Generic;

    private static CallReading ReadMistral(string text, IReadOnlyList<ChatTool> tools)
    {
        var id = text.IndexOf("[CALL_ID]", StringComparison.Ordinal);
        return JsonCalls.ReadNamed(text, tools, id < 0 ? ["[ARGS]"] : ["[ARGS]", "[CALL_ID]"]);
    }

    private static CallReading ReadDeepSeek(string text, IReadOnlyList<ChatTool> tools)
    {
        var separator = text.IndexOf("<｜tool▁sep｜>", StringComparison.Ordinal);
        var isFenced = separator >= 0 && text.AsSpan(0, separator).Trim().SequenceEqual("function");
        return JsonCalls.ReadNamed(isFenced ? text[(separator + "<｜tool▁sep｜>".Length)..].Replace("```json", "", StringComparison.Ordinal) : text, tools, "<｜tool▁sep｜>");
    }

    private static CallReading ReadKimi(string text, IReadOnlyList<ChatTool> tools)
    {
        var reading = JsonCalls.ReadNamed(text, tools, "<|tool_call_argument_begin|>");
        return reading with { Calls = [.. reading.Calls.Select(c => c with { Id = c.Name, Name = WithoutNamespace(c.Name.Split(':')[0]) })] };
    }

    private static CallReading ReadHarmony(string text, IReadOnlyList<ChatTool> tools)
    {
        var reading = JsonCalls.ReadNamed(text, tools, "<|channel|>", "<|constrain|>", "<|message|>", " ");
        return reading with { Calls = [.. reading.Calls.Select(c => c with { Id = "", Name = WithoutNamespace(c.Name) })] };
    }

    private static string WithoutNamespace(string name) => name.StartsWith("functions.", StringComparison.Ordinal) ? name["functions.".Length..] : name;
}
