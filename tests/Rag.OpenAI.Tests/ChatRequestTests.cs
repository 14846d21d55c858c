using System.ClientModel.Primitives;
using System.Text.Json;
using Microsoft.Extensions.AI;
using Rag.Testing;

namespace Rag.OpenAI.Tests;

/// <summary>What stands in a request: reviewed as files, since other programs read it.</summary>
public sealed class ChatRequestTests
{
    private static readonly JsonSerializerOptions Readable = new() { WriteIndented = true, Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private static readonly AIFunction Weather = AIFunctionFactory.Create((string city, int days) => $"{city}: sun for {days} days", "weather", "Says the weather.");

    private static readonly JsonElement Schema = JsonElement.Parse("""{ "type": "object", "properties": { "n": { "type": "integer" } }, "required": ["n"] }""");

    private static ChatMessage[] Conversation =>
    [
        new(ChatRole.System, "Be brief."),
        new(ChatRole.User, "Weather in Tromsø? 🦙"),
        new(ChatRole.Assistant, [new TextReasoningContent("Which city?"), new TextContent("I look."), new FunctionCallContent("c1", "weather", new Dictionary<string, object?> { ["city"] = "Tromsø", ["days"] = 1 }), new FunctionCallContent("c2", "clock")]),
        new(ChatRole.Tool, [new FunctionResultContent("c1", "sun"), new FunctionResultContent("c2", new { hour = 12 })]),
        new(ChatRole.User, [new TextContent("And this?"), new DataContent(new byte[] { 1, 2 }, "image/png")]),
    ];

    [Fact]
    public async Task Conversation_with_instructions_calls_results_and_an_image() =>
        Check("conversation.json", await SentAsync(Conversation, new() { Instructions = "Answer in English." }));

    [Fact]
    public async Task Every_option_of_sampling() => Check("sampling.json", await SentAsync([new(ChatRole.User, "Hi")], new()
    {
        MaxOutputTokens = 9,
        Temperature = 0.5f,
        TopP = 0.75f,
        TopK = 40,
        FrequencyPenalty = 0.25f,
        PresencePenalty = 1,
        Seed = 12345678901,
        StopSequences = ["\n\n", "END"],
        Reasoning = new() { Effort = ReasoningEffort.None },
        AdditionalProperties = new() { ["min_p"] = 0.1, ["logprobs"] = true, ["top_k"] = null },
    }));

    [Fact]
    public async Task Tools_with_a_required_one_and_a_schema_for_the_answer() => Check("tools.json", await SentAsync([new(ChatRole.User, "Hi")], new()
    {
        Tools = [Weather, AIFunctionFactory.Create(() => "noon", "clock")],
        ToolMode = ChatToolMode.RequireSpecific("weather"),
        AllowMultipleToolCalls = false,
        ResponseFormat = ChatResponseFormat.ForJsonSchema(Schema, "number", "A number."),
    }));

    [Fact]
    public async Task Own_service_of_OpenAI_is_asked_in_its_own_words() => Check("openai.json", await SentAsync(
        [new(ChatRole.User, "Hi")], new() { MaxOutputTokens = 9, Reasoning = new() { Effort = ReasoningEffort.None }, ResponseFormat = ChatResponseFormat.Json }, "https://api.openai.com/v1/"));

    [Theory]
    [InlineData("o3-mini", "https://api.openai.com/v1", false)]
    [InlineData("gpt-5.1", "https://API.openai.com/v1", false)]
    [InlineData("gpt-5-chat-latest", "https://api.openai.com/v1", true)]
    [InlineData("gpt-4.1", "https://api.openai.com/v1", true)]
    [InlineData("gpt-5", "http://127.0.0.1:8080/v1", true)]
    public async Task Temperature_is_not_said_to_a_model_that_refuses_it(string model, string address, bool isSaid)
    {
        var sent = await SentAsync([new(ChatRole.User, "Hi")], new() { ModelId = model, Temperature = 0, TopP = 1 }, address);

        Assert.Equal((isSaid, isSaid), (sent.TryGetProperty("temperature", out _), sent.TryGetProperty("top_p", out _)));
    }

    [Theory]
    [InlineData("none", null)]
    [InlineData("required", null)]
    [InlineData(null, "auto")]
    public async Task Tool_mode_is_said_where_it_is_not_the_usual_one(string? mode, string? auto)
    {
        var options = new ChatOptions { Tools = [Weather], ToolMode = mode switch { "none" => ChatToolMode.None, "required" => ChatToolMode.RequireAny, _ => ChatToolMode.Auto } };

        var sent = await SentAsync([new(ChatRole.User, "Hi")], options);

        Assert.Equal(auto is null, sent.TryGetProperty("tool_choice", out var choice));
        Assert.True(auto is not null || choice.GetString() == mode);
    }

    [Theory]
    [InlineData("lone \ud800 half")]
    [InlineData("nul \0 and \u2028")]
    public async Task Text_of_any_kind_makes_a_valid_request(string text)
    {
        var sent = await SentAsync([new(ChatRole.User, text)], null);

        Assert.Equal(text.Replace('\ud800', '\ufffd'), sent.GetProperty("messages")[0].GetProperty("content").GetString());
    }

    [Fact]
    public async Task Headers_come_from_the_endpoint_and_from_the_request_and_the_key_is_a_bearer_token()
    {
        var server = FakeServer.Of(() => FakeServer.Events([Answers.Stop]));
        using var endpoint = server.Endpoint(new() { ApiKey = "sk-secret", Headers = new Dictionary<string, string> { ["X-Team"] = "blue" } });
        using var client = new OpenAIChatClient(endpoint, "m");

        await client.GetResponseAsync("Hi", new() { RawRepresentationFactory = _ => WithHeader("X-Trace", "7") }, TestContext.Current.CancellationToken);
        await client.GetResponseAsync("Hi", cancellationToken: TestContext.Current.CancellationToken);

        Assert.Equal(("Bearer sk-secret", "blue", "7"), (server.Requests[0].Headers["Authorization"], server.Requests[0].Headers["X-Team"], server.Requests[0].Headers["X-Trace"]));
        Assert.Equal((false, "blue"), (server.Requests[1].Headers.ContainsKey("X-Trace"), server.Requests[1].Headers["X-Team"]));
        Assert.Equal("POST http://127.0.0.1:8080/v1/chat/completions", server.Requests[0].Line);
    }

    [Fact]
    public async Task Without_a_key_no_authorization_is_sent()
    {
        var server = FakeServer.Of(() => FakeServer.Events([Answers.Stop]));

        await Answers.AskAsync(server);

        Assert.False(server.Requests[0].Headers.ContainsKey("Authorization"));
    }

    [Fact]
    public async Task What_the_protocol_does_not_have_is_refused_with_its_name()
    {
        var sound = await Assert.ThrowsAsync<NotSupportedException>(() => SentAsync([new(ChatRole.User, [new DataContent(new byte[] { 1 }, "audio/wav")])], null));
        var link = await Assert.ThrowsAsync<NotSupportedException>(() => SentAsync([new(ChatRole.User, [new UriContent("https://example.org/a.png", "image/png")])], null));
        var tool = await Assert.ThrowsAsync<NotSupportedException>(() => SentAsync([new(ChatRole.User, "Hi")], new() { Tools = [new HostedWebSearchTool()] }));
        var missing = await Assert.ThrowsAsync<ArgumentException>(() => SentAsync([new(ChatRole.User, "Hi")], new() { Tools = [Weather], ToolMode = ChatToolMode.RequireSpecific("fly") }));

        Assert.Contains("audio/wav", sound.Message, StringComparison.Ordinal);
        Assert.Contains("UriContent", link.Message, StringComparison.Ordinal);
        Assert.Contains("HostedWebSearchTool", tool.Message, StringComparison.Ordinal);
        Assert.Contains("'fly' must be called, but is not there. Tools: weather.", missing.Message, StringComparison.Ordinal);
    }

    private static RequestOptions WithHeader(string name, string value)
    {
        var options = new RequestOptions();
        options.SetHeader(name, value);
        return options;
    }

    private static async Task<JsonElement> SentAsync(IEnumerable<ChatMessage> messages, ChatOptions? options, string address = FakeServer.Address)
    {
        var server = FakeServer.Of(() => FakeServer.Events([Answers.Stop]));
        using var endpoint = server.Endpoint(address: address);
        await new OpenAIChatClient(endpoint, "m").GetResponseAsync(messages, options, TestContext.Current.CancellationToken);
        return Assert.Single(server.Requests).Body;
    }

    private static void Check(string file, JsonElement sent) => Golden.Check(file, JsonSerializer.Serialize(sent, Readable) + "\n");
}
