using System.Text.Json;
using Microsoft.Extensions.AI;

namespace Rag.Evaluation.Support;

/// <summary>Asks a model for a verdict in a form that a grammar holds it to.</summary>
internal static class JudgePrompt
{
    private const int MaxReplyTokens = 1024;

    /// <summary>The reply at temperature 0. Each text lies between fences that none of them holds.</summary>
    public static async Task<string> AskAsync(IChatClient client, string prompt, IReadOnlyList<(string Name, string Text)> texts, ChatResponseFormat format, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var fence = Prompt.Fence(texts.Select(t => t.Text));
        ChatMessage[] messages =
        [
            new(ChatRole.System, Prompt.Read(prompt, typeof(JudgePrompt).Assembly).Replace("{fence}", fence, StringComparison.Ordinal)),
            new(ChatRole.User, string.Join("\n\n", texts.Select(t => $"{fence} {t.Name}\n{t.Text}\n{fence}"))),
        ];
        var chat = new ChatOptions { Temperature = 0, MaxOutputTokens = MaxReplyTokens, ResponseFormat = format, Reasoning = new() { Effort = ReasoningEffort.None } };
        var reply = await client.GetResponseAsync(messages, chat, cancellationToken);
        cancellationToken.ThrowIfCancellationRequested();
        return reply.Text;
    }

    /// <summary>What a reply says, or the default where it has another form: a model that was cut short or takes no schema may write anything.</summary>
    public static T? Read<T>(string reply, Func<JsonElement, T> read)
    {
        try
        {
            using var json = JsonDocument.Parse(reply);
            return read(json.RootElement);
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or KeyNotFoundException)
        {
            return default;
        }
    }

    /// <summary>The texts of an array.</summary>
    public static IReadOnlyList<string> Texts(JsonElement values) => [.. values.EnumerateArray().Select(v => v.GetString() ?? throw new InvalidOperationException())];
}
