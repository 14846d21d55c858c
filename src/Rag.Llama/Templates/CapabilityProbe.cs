using System.Text.Json;
using Rag.Llama.Templates.Jinja;
using static Rag.Llama.Templates.TemplateVariables;

namespace Rag.Llama.Templates;

/// <summary>Finds out what a template does by rendering conversations with marked parts and looking for the marks, as llama.cpp does.</summary>
internal sealed class CapabilityProbe
{
    private const string Mark = "qzmarkqz";
    private const string Id = "call00001";

    private static readonly string[] ReasoningKeys = ["reasoning_content", "thinking", "reasoning"];

    private static readonly ChatTool Tool = new("probe_" + Mark, "Describes " + Mark, JsonDocument.Parse(
        """{"type":"object","properties":{"argument_qz":{"type":"string","description":"An argument"}},"required":["argument_qz"]}""").RootElement);

    private static readonly ChatTool Undescribed = Tool with { Parameters = JsonDocument.Parse("""{"type":"object","properties":{"a":{"type":"string"}}}""").RootElement };

    private readonly Func<IReadOnlyDictionary<string, Value>, TimeProvider, string> _render;
    private readonly bool _typed;
    private bool _nullContent;

    private CapabilityProbe(Func<IReadOnlyDictionary<string, Value>, TimeProvider, string> render)
    {
        _render = render;
        _typed = !Try([Message("user", Mark)]).Contains(Mark, StringComparison.Ordinal)
            && Try([Dict(("role", Text("user")), ("content", TypedText(Mark)))]).Contains(Mark, StringComparison.Ordinal);
    }

    /// <summary>What a template does.</summary>
    /// <param name="render">Renders it with these variables; may throw <see cref="ChatTemplateException"/>, and nothing else.</param>
    public static ChatTemplateCapabilities Run(Func<IReadOnlyDictionary<string, Value>, TimeProvider, string> render)
    {
        var probe = new CapabilityProbe(render);
        var (calls, objects) = probe.FindArguments();
        if (!calls)
        {
            probe._nullContent = true;
            (calls, objects) = probe.FindArguments();
            probe._nullContent = calls;
        }

        var tools = probe.Try([probe.Message("user", "u")], [Tool]).Contains(Mark, StringComparison.Ordinal);
        return new ChatTemplateCapabilities
        {
            SystemRole = probe.Shows([probe.Message("system", Mark), probe.Message("user", "u")]),
            Tools = tools,
            ToolCalls = calls,
            ParallelToolCalls = calls && probe.TakesTwoCalls(objects),
            ToolResponses = calls && probe.Shows([.. probe.Calling(Id, objects), probe.Result(Id)]),
            ObjectArguments = objects,
            TypedContent = probe._typed,
            AlternatingRoles = probe.Try([probe.Message("user", "u")]).Length > 0 && probe.Try([probe.Message("user", "u"), probe.Message("user", "v")]).Length == 0,
            NineCharacterIds = calls && !probe.Shows([.. probe.Calling("call_1", objects), probe.Result("call_1")]) && probe.Shows([.. probe.Calling(Id, objects), probe.Result(Id)]),
            ThinkingSwitch = probe.Thinking(Value.True) != probe.Thinking(Value.False),
            DescribedParameters = tools && probe.Try([probe.Message("user", "u")], [Undescribed]).Length == 0,
            CallExample = calls && !tools ? probe.FindExample(objects) : null,
            NullContent = probe._nullContent,
            ReasoningKey = probe.FindReasoning(),
        };
    }

    private static Value Arguments(bool asObject) => asObject ? Dict(("argument_qz", Text("value"))) : Text("""{"argument_qz": "value"}""");

    private Value.Mapping Message(string role, string content) => Dict(("role", Text(role)), ("content", _typed ? TypedText(content) : Text(content)));

    private Value.Mapping Result(string id) => With(Message("tool", Mark), ("name", Text(Tool.Name)), ("tool_call_id", Text(id)));

