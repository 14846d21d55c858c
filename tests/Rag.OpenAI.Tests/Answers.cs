using Microsoft.Extensions.AI;

namespace Rag.OpenAI.Tests;

/// <summary>Asking a fake server, and chunks for it to answer with.</summary>
internal static class Answers
{
    public const string Stop = """{"id":"1","model":"m","choices":[{"index":0,"delta":{},"finish_reason":"stop"}]}""";

    public const string Usage = """{"id":"1","model":"m","choices":[],"usage":{"prompt_tokens":7,"completion_tokens":3,"total_tokens":10,"prompt_tokens_details":{"cached_tokens":4},"completion_tokens_details":{"reasoning_tokens":2}}}""";

    public const string Done = "[DONE]";

    /// <summary>A chunk with one field of the delta.</summary>
    public static string Delta(string json) => $$$"""{"id":"1","model":"m","choices":[{"index":0,"delta":{{{json}}},"finish_reason":null}]}""";

    public static string Text(string text) => Delta($$"""{"content":{{System.Text.Json.JsonSerializer.Serialize(text)}} }""");

    /// <summary>What a client makes of these events.</summary>
    public static Task<ChatResponse> OfAsync(params string[] events) => AskAsync(FakeServer.Of(() => FakeServer.Events(events)));

    public static async Task<ChatResponse> AskAsync(FakeServer server, OpenAIEndpointOptions? options = null, ChatOptions? chat = null, CancellationToken cancellationToken = default)
    {
        using var endpoint = server.Endpoint(options);
        return await new OpenAIChatClient(endpoint, "m").GetResponseAsync([new(ChatRole.User, "Hi")], chat, cancellationToken);
    }

    /// <summary>What a client says to that.</summary>
    public static Task<OpenAIException> FailsAsync(FakeServer server, OpenAIEndpointOptions? options = null) => Assert.ThrowsAsync<OpenAIException>(() => AskAsync(server, options));
}
