using Rag.Llama.Chat;
using Rag.Llama.Templates;

namespace Rag.Llama.Tests.Chat;

public sealed class ChatOutputReaderTests
{
    /// <summary>Format of reasoning, format of calls, what the model writes, what comes out.</summary>
    public static TheoryData<string, string, string, string> Outputs => new()
    {
        { "think tags", "", "Hello there.", "content(Hello there.)" },
        { "think tags", "", "<think>\nHm.\n</think>\n\nHello.", "reasoning(Hm.) content(Hello.)" },
        { "think tags", "", "a < b, <thin air>, 1 <2", "content(a < b, <thin air>, 1 <2)" },
        { "think tags", "", "ends in <thi", "content(ends in <thi)" },
        { "think tags", "", "line\n", "content(line\n)" },
        { "think tags", "", "<think>cut off", "reasoning(cut off)" },
        { "think tags", "", "", "" },
        { "think brackets", "", "[THINK]a[b][/THINK]c [d]", "reasoning(a[b]) content(c [d])" },
        { "think tags", "tagged JSON", "Wait.\n\n<tool_call>\n{\"name\": \"f\", \"arguments\": {\"a\": 1}}\n</tool_call>", "content(Wait.) call(call00001 f {\"a\": 1})" },
        { "think tags", "tagged JSON", "<think>t</think>\n\n<tool_call>{\"name\":\"f\",\"arguments\":{}}</tool_call>\n<tool_call>{\"name\":\"g\",\"arguments\":{\"x\":\"</tool_call>\"}}</tool_call>\nDone", "reasoning(t) call(call00001 f {}) call(call00002 g {\"x\":\"</tool_call>\"}) content(Done)" },
        { "think tags", "tagged JSON", "<tool_call>{\"name\": \"f\", \"arguments\": {\"a\": }}</tool_call> ok", "malformed(<tool_call>{\"name\": \"f\", \"arguments\": {\"a\": }}</tool_call>) content(ok)" },
        { "think tags", "tagged JSON", "<tool_call>{\"name\": \"f\", \"arguments\": {\"a\": 1}", "malformed(<tool_call>{\"name\": \"f\", \"arguments\": {\"a\": 1})" },
        { "think tags", "tagged JSON", "<tool_call>{\"name\": \"f\", \"arguments\": {}}", "call(call00001 f {})" },
        { "think tags", "tagged JSON", "<tool_call>{\"name\": \"f\", \"arguments\": \"{\\\"a\\\": 1}\"}</tool_call>", "call(call00001 f {\"a\": 1})" },
        { "think tags", "tagged JSON", "<tool_call>{\"name\": \"f\", \"arguments\": [1]}</tool_call>", "malformed(<tool_call>{\"name\": \"f\", \"arguments\": [1]}</tool_call>)" },
        { "think tags", "tagged JSON", "<tool_call>{\"name\": \"f\", \"arguments\": {\"a\": \"\\ud800\"}}</tool_call>", "malformed(<tool_call>{\"name\": \"f\", \"arguments\": {\"a\": \"\\ud800\"}}</tool_call>)" },
        { "think tags", "bare JSON", " {\"name\": \"f\", \"parameters\": {\"a\": [1, \"}\"]}}", "call(call00001 f {\"a\": [1, \"}\"]})" },
        { "think tags", "bare JSON", "<|python_tag|>{\"type\": \"function\", \"name\": \"f\", \"parameters\": {}}; {\"name\": \"g\", \"parameters\": {}}", "call(call00001 f {}) call(call00002 g {})" },
        { "think tags", "bare JSON", "{\"answer\": 42}", "content({\"answer\": 42})" },
        { "think tags", "bare JSON", "{\"name\": \"Ada\", \"age\": 36} is the record.", "content({\"name\": \"Ada\", \"age\": 36} is the record.)" },
        { "think tags", "bare JSON", "{\"name\": \"f\", \"parameters\": {", "malformed({\"name\": \"f\", \"parameters\": {)" },
        { "think tags", "bare JSON", "See {\"name\": \"f\", \"parameters\": {}}", "content(See {\"name\": \"f\", \"parameters\": {}})" },
        { "think tags", "generic", "<think>x</think>{\"name\": \"f\", \"arguments\": {}}", "reasoning(x) call(call00001 f {})" },
        { "think tags", "Mistral array", "[TOOL_CALLS][{\"name\": \"f\", \"arguments\": {\"a\": \"]\"}, \"id\": \"abcdefghi\"}, {\"name\": \"g\", \"arguments\": {}}]", "call(abcdefghi f {\"a\": \"]\"}) call(call00002 g {})" },
        { "think tags", "Mistral arguments", "Ok.[TOOL_CALLS]f[ARGS]{\"a\": 1}[TOOL_CALLS]g[CALL_ID]123456789[ARGS]{}", "content(Ok.) call(call00001 f {\"a\": 1}) call(123456789 g {})" },
        { "think tags", "tagged parameters", "<tool_call>\n<function=f>\n<parameter=city>\n12\n</parameter>\n<parameter=days>\n3\n</parameter>\n<parameter=note>\na\n\"b</parameter>\n</function>\n</tool_call>", "call(call00001 f {\"city\":\"12\",\"days\":3,\"note\":\"a\\n\\u0022b\"})" },
        { "think tags", "tagged parameters", "I call.\n<function=f>\n<parameter=days>3</parameter>\n</function>\n</tool_call>", "content(I call.) call(call00001 f {\"days\":3})" },
        { "think tags", "tagged pairs", "<tool_call>f\n<arg_key>city</arg_key>\n<arg_value>Rome</arg_value>\n</tool_call>", "call(call00001 f {\"city\":\"Rome\"})" },
        { "think tags", "DeepSeek", "Ok<｜tool▁calls▁begin｜><｜tool▁call▁begin｜>f<｜tool▁sep｜>{\"a\": 1}<｜tool▁call▁end｜><｜tool▁call▁begin｜>function<｜tool▁sep｜>g\n```json\n{}\n```<｜tool▁call▁end｜><｜tool▁calls▁end｜>", "content(Ok) call(call00001 f {\"a\": 1}) call(call00002 g {})" },
        { "think tags", "Kimi", "<|tool_calls_section_begin|><|tool_call_begin|>functions.f:0<|tool_call_argument_begin|>{\"a\": 1}<|tool_call_end|><|tool_calls_section_end|>", "call(functions.f:0 f {\"a\": 1})" },
        { "command", "command", "<|START_THINKING|>t<|END_THINKING|><|START_ACTION|>[\n{\"tool_call_id\": \"0\", \"tool_name\": \"f\", \"parameters\": {}}\n]<|END_ACTION|>", "reasoning(t) call(0 f {})" },
        { "command", "command", "<|START_RESPONSE|>Hi<|END_RESPONSE|>", "content(Hi)" },
        { "think tags", "Granite", "<|tool_call|>[{\"name\": \"f\", \"arguments\": {}}]", "call(call00001 f {})" },
        { "harmony", "harmony", "<|channel|>analysis<|message|>Think.<|end|><|start|>assistant<|channel|>final<|message|>Hi.", "reasoning(Think.) content(Hi.)" },
        { "harmony", "harmony", "<|channel|>analysis<|message|>T<|end|><|start|>assistant<|channel|>commentary to=functions.f <|constrain|>json<|message|>{\"a\": 1}<|call|>", "reasoning(T) call(call00001 f {\"a\": 1})" },
        { "harmony", "harmony", "<|channel|>commentary<|message|>First.<|end|><|start|>assistant to=functions.f<|channel|>commentary json<|message|>{}", "content(First.) call(call00001 f {})" },
    };

