using System.Text.Json;
using Rag.Llama.Templates;

namespace Rag.Llama.Tests.Templates;

/// <summary>The conversations with which templates are tried.</summary>
internal static class SampleConversations
{
    public static readonly ChatTool Weather = new("get_weather", "The weather of a city", Json(
        """{"type": "object", "properties": {"city": {"type": "string", "description": "Its name"}, "days": {"type": "integer"}}, "required": ["city"]}"""));

    public static readonly ChatTool Time = new("get_time", "What time it is", Json("""{"type": "object", "properties": {}}"""));

    private static readonly ChatTemplateMessage[] Chatted =
        [new("system", "Answer briefly."), new("user", " Wie heißt du? "), new("assistant", "Ada 🎉"), new("user", "And \"why\"?\nTell me.")];

    private static readonly ChatTemplateMessage[] Called =
    [
        new("system", "Answer briefly."),
        new("user", "How is it in Köln?"),
        new("assistant", "") { ToolCalls = [new("call00001", "get_weather", Json("""{"city": "Köln", "days": 2}"""))] },
        new("tool", """{"degrees": 3.5}""") { ToolName = "get_weather", ToolCallId = "call00001" },
    ];

    private static readonly ChatTemplateMessage[] Reasoned =
        [new("system", "Answer briefly."), new("user", "Why?"), new("assistant", "Because.") { Reasoning = "Let me think." }];

    /// <summary>By the name that the golden files have.</summary>
    public static ChatTemplateInput Of(string name) => name switch
    {
        "chat" => Input(Chatted),
        "closed" => Input(Chatted[..3]) with { AddGenerationPrompt = false },
        "calls" => Input(Called) with { Tools = [Weather, Time] },
        "reasoning" => Input(Reasoned) with { AddGenerationPrompt = false },
        "thinking" => Input(Chatted) with { Thinking = true },
        "no-thinking" => Input(Chatted) with { Thinking = false },
        _ => throw new ArgumentOutOfRangeException(nameof(name), name, "no such conversation"),
    };

    public static ChatTemplateInput Input(params IReadOnlyList<ChatTemplateMessage> messages) =>
        new() { Messages = messages, BosToken = "<s>", EosToken = "</s>", Clock = new StoppedClock() };

    public static JsonElement Json(string json) => JsonDocument.Parse(json).RootElement;

    /// <summary>A summer's day, in UTC.</summary>
    internal sealed class StoppedClock : TimeProvider
    {
        public override TimeZoneInfo LocalTimeZone => TimeZoneInfo.Utc;

        public override DateTimeOffset GetUtcNow() => new(2024, 7, 6, 13, 5, 9, TimeSpan.Zero);
    }
}