    private List<Value> Calling(string id, bool asObject) => [Message("user", "u"), Call(OfCall(id, "f", Arguments(asObject)))];

    private Value.Mapping Call(params IReadOnlyList<Value> calls) => With(_nullContent ? Dict(("role", Text("assistant")), ("content", Value.Nothing)) : Message("assistant", ""), ("tool_calls", new Value.Sequence([.. calls])));

    private static Value.Mapping With(Value.Mapping message, params ReadOnlySpan<(string Key, Value Value)> entries)
    {
        foreach (var (key, value) in entries)
        {
            message.Entries[Text(key)] = value;
        }

        return message;
    }

    private (bool Calls, bool Objects) FindArguments()
    {
        var withText = TryCall(asObject: false);
        var withObject = TryCall(asObject: true);
        var objects = withObject.Contains("argument_qz", StringComparison.Ordinal) && !withObject.Contains("'argument_qz'", StringComparison.Ordinal);
        var texts = withText.Contains("\"argument_qz\":", StringComparison.Ordinal);
        return (objects || texts, objects || !texts);
    }

    /// <summary>The call last, then with a result, then with an answer: some templates write calls only in the midst of a conversation.</summary>
    private string TryCall(bool asObject)
    {
        var call = Calling(Id, asObject);
        string[] renderings = [Try(call), Try([.. call, Result(Id)]), Try([.. call, Result(Id), Message("assistant", "a"), Message("user", "v")])];
        return renderings.FirstOrDefault(r => r.Contains("argument_qz", StringComparison.Ordinal)) ?? "";
    }

    private bool TakesTwoCalls(bool asObject)
    {
        const string second = "second_qz";
        var calls = Call(OfCall(Id, "f", Arguments(asObject)), OfCall("call00002", second, Arguments(asObject)));
        return Try([Message("user", "u"), calls, Result(Id), Result("call00002")]).Contains(second, StringComparison.Ordinal);
    }

    private string? FindExample(bool asObject)
    {
        Value arguments = asObject ? Dict(("argument", Text("value"))) : Text("""{"argument": "value"}""");
        var asked = Try([Message("user", "u")], addGenerationPrompt: false);
        var called = Try([Message("user", "u"), Call(OfCall(Id, "name_of_tool", arguments))], addGenerationPrompt: false);
        return asked.Length > 0 && called.StartsWith(asked, StringComparison.Ordinal) ? called[asked.Length..].Trim() : null;
    }

    private string? FindReasoning() => ReasoningKeys.FirstOrDefault(key =>
        new[] { Message("assistant", "a"), Call(OfCall(Id, "f", Arguments(asObject: true))) }.Any(m => Shows([Message("user", "u"), With(m, (key, Text(Mark)))], addGenerationPrompt: false)));

    private string Thinking(Value on) => Try([Message("user", "u")], extra: [("enable_thinking", on), ("thinking", on)]);

    private bool Shows(List<Value> messages, bool addGenerationPrompt = true) => Try(messages, addGenerationPrompt: addGenerationPrompt).Contains(Mark, StringComparison.Ordinal);

    private string Try(List<Value> messages, IReadOnlyList<ChatTool>? tools = null, bool addGenerationPrompt = true, (string Name, Value Value)[]? extra = null)
    {
        var variables = Create(messages, tools ?? [], addGenerationPrompt);
        foreach (var (name, value) in extra ?? [])
        {
            variables[name] = value;
        }

        try
        {
            return _render(variables, new StoppedClock());
        }
        catch (ChatTemplateException)
        {
            return "";
        }
    }

    /// <summary>The first second of 2000, so that probes give the same result at any time.</summary>
    private sealed class StoppedClock : TimeProvider
    {
        public override TimeZoneInfo LocalTimeZone => TimeZoneInfo.Utc;

        public override DateTimeOffset GetUtcNow() => new(2000, 1, 1, 0, 0, 0, TimeSpan.Zero);
    }
}