    [Theory]
    [MemberData(nameof(Outputs))]
    public void Read_takes_apart_what_a_model_writes(string reasoning, string calls, string text, string expected) => Assert.Equal(expected, Describe(Read(reasoning, calls, [text])));

    [Theory]
    [MemberData(nameof(Outputs))]
    public void Read_gives_the_same_however_the_text_is_cut(string reasoning, string calls, string text, string expected)
    {
        var random = new Random(5);
        Assert.Equal(expected, Describe(Read(reasoning, calls, text.Select(c => c.ToString()))));
        for (var i = 0; i < 30; i++)
        {
            List<string> cut = [];
            for (var at = 0; at < text.Length;)
            {
                var length = Math.Min(random.Next(1, 12), text.Length - at);
                cut.Add(text.Substring(at, length));
                at += length;
            }

            Assert.Equal(expected, Describe(Read(reasoning, calls, cut)));
        }
    }

    [Fact]
    public void Read_of_random_markers_never_throws_and_does_not_depend_on_the_cuts()
    {
        var random = new Random(6);
        string[] scraps = ["<think>", "</think>", "<tool_call>", "</tool_call>", "{\"name\": \"f\", ", "\"arguments\": {}}", "\"", "{", "}", "\\", " ", "\n", "a", "<", "[TOOL_CALLS]", "[", "]", "<function=", "f>", "<parameter=x>", "</parameter>", "</function>", "<|channel|>", "analysis", "commentary to=f", "<|message|>", "<|end|>", "<|start|>assistant", "<|call|>", "<arg_key>", "<｜tool▁call▁begin｜>", "<｜tool▁sep｜>", "<｜tool▁call▁end｜>", "\ud800", ";"];
        for (var i = 0; i < 3_000; i++)
        {
            var text = string.Concat(Enumerable.Range(0, random.Next(1, 25)).Select(_ => scraps[random.Next(scraps.Length)]));
            var calls = Formats[random.Next(Formats.Length)].Name;
            var reasoning = random.Next(3) == 0 ? "harmony" : "think tags";

            Assert.Equal(Describe(Read(reasoning, calls, [text])), Describe(Read(reasoning, calls, text.Select(c => c.ToString()))));
        }
    }

