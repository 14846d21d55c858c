using System.Runtime.CompilerServices;
using Microsoft.Extensions.AI;
using Rag.Citations;
using Rag.Generation.Chat;

namespace Rag.Generation;

/// <summary>Answers with a language model: short sentences from the passages only, each with its mark, or an abstention where they do not answer.</summary>
/// <remarks>
/// The model sees the passages between fences that no passage holds, and samples at temperature 0. Pieces are given as they come, but never half a mark.
/// Safe for concurrent use where the client is.
/// </remarks>
/// <param name="client">The model; stays the caller's.</param>
/// <param name="options">How it writes. Default <c>new()</c>.</param>
public sealed class ChatAnswerGenerator(IChatClient client, ChatAnswerOptions? options = null) : IAnswerRepairer
{
    private readonly ChatAnswerOptions _options = options ?? new();

    /// <inheritdoc/>
    public IAsyncEnumerable<AnswerUpdate> GenerateAsync(string question, IReadOnlyList<Passage> passages, AskOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(question);
        ArgumentNullException.ThrowIfNull(passages);
        return passages.Count == 0
            ? new AnswerUpdate[] { new AnswerUpdate.Abstention("There is no passage to answer from.") }.ToAsyncEnumerable()
            : WriteAsync(AnswerPrompt.Messages(question, passages), options?.Chat, cancellationToken);
    }

    /// <inheritdoc/>
    public IAsyncEnumerable<AnswerUpdate> RepairAsync(string question, IReadOnlyList<Passage> passages, string draft, IReadOnlyList<Finding> findings, AskOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(question);
        ArgumentNullException.ThrowIfNull(passages);
        ArgumentNullException.ThrowIfNull(draft);
        ArgumentNullException.ThrowIfNull(findings);
        return WriteAsync(AnswerPrompt.RepairMessages(question, passages, draft, findings), options?.Chat, cancellationToken);
    }

    private async IAsyncEnumerable<AnswerUpdate> WriteAsync(IReadOnlyList<ChatMessage> messages, ChatOptions? asked, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var reply = new ReplyReader();
        var used = new TokenUsage();
        ChatFinishReason? end = null;

        // A model that thinks first would spend the answer's tokens, and the passages say what there is to know.
        var chat = asked?.Clone() ?? new();
        chat.Temperature ??= 0;
        chat.MaxOutputTokens ??= _options.MaxTokens;
        chat.Reasoning ??= new() { Effort = ReasoningEffort.None };
        await foreach (var update in client.GetStreamingResponseAsync(messages, chat, cancellationToken).WithCancellation(cancellationToken))
        {
            end = update.FinishReason ?? end;
            if (reply.Add(update.Text) is { Length: > 0 } words)
            {
                yield return new AnswerUpdate.Words(words);
            }

            foreach (var usage in update.Contents.OfType<UsageContent>())
            {
                used = new(used.PromptTokens + (int)(usage.Details.InputTokenCount ?? 0), used.CompletionTokens + (int)(usage.Details.OutputTokenCount ?? 0));
                yield return new AnswerUpdate.Used(used);
            }
        }

        if (reply.End() is { Length: > 0 } rest)
        {
            yield return new AnswerUpdate.Words(rest);
        }

        if (reply.Abstained)
        {
            yield return new AnswerUpdate.Abstention((reply.IsEmpty, end == ChatFinishReason.Length) switch
            {
                (false, _) => "The model finds no answer in the passages.",
                (true, false) => "The model wrote nothing.",
                (true, true) => $"The model used its {chat.MaxOutputTokens} tokens before it wrote an answer.",
            });
        }
    }
}
