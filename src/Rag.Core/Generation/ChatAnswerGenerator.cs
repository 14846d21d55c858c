using System.Runtime.CompilerServices;
using Microsoft.Extensions.AI;
using Rag.Citations;
using Rag.Generation.Chat;

namespace Rag.Generation;

/// <summary>Answers with a language model: short sentences from the passages only, each with its mark, or an abstention where they do not answer.</summary>
/// <remarks>
/// The model sees the passages between fences that no passage holds, and samples at temperature 0. Pieces are given as they come, but never half a mark. A prompt that the budget or the
/// model's <see cref="IContextWindow"/> does not hold is an abstention. Tokens are counted as the model reports them, and estimated where it does not. Safe for concurrent use where the client is.
/// </remarks>
/// <param name="client">The model; stays the caller's.</param>
/// <param name="options">How it writes. Default <c>new()</c>.</param>
public sealed class ChatAnswerGenerator(IChatClient client, ChatAnswerOptions? options = null) : IAnswerRepairer, IPassageLimit
{
    /// <summary>What a model writes in place of an answer where the passages do not give one.</summary>
    public const string Abstention = AnswerPrompt.Abstention;

    /// <summary>Name and version of the instructions in use, to be written down beside measurements.</summary>
    public const string PromptVersion = AnswerPrompt.Version;

    // A model that writes on past its tokens is stopped; an estimate may be off by that factor.
    private const int Overrun = 2;

    private readonly ChatAnswerOptions _options = options ?? new();
    private readonly PromptRoom _room = new(client);

    /// <inheritdoc/>
    public string? Excess(string question, IReadOnlyList<Passage> passages, AskOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(question);
        ArgumentNullException.ThrowIfNull(passages);
        var allowance = TokenAllowance.Of(options);
        if (_room.Window is null && allowance.Behind(0) == int.MaxValue)
        {
            return null;
        }

        var chat = ChatOf(options, passages.Count);
        return _room.Excess(_room.Count(PromptOf(question, passages, options).Messages(), chat), allowance, chat.MaxOutputTokens!.Value);
    }

    /// <inheritdoc/>
    public IAsyncEnumerable<AnswerUpdate> GenerateAsync(string question, IReadOnlyList<Passage> passages, AskOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(question);
        ArgumentNullException.ThrowIfNull(passages);
        return passages.Count == 0
            ? new AnswerUpdate[] { new AnswerUpdate.Abstention("There is no passage to answer from.") }.ToAsyncEnumerable()
            : WriteAsync(PromptOf(question, passages, options).Messages(), passages.Count, options, cancellationToken);
    }

    /// <inheritdoc/>
    public IAsyncEnumerable<AnswerUpdate> RepairAsync(string question, IReadOnlyList<Passage> passages, string draft, IReadOnlyList<Finding> findings, AskOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(question);
        ArgumentNullException.ThrowIfNull(passages);
        ArgumentNullException.ThrowIfNull(draft);
        ArgumentNullException.ThrowIfNull(findings);
        return WriteAsync(PromptOf(question, passages, options).RepairMessages(draft, findings), passages.Count, options, cancellationToken);
    }

    private AnswerPrompt PromptOf(string question, IReadOnlyList<Passage> passages, AskOptions? asked)
    {
        var language = passages.Select(p => p.Chunk.Language).FirstOrDefault(l => l is not null);
        var examples = ExampleChoice.Choose(question, asked?.Examples ?? [], language, Math.Min(_options.MaxExampleTokens, (_room.Window ?? int.MaxValue) / 8));
        return new(question, passages, examples, _options.MarkData);
    }

    private ChatOptions ChatOf(AskOptions? asked, int passages)
    {
        // A model that thinks first would spend the answer's tokens, and the passages say what there is to know.
        var chat = asked?.Chat?.Clone() ?? new();
        chat.Temperature ??= 0;
        chat.MaxOutputTokens ??= _options.MaxTokens;
        chat.Reasoning ??= new() { Effort = ReasoningEffort.None };
        return _options.Constrain?.Invoke(chat, passages) ?? chat;
    }

    private async IAsyncEnumerable<AnswerUpdate> WriteAsync(IReadOnlyList<ChatMessage> messages, int passages, AskOptions? asked, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var (chat, allowance) = (ChatOf(asked, passages), TokenAllowance.Of(asked));
        var prompt = _room.Count(messages, chat);
        if (_room.Refusal(prompt, allowance) is { } refusal)
        {
            yield return new AnswerUpdate.Abstention(refusal);
            yield break;
        }

        var most = chat.MaxOutputTokens!.Value;
        chat.MaxOutputTokens = Math.Min(most, _room.Behind(prompt, allowance));
        var (reply, written) = (new ReplyReader(), new WrittenTokens());
        TokenUsage? used = null;
        ChatFinishReason? end = null;
        await foreach (var update in client.GetStreamingResponseAsync(messages, chat, cancellationToken).WithCancellation(cancellationToken))
        {
            end = update.FinishReason ?? end;
            written.Add(string.Concat(update.Contents.OfType<TextReasoningContent>().Select(r => r.Text)) + update.Text);
            if (reply.Add(update.Text) is { Length: > 0 } words)
            {
                yield return new AnswerUpdate.Words(words);
            }

            foreach (var usage in update.Contents.OfType<UsageContent>())
            {
                used = new((used?.PromptTokens ?? 0) + (int)(usage.Details.InputTokenCount ?? 0), (used?.CompletionTokens ?? 0) + (int)(usage.Details.OutputTokenCount ?? 0));
            }

            if (written.Count > Overrun * (long)chat.MaxOutputTokens)
            {
                end = ChatFinishReason.Length;
                break;
            }
        }

        yield return new AnswerUpdate.Used(used ?? new(prompt, written.Count));
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
                (true, true) when chat.MaxOutputTokens < most => $"The model used the {chat.MaxOutputTokens} tokens that its context and the budget left for it before it wrote an answer.",
                (true, true) => $"The model used its {chat.MaxOutputTokens} tokens before it wrote an answer.",
            });
        }
    }
}
