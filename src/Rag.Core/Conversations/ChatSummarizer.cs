using Microsoft.Extensions.AI;

namespace Rag.Conversations;

/// <summary>Has a language model sum up, at temperature 0. Safe for concurrent use where the client is.</summary>
/// <remarks>The model sees the turns between fences that they do not hold. Where it writes nothing, the summary is that of <see cref="ExtractiveSummarizer"/>.</remarks>
/// <param name="client">The model; stays the caller's.</param>
public sealed class ChatSummarizer(IChatClient client) : IConversationSummarizer
{
    private static readonly string Instructions = Prompt.Read("conversation-summary");

    private readonly ExtractiveSummarizer _extractive = new();

    /// <inheritdoc/>
    public async Task<string> SummarizeAsync(string? summary, IReadOnlyList<Turn> turns, int maxTokens, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(turns);
        ArgumentOutOfRangeException.ThrowIfLessThan(maxTokens, 1);
        cancellationToken.ThrowIfCancellationRequested();
        var chat = new ChatOptions { Temperature = 0, MaxOutputTokens = maxTokens, Reasoning = new() { Effort = ReasoningEffort.None } };
        var reply = await client.GetResponseAsync(Messages(summary, turns, maxTokens), chat, cancellationToken);
        cancellationToken.ThrowIfCancellationRequested();
        return Prompt.OnOneLine(reply.Text) is { Length: > 0 } written ? written : await _extractive.SummarizeAsync(summary, turns, maxTokens, cancellationToken);
    }

    private static ChatMessage[] Messages(string? summary, IReadOnlyList<Turn> turns, int maxTokens)
    {
        string[] said = [.. turns.SelectMany(t => (string[])[$"user: {Prompt.OnOneLine(t.Answer.Question)}", $"assistant: {Prompt.OnOneLine(t.Answer.Text)}"])];
        var before = Prompt.OnOneLine(summary ?? "");
        var fence = Prompt.Fence([before, .. said]);
        var sofar = before.Length == 0 ? "" : $"{fence} summary so far\n{before}\n{fence}\n\n";

        // A model counts its words better than its tokens, and a word is about one and a half of them.
        var words = Math.Max(1, maxTokens * 2 / 3);
        return
        [
            new(ChatRole.System, Instructions.Replace("{fence}", fence, StringComparison.Ordinal).Replace("{words}", $"{words}", StringComparison.Ordinal)),
            new(ChatRole.User, $"{sofar}{fence} conversation\n{string.Join('\n', said)}\n{fence}"),
        ];
    }
}
