using Rag.Llama.Chat;
using Rag.Llama.Grammars;
using Rag.Llama.Templates;
using Rag.Llama.Tests.Grammars;
using Rag.Llama.Tests.Templates;

namespace Rag.Llama.Tests.Chat;

public sealed class ToolGrammarTests
{
    private static readonly Lazy<GrammarVocabulary> Vocabulary = new(() => new GrammarVocabulary([], []));

    private static readonly ChatTool[] Tools = [SampleConversations.Weather, SampleConversations.Time];

    private static readonly (ToolCallFormat Format, string TwoCalls)[] Written =
    [
        (ToolCallFormats.TaggedJson, "<tool_call>\n{\"name\": \"get_weather\", \"arguments\": {\"city\": \"Rome\"}}\n</tool_call>\n<tool_call>\n{\"name\": \"get_time\", \"arguments\": {}}\n</tool_call>"),
        (ToolCallFormats.Generic, "<tool_call>\n{\"name\": \"get_weather\", \"arguments\": {\"city\": \"Rome\"}}\n</tool_call>\n<tool_call>\n{\"name\": \"get_time\", \"arguments\": {}}\n</tool_call>"),
        (ToolCallFormats.BareJson, """{"name": "get_weather", "parameters": {"city": "Rome"}}; {"name": "get_time", "parameters": {}}"""),
        (ToolCallFormats.MistralArray, """[TOOL_CALLS][{"name": "get_weather", "arguments": {"city": "Rome"}}, {"name": "get_time", "arguments": {}}]"""),
        (ToolCallFormats.MistralArguments, """[TOOL_CALLS]get_weather[ARGS]{"city": "Rome"}[TOOL_CALLS]get_time[ARGS]{}"""),
        (ToolCallFormats.DeepSeek, """<｜tool▁calls▁begin｜><｜tool▁call▁begin｜>get_weather<｜tool▁sep｜>{"city": "Rome"}<｜tool▁call▁end｜><｜tool▁call▁begin｜>get_time<｜tool▁sep｜>{}<｜tool▁call▁end｜><｜tool▁calls▁end｜>"""),
        (ToolCallFormats.Kimi, """<|tool_calls_section_begin|><|tool_call_begin|>functions.get_weather:3<|tool_call_argument_begin|>{"city": "Rome"}<|tool_call_end|><|tool_call_begin|>functions.get_time:4<|tool_call_argument_begin|>{}<|tool_call_end|><|tool_calls_section_end|>"""),
        (ToolCallFormats.Harmony, """<|channel|>commentary to=functions.get_weather <|constrain|>json<|message|>{"city": "Rome"}<|call|><|start|>assistant<|channel|>commentary to=functions.get_time <|constrain|>json<|message|>{}<|call|>"""),
        (ToolCallFormats.Command, "<|START_ACTION|>[\n{\"tool_name\": \"get_weather\", \"parameters\": {\"city\": \"Rome\"}},\n{\"tool_name\": \"get_time\", \"parameters\": {}}\n]<|END_ACTION|>"),
        (ToolCallFormats.Granite, """<|tool_call|>[{"name": "get_weather", "arguments": {"city": "Rome"}}, {"name": "get_time", "arguments": {}}]"""),
    ];

    public static TheoryData<string> Formats => [.. Written.Select(w => w.Format.Name)];

    [Theory]
    [MemberData(nameof(Formats))]
    public void Two_calls_are_allowed_and_read_back_as_two(string name)
    {
        var (format, text) = Find(name);
        var use = new ToolGrammar(Vocabulary).Create(format, Tools, mustCall: true, mayRepeat: true, answer: null, reasoningEnd: null);

        var reader = new ChatOutputReader(format == ToolCallFormats.Harmony ? ReasoningFormat.Harmony : ReasoningFormat.ThinkTags, format, Tools);
        ChatOutputPiece[] pieces = [.. reader.Read(text), .. reader.Finish()];

        Assert.True(Texts.Matches(use!.Grammar, text));
        var calls = pieces.Select(p => Assert.IsType<ChatOutputPiece.ToolCall>(p).Call).ToList();
        Assert.Equal([("get_weather", """{"city": "Rome"}"""), ("get_time", "{}")], calls.Select(c => (c.Name, c.Arguments.GetRawText())));
        Assert.Equal(2, calls.Select(c => c.Id).Distinct().Count());
    }

    [Theory]
    [MemberData(nameof(Formats))]
    public void Second_call_is_not_allowed_where_one_is_asked_for(string name)
    {
        var (format, text) = Find(name);

        var use = new ToolGrammar(Vocabulary).Create(format, Tools, mustCall: true, mayRepeat: false, answer: null, reasoningEnd: null);

        Assert.False(Texts.Matches(use!.Grammar, text));
    }

    [Theory]
    [InlineData("Mistral array")]
    [InlineData("command")]
    [InlineData("Granite")]
    public void Calls_inside_one_array_stand_behind_one_trigger_in_free_text(string name)
    {
        var (format, text) = Find(name);

        var use = new ToolGrammar(Vocabulary).Create(format, Tools, mustCall: false, mayRepeat: true, answer: null, reasoningEnd: null)!;

        Assert.True(Texts.Matches(use.Grammar, text[use.After!.Length..]));
    }

    [Theory]
    [InlineData("tagged JSON")]
    [InlineData("generic")]
    [InlineData("Mistral arguments")]
    [InlineData("DeepSeek")]
    [InlineData("Kimi")]
    [InlineData("harmony")]
    public void Each_other_call_stands_behind_its_own_trigger_in_free_text(string name)
    {
        var (format, text) = Find(name);

        var use = new ToolGrammar(Vocabulary).Create(format, Tools, mustCall: false, mayRepeat: true, answer: null, reasoningEnd: null)!;

        var between = format.Sequence.Separator + use.After;
        var behind = text[(format.Sequence.Opening + use.After).Length..^format.Sequence.Closing.Length];
        Assert.All(behind.Split(between), call => Assert.True(Texts.Matches(use.Grammar, call)));
    }

    [Fact]
    public void Calls_that_nothing_announces_leave_text_free() =>
        Assert.Null(new ToolGrammar(Vocabulary).Create(ToolCallFormats.BareJson, Tools, mustCall: false, mayRepeat: true, answer: null, reasoningEnd: null));

    private static (ToolCallFormat Format, string TwoCalls) Find(string name) => Array.Find(Written, w => w.Format.Name == name);
}
