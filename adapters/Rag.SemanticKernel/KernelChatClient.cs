using System.Runtime.CompilerServices;
using Microsoft.Extensions.AI;
using Microsoft.SemanticKernel.ChatCompletion;

namespace Rag.SemanticKernel;

/// <summary>A chat service of Semantic Kernel as an <see cref="IChatClient"/>. Safe for concurrent use where the service is; disposing it does nothing, the service stays the caller's.</summary>
/// <remarks>
/// Builds on the library's own <c>AsChatClient()</c>, which loses what callers need (1.82.0): <see cref="ChatOptions.Instructions"/>, the finish reason, the usage, a part of the names of called tools,
/// and the arguments of calls that are streamed in pieces, on which it throws. Where the connector registers an <see cref="IChatClient"/> of its own, take that instead.
/// </remarks>
/// <param name="service">The chat service.</param>
public sealed class KernelChatClient(IChatCompletionService service) : IChatClient
{
    private readonly IChatClient _plain = service.AsChatClient();

    /// <inheritdoc/>
    public async Task<ChatResponse> GetResponseAsync(IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default)
    {
        using var client = new CalledTools(service, options).AsChatClient();
        var response = await client.GetResponseAsync(Instructed(messages, options), options, cancellationToken);
        var said = response.Messages[^1].AdditionalProperties;
        response.FinishReason ??= CompletionMetadata.FinishReason(said);
        response.Usage ??= CompletionMetadata.Usage(said);
        return response;
    }

    /// <inheritdoc/>
    public async IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(IEnumerable<ChatMessage> messages, ChatOptions? options = null, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        var tools = new CalledTools(service, options);
        using var client = tools.AsChatClient();
        await foreach (var update in client.GetStreamingResponseAsync(Instructed(messages, options), options, cancellationToken))
        {
            update.FinishReason ??= CompletionMetadata.FinishReason(update.AdditionalProperties);
            if (update.FinishReason is not null)
            {
                tools.MoveTo(update.Contents);
            }

            if (CompletionMetadata.Usage(update.AdditionalProperties) is { } usage)
            {
                update.Contents.Add(new UsageContent(usage));
            }

            yield return update;
        }

        var last = new ChatResponseUpdate(ChatRole.Assistant, []);
        if (tools.MoveTo(last.Contents))
        {
            yield return last; // the service gave no reason for the end
        }
    }

    /// <inheritdoc/>
    public object? GetService(Type serviceType, object? serviceKey = null) => serviceKey is null && serviceType.IsInstanceOfType(this) ? this : _plain.GetService(serviceType, serviceKey);

    /// <inheritdoc/>
    public void Dispose()
    {
    }

    private static IEnumerable<ChatMessage> Instructed(IEnumerable<ChatMessage> messages, ChatOptions? options)
    {
        ArgumentNullException.ThrowIfNull(messages);
        return options?.Tools?.FirstOrDefault(tool => tool is not AIFunction) is { } other
            ? throw new NotSupportedException($"The tool '{other.Name}' is a {other.GetType().Name}, and Semantic Kernel's chat services take functions only. Leave it out, or give an AIFunction.")
            : string.IsNullOrEmpty(options?.Instructions) ? messages : messages.Prepend(new(ChatRole.System, options.Instructions));
    }
}
