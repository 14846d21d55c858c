using System.Text.Json;
using Microsoft.Extensions.AI;

namespace Rag.Testing;

/// <summary>What holds besides for every <see cref="IChatClient"/> of ours that takes tools and the schema of an answer.</summary>
public abstract class ToolChatClientContract : ChatClientContract
{
    private static readonly JsonElement Schema = JsonElement.Parse("""
        { "type": "object", "properties": { "color": { "enum": ["red", "green"] }, "big": { "type": "boolean" } }, "required": ["color", "big"], "additionalProperties": false }
        """);

    private static readonly AIFunction Weather = AIFunctionFactory.Create((string city, int days) => $"{city}: sun for {days} days", "weather", "Says the weather.");
    private static readonly AIFunction Clock = AIFunctionFactory.Create(() => "noon", "clock", "Says the time.");

    [Fact]
    public async Task Answer_of_a_schema_fits_it()
    {
        var client = await CreateAsync();

        var answers = await Task.WhenAll(Enumerable.Range(0, 4).Select(seed => client.GetResponseAsync(
            Ask("Which colour?"), new() { MaxOutputTokens = 200, Temperature = 1, Seed = seed, ResponseFormat = ChatResponseFormat.ForJsonSchema(Schema) }, TestContext.Current.CancellationToken)));

        Assert.All(answers, answer =>
        {
            var json = JsonElement.Parse(answer.Text);
            Assert.Contains(json.GetProperty("color").GetString(), (string[])["red", "green"]);
            Assert.Contains(json.GetProperty("big").ValueKind, (JsonValueKind[])[JsonValueKind.True, JsonValueKind.False]);
            Assert.Equal((2, ChatFinishReason.Stop), (json.EnumerateObject().Count(), answer.FinishReason!.Value));
        });
    }

    [Fact]
    public async Task Required_call_names_its_tool_and_fits_its_schema()
    {
        var client = await CreateAsync();
        var options = new ChatOptions { MaxOutputTokens = 400, Temperature = 1, Seed = 3, Tools = [Weather, Clock], ToolMode = ChatToolMode.RequireSpecific("weather"), AllowMultipleToolCalls = false };

        var answer = await client.GetResponseAsync(Ask("Weather in Oslo?"), options, TestContext.Current.CancellationToken);

        var call = Assert.Single(answer.Messages.SelectMany(m => m.Contents).OfType<FunctionCallContent>());
        Assert.Equal("weather", call.Name);
        Assert.Equal(["city", "days"], call.Arguments!.Keys.Order());
        Assert.Equal(ChatFinishReason.ToolCalls, answer.FinishReason);
    }

    [Fact]
    public async Task Conversation_with_calls_and_results_is_taken()
    {
        var client = await CreateAsync();
        ChatMessage[] messages =
        [
            new(ChatRole.System, "Be brief."),
            new(ChatRole.User, "Weather in Oslo?"),
            new(ChatRole.Assistant, [new FunctionCallContent("call00001", "weather", new Dictionary<string, object?> { ["city"] = "Oslo", ["days"] = 1 })]),
            new(ChatRole.Tool, [new FunctionResultContent("call00001", "Oslo: sun")]),
        ];

        var answer = await client.GetResponseAsync(messages, new() { MaxOutputTokens = 8, Tools = [Weather], Seed = 1 }, TestContext.Current.CancellationToken);

        Assert.NotNull(answer.FinishReason);
    }

    [Fact]
    public async Task Request_leaves_its_tools_as_they_were()
    {
        var client = await CreateAsync();
        var options = new ChatOptions { MaxOutputTokens = 4, Tools = [Clock], Seed = 1 };

        await client.GetResponseAsync(Ask("Hello"), options, TestContext.Current.CancellationToken);

        Assert.Same(Clock, Assert.Single(options.Tools));
    }
}