    [Fact]
    public void Read_emits_content_at_once_and_holds_back_only_what_may_become_a_marker()
    {
        var reader = new ChatOutputReader(ReasoningFormat.ThinkTags, ToolCallFormats.TaggedJson);

        Assert.Equal("content(Hel)", Describe(reader.Read("Hel")));
        Assert.Equal("content(lo <b>)", Describe(reader.Read("lo <b>")));
        Assert.Empty(reader.Read(" <tool"));
        Assert.Equal("content( <toolbox>)", Describe(reader.Read("box>")));
        Assert.Empty(reader.Read(" \n"));
        Assert.Equal("content( \nx)", Describe(reader.Read("x")));
        Assert.Empty(reader.Finish());
    }

    [Fact]
    public void Read_begins_inside_the_reasoning_that_the_prompt_has_opened()
    {
        var reader = new ChatOutputReader(ReasoningFormat.ThinkTags, prompt: "<|Assistant|><think>\n");

        Assert.Equal("reasoning(Hm.) content(Hello)", Describe([.. reader.Read("Hm.\n</think>\nHello"), .. reader.Finish()]));
    }

    [Fact]
    public void Read_without_tools_takes_calls_for_content() =>
        Assert.Equal("content({\"name\": \"f\", \"arguments\": {}} <tool_call>)", Describe(Read("think tags", "", ["{\"name\": \"f\", \"arguments\": {}} <tool_call>"])));

    [Fact]
    public void Bare_call_of_an_unknown_tool_is_content()
    {
        var reader = new ChatOutputReader(ReasoningFormat.ThinkTags, ToolCallFormats.BareJson, [Templates.SampleConversations.Weather]);

        Assert.Equal("content({\"name\": \"f\", \"parameters\": {}})", Describe([.. reader.Read("{\"name\": \"f\", \"parameters\": {}}"), .. reader.Finish()]));
    }

    [Fact]
    public void Malformed_call_says_what_is_wrong()
    {
        var malformed = Assert.IsType<ChatOutputPiece.MalformedToolCall>(Assert.Single(Read("think tags", "tagged JSON", ["<tool_call>{\"arguments\": {}}</tool_call>"])));

        Assert.Equal("The call has no name of a tool as a text.", malformed.Error);
    }

    private static readonly ToolCallFormat[] Formats =
    [
        ToolCallFormats.TaggedJson, ToolCallFormats.Generic, ToolCallFormats.BareJson, ToolCallFormats.MistralArray, ToolCallFormats.MistralArguments, ToolCallFormats.TaggedParameters,
        ToolCallFormats.TaggedPairs, ToolCallFormats.DeepSeek, ToolCallFormats.Kimi, ToolCallFormats.Harmony, ToolCallFormats.Command, ToolCallFormats.Granite,
    ];

    private static readonly ReasoningFormat[] Reasonings = [ReasoningFormat.ThinkTags, ReasoningFormat.ThinkBrackets, ReasoningFormat.SeedTags, ReasoningFormat.Command, ReasoningFormat.Harmony];

    private static readonly ChatTool Tool = new("f", "", Templates.SampleConversations.Json("""{"type": "object", "properties": {"city": {"type": "string"}, "days": {"type": "integer"}}}"""));

    private static readonly ChatTool Other = Tool with { Name = "g" };

    private static List<ChatOutputPiece> Read(string reasoning, string calls, IEnumerable<string> pieces)
    {
        var reader = new ChatOutputReader(Array.Find(Reasonings, r => r.Name == reasoning)!, Array.Find(Formats, f => f.Name == calls), [Tool, Other]);
        return [.. pieces.SelectMany(p => reader.Read(p)).ToList(), .. reader.Finish()];
    }

    private static string Describe(IReadOnlyList<ChatOutputPiece> pieces)
    {
        List<(string Kind, string Text)> described = [];
        foreach (var (kind, text) in pieces.Select(Kinded))
        {
            if (described.Count > 0 && described[^1].Kind == kind && (kind is "content" or "reasoning"))
            {
                described[^1] = (kind, described[^1].Text + text);
            }
            else
            {
                described.Add((kind, text));
            }
        }

        return string.Join(' ', described.Select(d => $"{d.Kind}({d.Text})"));
    }

    private static (string Kind, string Text) Kinded(ChatOutputPiece piece) => piece switch
    {
        ChatOutputPiece.Content content => ("content", content.Text),
        ChatOutputPiece.Reasoning reasoning => ("reasoning", reasoning.Text),
        ChatOutputPiece.ToolCall { Call: var call } => ("call", $"{call.Id} {call.Name} {call.Arguments.GetRawText()}"),
        ChatOutputPiece.MalformedToolCall malformed => ("malformed", malformed.Text),
        _ => throw new InvalidOperationException(),
    };
}
