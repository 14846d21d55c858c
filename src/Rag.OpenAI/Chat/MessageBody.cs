using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.Extensions.AI;
using Rag.OpenAI.Transport;

namespace Rag.OpenAI.Chat;

/// <summary>A conversation in the protocol's JSON.</summary>
internal static class MessageBody
{
    /// <summary>The messages; instructions and the system messages that come first become one, since many models' templates take no second.</summary>
    /// <exception cref="NotSupportedException">A message holds what the protocol does not have.</exception>
    public static JsonArray Of(IEnumerable<ChatMessage> messages, string? instructions)
    {
        var rest = new Queue<ChatMessage>(messages);
        var system = new List<string>();
        if (!string.IsNullOrEmpty(instructions))
        {
            system.Add(instructions);
        }

        while (rest.TryPeek(out var first) && first.Role == ChatRole.System)
        {
            system.Add(TextOf(rest.Dequeue().Contents));
        }

        var said = rest.SelectMany(Of);
        return new JsonArray([.. system.Count > 0 ? said.Prepend(Message("system", string.Join("\n\n", system))) : said]);
    }

    private static IEnumerable<JsonObject> Of(ChatMessage message)
    {
        foreach (var result in message.Contents.OfType<FunctionResultContent>())
        {
            var told = Message("tool", ResultOf(result));
            told["tool_call_id"] = result.CallId;
            yield return told;
        }

        var others = message.Contents.Where(c => c is not FunctionResultContent).ToList();
        if (others.Count == 0 && message.Role == ChatRole.Tool)
        {
            yield break;
        }

        var calls = others.OfType<FunctionCallContent>().ToList();
        JsonNode said = others.Exists(c => c is DataContent) ? Parts(others) : TextOf(others);
        var body = Message(message.Role.Value, said);
        if (calls.Count > 0)
        {
            body["tool_calls"] = new JsonArray([.. calls.Select(Call)]);
        }

        yield return body;
    }

    private static JsonObject Message(string role, JsonNode content) => new() { ["role"] = role, ["content"] = content };

    private static JsonObject Call(FunctionCallContent call) => new()
    {
        ["id"] = call.CallId,
        ["type"] = "function",
        ["function"] = new JsonObject { ["name"] = call.Name, ["arguments"] = RequestJson.Write(call.Arguments ?? new Dictionary<string, object?>()) },
    };

    private static string ResultOf(FunctionResultContent result) => result.Result switch
    {
        null => "",
        string text => text,
        JsonElement { ValueKind: JsonValueKind.String } text => text.GetString()!,
        var other => RequestJson.Write(other),
    };

    private static string TextOf(IEnumerable<AIContent> contents) => string.Concat(contents.Select(TextOf));

    // What a model thought is not sent back: several services refuse it.
    private static string TextOf(AIContent content) => content switch
    {
        TextContent text => text.Text,
        ErrorContent error => error.Message,
        TextReasoningContent or UsageContent or FunctionCallContent => "",
        _ => throw new NotSupportedException($"A message holds {content.GetType().Name}, and the protocol has text, images, calls and results. Leave it out, or give its text."),
    };

    private static JsonArray Parts(IEnumerable<AIContent> contents) => new([.. contents.Select(Part).OfType<JsonObject>()]);

    private static JsonObject? Part(AIContent content) => content switch
    {
        DataContent image when image.HasTopLevelMediaType("image") => new() { ["type"] = "image_url", ["image_url"] = new JsonObject { ["url"] = image.Uri } },
        DataContent data => throw new NotSupportedException($"A message holds data of type '{data.MediaType}', and of data the protocol has images only. Leave it out, or give its text."),
        _ when TextOf(content) is { Length: > 0 } text => new() { ["type"] = "text", ["text"] = text },
        _ => null,
    };
}
