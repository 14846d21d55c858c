using System.Runtime.CompilerServices;
using System.Text.Json;
using Microsoft.Extensions.AI;
using Rag.Agents.Loop;
using Rag.Generation;
using Rag.Generation.Chat;

namespace Rag.Agents.Replay;

/// <summary>A model on a tape. What the run reads is what the record holds.</summary>
/// <param name="client">The model; may be absent where it is not asked.</param>
/// <param name="agent">Name of the strategy that asks.</param>
/// <param name="tape">The tape.</param>
internal sealed class RecordedChatClient(IChatClient? client, string agent, Tape tape) : IChatClient
{
    private readonly ChatClientMetadata? _metadata = client?.GetService<ChatClientMetadata>();

    public Task<ChatResponse> GetResponseAsync(IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default) =>
        GetStreamingResponseAsync(messages, options, cancellationToken).ToChatResponseAsync(cancellationToken);

    public async IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(IEnumerable<ChatMessage> messages, ChatOptions? options = null, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        var request = ChatRequest.Of(messages, options);
        var call = new RecordedCall(RecordedCallKind.Chat, agent, options?.ModelId ?? _metadata?.DefaultModelId ?? "", request.Call);
        var reply = await tape.CallAsync(call, request.Prompt, null, token => ReadAsync(messages, options, token), cancellationToken);
        foreach (var update in ChatReply.Updates(reply))
        {
            yield return update;
        }
    }

    public object? GetService(Type serviceType, object? serviceKey = null)
    {
        ArgumentNullException.ThrowIfNull(serviceType);
        if (serviceType != typeof(IContextWindow))
        {
            return serviceType.IsInstanceOfType(this) ? this : client?.GetService(serviceType, serviceKey);
        }

        var window = client?.GetService<IContextWindow>();
        return (tape.MayGoLive ? window is not null : tape.Holds(RecordedCallKind.Window, agent)) ? new RecordedWindow(window, agent, tape) : null;
    }

    public void Dispose()
    {
        // the client stays the caller's
    }

    private async Task<JsonElement> ReadAsync(IEnumerable<ChatMessage> messages, ChatOptions? options, CancellationToken cancellationToken)
    {
        var (updates, written) = (new List<ChatResponseUpdate>(), new WrittenTokens());
        await foreach (var update in client!.GetStreamingResponseAsync(messages, options, cancellationToken).WithCancellation(cancellationToken))
        {
            updates.Add(update);
            written.Add(string.Concat(update.Contents.OfType<TextReasoningContent>().Select(r => r.Text)) + update.Text);
            if (ModelCaller.IsOverrun(written, updates.Count, options))
            {
                break;
            }
        }

        return ChatReply.Of(updates, _metadata);
    }

    private sealed class RecordedWindow(IContextWindow? window, string agent, Tape tape) : IContextWindow
    {
        public int Tokens => tape.Window(new(RecordedCallKind.Window, agent, agent, RecordJson.Nothing), null, window is null ? null : () => window.Tokens);

        public int Count(IEnumerable<ChatMessage> messages, ChatOptions? options = null)
        {
            var request = ChatRequest.Of(messages, options);
            return tape.Window(new(RecordedCallKind.Window, agent, agent, request.Call), request.Prompt, window is null ? null : () => window.Count(messages, options));
        }
    }
}
