using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.Extensions.AI;

namespace Rag.Agents.Replay;

/// <summary>Messages in the form of OpenTelemetry's <c>gen_ai.input.messages</c> and <c>gen_ai.output.messages</c>: <c>[{role, parts: [{type, ...}], finish_reason?}]</c>.</summary>
internal static class SpanMessages
{
    public static string Of(IEnumerable<ChatMessage> messages, ChatFinishReason? finish = null) =>
        JsonSerializer.Serialize(new JsonArray([.. messages.Select(m => (JsonNode)Message(m, finish))]), RecordJson.Compact.Of<JsonArray>());

    private static JsonObject Message(ChatMessage message, ChatFinishReason? finish)
    {
        var node = new JsonObject { ["role"] = message.Role.Value, ["parts"] = new JsonArray([.. message.Contents.Select(Part).OfType<JsonNode>()]) };
        if (finish is { } reason)
        {
            node["finish_reason"] = reason.Value;
        }

        return node;
    }

    private static JsonObject? Part(AIContent content) => content switch
    {
        TextContent text => new JsonObject { ["type"] = "text", ["content"] = text.Text },
        TextReasoningContent reasoning => new JsonObject { ["type"] = "reasoning", ["content"] = reasoning.Text },
        FunctionCallContent call => new JsonObject { ["type"] = "tool_call", ["id"] = call.CallId, ["name"] = call.Name, ["arguments"] = JsonSerializer.SerializeToNode(call.Arguments, AIJsonUtilities.DefaultOptions.Of<IDictionary<string, object?>?>()) },
        FunctionResultContent result => new JsonObject { ["type"] = "tool_call_response", ["id"] = result.CallId, ["response"] = JsonSerializer.SerializeToNode(result.Result, AIJsonUtilities.DefaultOptions.Of<object?>()) },
        _ => null, // usage has attributes of its own
    };
}
