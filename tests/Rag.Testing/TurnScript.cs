using System.Runtime.CompilerServices;
using Microsoft.Extensions.AI;

namespace Rag.Testing;

/// <summary>A chat client whose reply is a function of what it is asked: its call's number from 0, the messages and the options. Remembers the requests. Safe for concurrent use.</summary>
public sealed class TurnScript(Func<int, IReadOnlyList<ChatMessage>, ChatOptions?, ChatMessage> reply) : IChatClient
{
    private const int PieceLength = 200;

    private readonly Lock _lock = new();
    private readonly List<IReadOnlyList<ChatMessage>> _requests = [];

    /// <summary>A client that writes these texts in turn, and the last one again and again.</summary>
    public static TurnScript Saying(params string[] replies) => new((call, _, _) => new(ChatRole.Assistant, replies[Math.Min(call, replies.Length - 1)]));

    /// <summary>The messages of each call, in order.</summary>
    public IReadOnlyList<IReadOnlyList<ChatMessage>> Requests
    {
        get
        {
            lock (_lock)
            {
                return [.. _requests];
            }
        }
    }

    /// <summary>The text of the last message of each call.</summary>
    public IReadOnlyList<string> Prompts => [.. Requests.Select(r => r[^1].Text)];

    public Task<ChatResponse> GetResponseAsync(IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default) =>
        GetStreamingResponseAsync(messages, options, cancellationToken).ToChatResponseAsync(cancellationToken);

    public async IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(IEnumerable<ChatMessage> messages, ChatOptions? options = null, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        await Task.CompletedTask;
        int call;
        lock (_lock)
        {
            call = _requests.Count;
            _requests.Add([.. messages]);
        }

        foreach (var content in reply(call, [.. messages], options).Contents)
        {
            // long texts come in pieces, as from a model
            foreach (var piece in content is TextContent { Text.Length: > PieceLength } text ? text.Text.Chunk(PieceLength).Select(p => new TextContent(new string(p))) : (IEnumerable<AIContent>)[content])
            {
                yield return new ChatResponseUpdate(ChatRole.Assistant, [piece]);
            }
        }
    }

    public object? GetService(Type serviceType, object? serviceKey = null) => serviceType.IsInstanceOfType(this) ? this : null;

    public void Dispose()
    {
        // holds nothing
    }
}
