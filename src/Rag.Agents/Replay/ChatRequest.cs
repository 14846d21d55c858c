using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.Extensions.AI;

namespace Rag.Agents.Replay;

/// <summary>What a model is asked, as a record keeps it.</summary>
/// <param name="Key">Of the prompt: a hash of its messages.</param>
/// <param name="Prompt">The messages.</param>
/// <param name="Call">The key, the options that are set, and the tools with a hash of what the model is told of each.</param>
internal sealed record ChatRequest(string Key, JsonElement Prompt, JsonElement Call)
{
    private const string PromptName = "prompt";

    public static ChatRequest Of(IEnumerable<ChatMessage> messages, ChatOptions? options)
    {
        var prompt = JsonSerializer.SerializeToElement([.. messages], AIJsonUtilities.DefaultOptions.Of<IList<ChatMessage>>());
        var call = new JsonObject { [PromptName] = Hash(prompt), ["options"] = JsonSerializer.SerializeToNode(options ?? new(), AIJsonUtilities.DefaultOptions.Of<ChatOptions>()) };
        if (options?.Tools is { Count: > 0 } tools)
        {
            call["tools"] = new JsonObject(tools.Select(t => KeyValuePair.Create(t.Name, (JsonNode?)Told(t))));
        }

        return new(Hash(prompt), prompt, JsonSerializer.SerializeToElement(call, RecordJson.Compact.Of<JsonObject>()));
    }

    /// <summary>The key of the prompt of a recorded call.</summary>
    public static string KeyOf(RecordedCall call) => call.Request.GetProperty(PromptName).GetString()!;

    /// <summary>The seed of a recorded call; -1 where it has none.</summary>
    public static long SeedOf(RecordedCall call) => call.Request.GetProperty("options").TryGetProperty("seed", out var seed) ? seed.GetInt64() : -1;

    private static string Told(AITool tool) => Hash(JsonSerializer.SerializeToElement(new JsonObject
    {
        ["description"] = tool.Description,
        ["schema"] = tool is AIFunctionDeclaration function ? JsonNode.Parse(function.JsonSchema.GetRawText()) : null,
    }, RecordJson.Compact.Of<JsonObject>()));

    // 128 bits: two prompts of one run do not meet.
    private static string Hash(JsonElement value) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(JsonSerializer.Serialize(value, RecordJson.Compact.Of<JsonElement>()))).AsSpan(0, 16));
}
