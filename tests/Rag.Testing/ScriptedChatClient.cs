using System.Runtime.CompilerServices;
using Microsoft.Extensions.AI;

namespace Rag.Testing;

/// <summary>A chat client that writes the pieces it was made with, whatever it is told, and remembers what that was.</summary>
public sealed class ScriptedChatClient(params IReadOnlyList<string> pieces) : IChatClient
{
    /// <summary>What it reports last; none where <see langword="null"/>.</summary>
    public UsageDetails? Usage { get; init; }

    /// <summary>Why it ends; nothing said where <see langword="null"/>.</summary>
    public ChatFinishReason? Finish { get; init; }

    /// <summary>Runs before each piece, with the caller's token.</summary>
    public Func<CancellationToken, Task> Before { get; init; } = _ => Task.CompletedTask;

    /// <summary>Whole replies to the calls after the first; when they run out, the pieces again.</summary>
    public IReadOnlyList<string> Later { get; init; } = [];

    /// <summary>How often it was asked.</summary>
    public int Calls { get; private set; }

    /// <summary>What it was told last.</summary>
    public IReadOnlyList<ChatMessage> Messages { get; private set; } = [];

    /// <summary>How it was told to write last.</summary>
    public ChatOptions? Options { get; private set; }

    public Task<ChatResponse> GetResponseAsync(IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default) =>
        GetStreamingResponseAsync(messages, options, cancellationToken).ToChatResponseAsync(cancellationToken);

    public async IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(IEnumerable<ChatMessage> messages, ChatOptions? options = null, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        (Messages, Options) = ([.. messages], options);
        IReadOnlyList<string> reply = Calls > 0 && Calls <= Later.Count ? [Later[Calls - 1]] : pieces;
        Calls++;
        foreach (var piece in reply)
        {
            await Before(cancellationToken);
            cancellationToken.ThrowIfCancellationRequested();
            yield return new ChatResponseUpdate(ChatRole.Assistant, piece);
        }

        if (Usage is not null || Finish is not null)
        {
            yield return new ChatResponseUpdate(ChatRole.Assistant, Usage is null ? [] : [new UsageContent(Usage)]) { FinishReason = Finish };
        }
    }

    public object? GetService(Type serviceType, object? serviceKey = null) => serviceType.IsInstanceOfType(this) ? this : null;

    public void Dispose()
    {
    }
}
