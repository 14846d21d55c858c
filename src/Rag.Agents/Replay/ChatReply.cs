using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.Extensions.AI;

namespace Rag.Agents.Replay;

/// <summary>A model's reply as a record keeps it: <c>{model?, provider?, finish?, pieces: [text or list of contents]}</c>, piece by piece as it was streamed.</summary>
internal static class ChatReply
{
    public static JsonElement Of(IReadOnlyList<ChatResponseUpdate> updates, ChatClientMetadata? client)
    {
        var reply = new JsonObject();
        Add("model", updates.Select(u => u.ModelId).LastOrDefault(m => m is not null));
        Add("provider", client?.ProviderName);
        Add("finish", updates.Select(u => u.FinishReason?.Value).LastOrDefault(f => f is not null));
        reply["pieces"] = new JsonArray([.. updates.Select(u => Piece(u.Contents))]);
        return JsonSerializer.SerializeToElement(reply, RecordJson.Compact.Of<JsonObject>());

        void Add(string name, string? value)
        {
            if (value is not null)
            {
                reply[name] = value;
            }
        }
    }

    public static IEnumerable<ChatResponseUpdate> Updates(JsonElement reply) => reply.GetProperty("pieces").EnumerateArray().Select(piece => new ChatResponseUpdate(ChatRole.Assistant, Contents(piece))
    {
        ModelId = Text(reply, "model"),
        FinishReason = Text(reply, "finish") is { } finish ? new(finish) : null,
    });

    /// <summary>A text of the reply; <see langword="null"/> where it has none of that name.</summary>
    public static string? Text(JsonElement reply, string name) => reply.TryGetProperty(name, out var value) ? value.GetString() : null;

    private static JsonNode? Piece(IList<AIContent> contents) =>
        contents is [TextContent { Annotations: null or [], AdditionalProperties: null } text] ? JsonSerializer.SerializeToNode(text.Text, RecordJson.Contents.Of<string>()) : JsonSerializer.SerializeToNode(contents, RecordJson.Contents.Of<IList<AIContent>>());

    private static IList<AIContent> Contents(JsonElement piece) =>
        piece.ValueKind == JsonValueKind.String ? [new TextContent(piece.Deserialize(RecordJson.Contents.Of<string>()))] : piece.Deserialize(RecordJson.Contents.Of<IList<AIContent>>())!;
}
