using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.SemanticKernel.Connectors.OpenAI;

namespace Rag.SemanticKernel.Tests;

/// <summary>What an OpenAI-compatible server would send, one reply a request, in place of the network; keeps what it was sent.</summary>
internal sealed class OpenAIReplies(params string[] replies) : HttpMessageHandler
{
    private int _next;

    /// <summary>The body of the last request.</summary>
    public JsonNode Sent { get; private set; } = new JsonObject();

    /// <summary>Semantic Kernel's own connector, answered by these replies.</summary>
    public OpenAIChatCompletionService Service => new("m", new Uri("http://server.invalid/v1"), "key", httpClient: new(this, disposeHandler: false));

    /// <summary>A whole reply: a text, or a call of a tool.</summary>
    public static string Whole(string finish, string? text = null, params (string Name, string Arguments)[] calls) => new JsonObject
    {
        ["id"] = "r",
        ["object"] = "chat.completion",
        ["created"] = 1,
        ["model"] = "m",
        ["choices"] = new JsonArray(new JsonObject { ["index"] = 0, ["finish_reason"] = finish, ["message"] = Message(text, calls.Select((c, i) => Call(i, c.Name, c.Arguments))) }),
        ["usage"] = Usage,
    }.ToJsonString();

    /// <summary>A reply in pieces: the text by characters, or calls whose arguments come by characters.</summary>
    public static string Streamed(string finish, string text = "", params (string Name, string Arguments)[] calls)
    {
        var deltas = text.Select(c => Message(c.ToString(), []))
            .Concat(calls.SelectMany((call, i) => call.Arguments.Select(c => Message(null, [new JsonObject { ["index"] = i, ["function"] = new JsonObject { ["arguments"] = c.ToString() } }]))
                .Prepend(Message(null, [Call(i, call.Name, "")]))));
        var chunks = deltas.Select(d => Chunk(new JsonObject { ["index"] = 0, ["delta"] = d })).Append(Chunk(new JsonObject { ["index"] = 0, ["delta"] = new JsonObject(), ["finish_reason"] = finish })).ToList();
        var last = Chunk();
        last["usage"] = Usage;
        return string.Concat(chunks.Append(last).Select(c => $"data: {c.ToJsonString()}\n\n")) + "data: [DONE]\n\n";
    }

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        Sent = JsonNode.Parse(await request.Content!.ReadAsStringAsync(cancellationToken))!;
        var content = new StreamContent(new MemoryStream(Encoding.UTF8.GetBytes(replies[_next++])));
        content.Headers.ContentType = new(Sent["stream"]?.GetValue<bool>() == true ? "text/event-stream" : "application/json");
        return new(HttpStatusCode.OK) { Content = content };
    }

    private static JsonObject Usage => new() { ["prompt_tokens"] = 5, ["completion_tokens"] = 7, ["total_tokens"] = 12 };

    private static JsonObject Chunk(params JsonNode[] choices) => new() { ["id"] = "r", ["object"] = "chat.completion.chunk", ["created"] = 1, ["model"] = "m", ["choices"] = new JsonArray(choices) };

    private static JsonObject Message(string? text, IEnumerable<JsonNode> calls)
    {
        var message = new JsonObject { ["role"] = "assistant", ["content"] = text };
        if (calls.ToArray() is { Length: > 0 } some)
        {
            message["tool_calls"] = new JsonArray(some);
        }

        return message;
    }

    private static JsonObject Call(int index, string name, string arguments) =>
        new() { ["index"] = index, ["id"] = $"call{index}", ["type"] = "function", ["function"] = new JsonObject { ["name"] = name, ["arguments"] = arguments } };
}
