using Rag.Llama.Chat;
using Rag.Llama.Tests.Templates;

namespace Rag.Llama.Tests.Chat;

public sealed class ToolCallFormatTests
{
    private static readonly ToolCallFormat[] All =
    [
        ToolCallFormats.TaggedJson, ToolCallFormats.Generic, ToolCallFormats.BareJson, ToolCallFormats.MistralArray, ToolCallFormats.MistralArguments, ToolCallFormats.DeepSeek,
        ToolCallFormats.Kimi, ToolCallFormats.Harmony, ToolCallFormats.Command, ToolCallFormats.Granite,
    ];

    public static TheoryData<string> JsonFormats => [.. All.Select(f => f.Name)];

    [Theory]
    [InlineData("qwen25", "tagged JSON")]
    [InlineData("qwen3", "tagged JSON")]
    [InlineData("hermes2", "tagged JSON")]
    [InlineData("mistral-nemo", "Mistral array")]
    [InlineData("deepseek-r1", "DeepSeek")]
    [InlineData("deepseek-v31", "DeepSeek")]
    [InlineData("gpt-oss", "harmony")]
    [InlineData("command-r", "command")]
    [InlineData("llama3", "bare JSON")]
    [InlineData("chatml", "generic")]
    [InlineData("gemma2", "generic")]
    public void ForTemplate_recognises_the_format(string family, string expected) => Assert.Equal(expected, ToolCallFormat.ForTemplate(ModelFamilyTests.Template(family).Source).Name);

    [Theory]
    [InlineData("{{ '[TOOL_CALLS]' + name + '[ARGS]' }}", "Mistral arguments")]
    [InlineData("{{ '<tool_call>\\n<function=' }}", "tagged parameters")]
    [InlineData("{{ '<tool_call>' + name + '<arg_key>' }}", "tagged pairs")]
    [InlineData("{{ '<|tool_call_begin|>' }}", "Kimi")]
    [InlineData("{{ '<|tool_call|>' }}", "Granite")]
    public void ForTemplate_goes_by_the_markers(string source, string expected) => Assert.Equal(expected, ToolCallFormat.ForTemplate(source).Name);

    [Theory]
    [InlineData("deepseek-r1", "think tags")]
    [InlineData("gpt-oss", "harmony")]
    [InlineData("command-r", "command")]
    [InlineData("chatml", "think tags")]
    public void Reasoning_is_recognised_too(string family, string expected) => Assert.Equal(expected, ReasoningFormat.ForTemplate(ModelFamilyTests.Template(family).Source).Name);

    [Theory]
    [MemberData(nameof(JsonFormats))]
    public void Shape_filled_with_json_of_its_schema_is_read_as_a_call(string name)
    {
        var format = All.Single(f => f.Name == name);
        var shape = format.Shapes([SampleConversations.Weather, SampleConversations.Time])[0];
        var hasName = shape.Schema.GetProperty("properties").TryGetProperty("arguments", out _) || shape.Schema.GetProperty("properties").TryGetProperty("parameters", out _);
        var keys = shape.Schema.GetProperty("properties").EnumerateObject().Select(p => p.Name).ToList();
        var json = hasName ? $"{{\"{keys[0]}\": \"get_weather\", \"{keys[1]}\": {{\"city\": \"Rome\"}}}}" : """{"city": "Rome"}""";

        var reader = new ChatOutputReader(ReasoningFormat.ThinkTags, format, [SampleConversations.Weather, SampleConversations.Time]);
        ChatOutputPiece[] pieces = [.. reader.Read(format.Sequence.Opening + shape.Prefix + (shape.AfterNumber is { } after ? $"0{after}" : "") + json + shape.Suffix + format.Sequence.Closing), .. reader.Finish()];

        var call = Assert.IsType<ChatOutputPiece.ToolCall>(Assert.Single(pieces)).Call;
        Assert.Equal(("get_weather", """{"city": "Rome"}"""), (call.Name, call.Arguments.GetRawText()));
    }

    [Fact]
    public void Format_that_is_not_json_has_no_shapes() => Assert.Empty(ToolCallFormats.TaggedParameters.Shapes([SampleConversations.Time]));

    [Fact]
    public void Triggers_begin_the_calls() =>
        Assert.All(
            All.Except([ToolCallFormats.BareJson]),
            f => Assert.Contains(f.Triggers, t => new[] { f.Sequence.Opening, f.Shapes([SampleConversations.Time])[0].Prefix }.Any(s => s.StartsWith(t, StringComparison.Ordinal))));
}
