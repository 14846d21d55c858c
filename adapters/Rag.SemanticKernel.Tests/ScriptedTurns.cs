using System.Runtime.CompilerServices;
using Microsoft.Extensions.AI;

namespace Rag.SemanticKernel.Tests;

/// <summary>A model that takes a turn of a script at each request, and may look at what it was told.</summary>
internal sealed class ScriptedTurns(params Func<IReadOnlyList<ChatMessage>, AIContent[]>[] turns) : IChatClient
{
    private int _next;

    /// <summary>What each request was told, and with which options.</summary>
    public List<(IReadOnlyList<ChatMessage> Messages, ChatOptions? Options)> Requests { get; } = [];

    /// <summary>A turn that calls a tool.</summary>
    public static Func<IReadOnlyList<ChatMessage>, AIContent[]> Calls(string tool, Dictionary<string, object?> arguments) => _ => [new FunctionCallContent("call1", tool, arguments)];

    public Task<ChatResponse> GetResponseAsync(IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default) =>
        GetStreamingResponseAsync(messages, options, cancellationToken).ToChatResponseAsync(cancellationToken);

    public async IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(IEnumerable<ChatMessage> messages, ChatOptions? options = null, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        await Task.CompletedTask;
        cancellationToken.ThrowIfCancellationRequested();
        Requests.Add(([.. messages], options));
        var said = turns[_next++](Requests[^1].Messages);
        yield return new(ChatRole.Assistant, [.. said, new UsageContent(new() { InputTokenCount = 3, OutputTokenCount = 4, TotalTokenCount = 7 })])
        {
            ModelId = "scripted",
            FinishReason = said[0] is FunctionCallContent ? ChatFinishReason.ToolCalls : ChatFinishReason.Stop,
        };
    }

    public object? GetService(Type serviceType, object? serviceKey = null) => serviceType.IsInstanceOfType(this) ? this : null;

    public void Dispose()
    {
    }
}
