using Microsoft.Extensions.AI;

namespace Rag.Generation.Chat;

/// <summary>How long a prompt is, and what room it leaves for the answer in the model's context and in the budget.</summary>
internal sealed class PromptRoom(IChatClient client)
{
    // No answer is worth asking for with less: a short sentence and its mark.
    private const int Least = 16;

    // What a chat template puts around a message, where it is not known.
    private const int AroundMessage = 5;

    private static readonly ApproximateTokenCounter Estimate = new();

    private readonly IContextWindow? _window = client.GetService<IContextWindow>();

    /// <summary>Tokens of the model's context; <see langword="null"/> where it is not known.</summary>
    public int? Window => _window?.Tokens;

    /// <summary>The tokens of a conversation: exact where the model counts, else estimated.</summary>
    public int Count(IReadOnlyList<ChatMessage> messages, ChatOptions chat) => _window?.Count(messages, chat) ?? messages.Sum(m => CountWritten(m.Text) + AroundMessage);

    /// <summary>The tokens of a text, estimated.</summary>
    public static int CountWritten(string text) => Estimate.Count(text);

    /// <summary>Tokens that can be written behind a prompt of that many tokens.</summary>
    public int Behind(int prompt, TokenAllowance allowance) => Math.Min(_window is null ? int.MaxValue : _window.Tokens - prompt, allowance.Behind(prompt));

    /// <summary>Why a prompt of that many tokens cannot be sent, in one sentence; <see langword="null"/> where it can.</summary>
    public string? Refusal(int prompt, TokenAllowance allowance) => Shortage(prompt, allowance, Least, Least);

    /// <summary>Why a prompt of that many tokens leaves too little for an answer of up to <paramref name="answer"/> tokens, or for the quarter of what there is; <see langword="null"/> where it does not.</summary>
    public string? Excess(int prompt, TokenAllowance allowance, int answer) =>
        Shortage(prompt, allowance, Math.Min(answer, (_window?.Tokens ?? int.MaxValue) / 4), Math.Max(1, Math.Min(answer, allowance.Behind(0) / 4)));

    private string? Shortage(int prompt, TokenAllowance allowance, int inWindow, int inBudget) =>
        _window is not null && _window.Tokens - prompt < inWindow
            ? $"The prompt has {prompt} tokens, and the context holds {_window.Tokens} with {inWindow} of them for the answer. Ask a shorter question, give fewer examples, or use a larger context."
        : allowance.Behind(prompt) < inBudget ? allowance.Refusal(prompt)
        : null;
}
