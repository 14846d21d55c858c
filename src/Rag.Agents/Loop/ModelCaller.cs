using Microsoft.Extensions.AI;
using Rag.Generation.Chat;

namespace Rag.Agents.Loop;

/// <summary>Asks the model within the budget.</summary>
internal sealed class ModelCaller(IChatClient client, AgentOptions options, Spending spending)
{
    // A model that writes on past its tokens is stopped; an estimate may be off by that factor.
    private const int Overrun = 2;

    private readonly PromptRoom _room = new(client);

    /// <summary>Tokens of the model's context; <see langword="null"/> where it is not known.</summary>
    public int? Window => _room.Window;

    /// <summary>Whether a model has written so far past its tokens that it must be stopped.</summary>
    public static bool IsOverrun(WrittenTokens written, int updates, ChatOptions? chat) => chat?.MaxOutputTokens is { } most && Math.Max(written.Count, updates / 2) > Overrun * (long)most;

    /// <summary>The steps that the model's replies hold; of those sampled side by side, what there is when the time is over.</summary>
    public async Task<IReadOnlyList<AgentStep>> AskAsync(AgentMove.Ask ask, CancellationToken cancellationToken, bool final = false)
    {
        var samples = final ? 1 : Math.Min(ask.Samples, spending.CallsLeft);
        var chat = ChatOf(ask);
        var prompt = _room.Count(ask.Messages, chat);
        var tokens = spending.ReplyTokens(prompt, samples, final);
        if (tokens < 1)
        {
            return [spending.OutOfTokens(prompt)];
        }

        if (_room.Window is { } window && (tokens = Math.Min(tokens, window - prompt)) < 1)
        {
            return [new AgentStep.OutOfBudget(AgentStop.Tokens, $"The prompt has {prompt} tokens, and the model's context holds {window}. Use a larger context, fewer examples or fewer tools.")];
        }

        chat.MaxOutputTokens = Math.Min(chat.MaxOutputTokens ?? int.MaxValue, tokens);
        var replies = Enumerable.Range(0, samples).Select(i => ReplyAsync(ask.Messages, Sample(chat, i, samples), prompt, cancellationToken)).ToArray();
        try
        {
            await Task.WhenAll(replies);
        }
        catch (OperationCanceledException) when (replies.Any(r => r.IsCompletedSuccessfully))
        {
            // those that came are worth reading
        }

        return [.. (await Task.WhenAll(replies.Where(r => r.IsCompletedSuccessfully))).SelectMany(ask.Read)];
    }

    private ChatOptions ChatOf(AgentMove.Ask ask)
    {
        var chat = options.Chat?.Clone() ?? new();
        chat.Temperature = options.Chat?.Temperature ?? ask.Chat?.Temperature ?? 0;
        chat.TopP ??= ask.Chat?.TopP;
        chat.Seed ??= ask.Chat?.Seed;
        chat.Tools = ask.Chat?.Tools;
        chat.ToolMode = ask.Chat?.ToolMode;
        chat.StopSequences = ask.Chat?.StopSequences;
        chat.ResponseFormat = ask.Chat?.ResponseFormat;
        return ask.Grammar is { } grammar && options.Constrain is { } constrain ? constrain(chat, grammar) : chat;
    }

    private static ChatOptions Sample(ChatOptions chat, int index, int samples)
    {
        var sample = chat.Clone();
        sample.Seed = samples == 1 ? chat.Seed : (chat.Seed ?? 0) + index;
        return sample;
    }

    // On a thread of its own, so that a client that blocks or ignores its token cannot hold up the run.
    private Task<ChatMessage> ReplyAsync(IReadOnlyList<ChatMessage> messages, ChatOptions chat, int prompt, CancellationToken cancellationToken) =>
        Task.Run(() => ReadAsync(messages, chat, prompt, cancellationToken), cancellationToken).WaitAsync(cancellationToken);

    private async Task<ChatMessage> ReadAsync(IReadOnlyList<ChatMessage> messages, ChatOptions chat, int prompt, CancellationToken cancellationToken)
    {
        var (updates, written) = (new List<ChatResponseUpdate>(), new WrittenTokens());
        await foreach (var update in client.GetStreamingResponseAsync(messages, chat, cancellationToken).WithCancellation(cancellationToken))
        {
            updates.Add(update);
            written.Add(string.Concat(update.Contents.OfType<TextReasoningContent>().Select(r => r.Text)) + update.Text);
            if (IsOverrun(written, updates.Count, chat))
            {
                break;
            }
        }

        var usage = updates.SelectMany(u => u.Contents.OfType<UsageContent>()).ToList();
        spending.Add(usage.Count == 0 ? new(prompt, written.Count) : new((int)usage.Sum(u => u.Details.InputTokenCount ?? 0), (int)usage.Sum(u => u.Details.OutputTokenCount ?? 0)));
        return new(ChatRole.Assistant, [.. updates.ToChatResponse().Messages.SelectMany(m => m.Contents)]);
    }
}
