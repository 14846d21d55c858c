using System.ClientModel;
using System.ClientModel.Primitives;
using System.Runtime.CompilerServices;
using Microsoft.Extensions.AI;
using Rag.OpenAI.Chat;
using Rag.OpenAI.Transport;
using ChatClient = OpenAI.Chat.ChatClient;

namespace Rag.OpenAI;

/// <summary>Chats with a model behind an endpoint: streaming, tools, structured answers, reasoning kept apart. Safe for concurrent use.</summary>
/// <remarks>
/// Every answer is asked for as a stream, so a time-out counts silence only. <see cref="ChatOptions.AdditionalProperties"/> become fields of the request as they stand, such as <c>grammar</c> or <c>logprobs</c>,
/// and take the place of the client's own; <see langword="null"/> takes a field out. <see cref="ChatOptions.RawRepresentationFactory"/> may give the SDK's <see cref="RequestOptions"/> with headers for one request; it is called once for each try.
/// Each update's raw representation is the server's chunk, a <see cref="System.Text.Json.JsonElement"/>. Messages may hold text, images, calls and results; reasoning in them is left out.
/// <see cref="ReasoningEffort.None"/> asks for no reasoning in the ways of llama-server, vLLM and Ollama, and says nothing to OpenAI, most of whose models refuse it; OpenAI's reasoning models are not told a temperature or top-p either.
/// </remarks>
public sealed class OpenAIChatClient : IChatClient
{
    private const string Done = "[DONE]";

    private readonly OpenAIEndpoint _endpoint;
    private readonly ChatClient _client;
    private readonly ChatClientMetadata _metadata;

    /// <summary>Asks nothing yet.</summary>
    /// <param name="endpoint">Answers; stays the caller's.</param>
    /// <param name="model">A model that it serves. llama-server takes any name.</param>
    public OpenAIChatClient(OpenAIEndpoint endpoint, string model)
    {
        ArgumentNullException.ThrowIfNull(endpoint);
        ArgumentException.ThrowIfNullOrWhiteSpace(model);
        (_endpoint, _client, _metadata) = (endpoint, endpoint.Client.GetChatClient(model), new("openai", endpoint.Address, model));
    }

    /// <inheritdoc/>
    public Task<ChatResponse> GetResponseAsync(IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default) =>
        GetStreamingResponseAsync(messages, options, cancellationToken).ToChatResponseAsync(cancellationToken);

    /// <inheritdoc/>
    /// <exception cref="OpenAIException">The endpoint does not answer, refuses, or breaks off.</exception>
    /// <exception cref="NotSupportedException">A message or a tool is of a kind that the protocol does not have.</exception>
    /// <exception cref="ArgumentException">The tool that must be called is not there.</exception>
    public async IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(IEnumerable<ChatMessage> messages, ChatOptions? options = null, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(messages);
        var body = ChatBody.Create(_metadata.DefaultModelId!, messages, options, _endpoint.IsOpenAI);
        using var reply = await _endpoint.SendAsync(
            request => _client.CompleteChatAsync(BinaryContent.Create(body), request), () => options?.RawRepresentationFactory?.Invoke(this) as RequestOptions, cancellationToken);
        var answer = new AnswerReader(_metadata.DefaultModelId!, reply.Failures);
        var ended = false;
        await foreach (var chunk in ChunksAsync(reply, cancellationToken))
        {
            ended = chunk == Done;
            if (ended)
            {
                break;
            }

            if (answer.Read(chunk) is { } update)
            {
                yield return update;
            }
        }

        yield return answer.End(ended);
    }

    /// <inheritdoc/>
    public object? GetService(Type serviceType, object? serviceKey = null)
    {
        ArgumentNullException.ThrowIfNull(serviceType);
        return serviceKey is not null ? null
            : serviceType == typeof(ChatClientMetadata) ? _metadata
            : serviceType.IsInstanceOfType(this) ? this
            : serviceType.IsInstanceOfType(_endpoint) ? _endpoint
            : null;
    }

    /// <summary>Does nothing: the endpoint stays the caller's.</summary>
    public void Dispose()
    {
    }

    private static async IAsyncEnumerable<string> ChunksAsync(Reply reply, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        if (reply.IsJson)
        {
            yield return await reply.ReadJsonAsync(json => json.GetRawText());
            yield return Done;
            yield break;
        }

        await foreach (var chunk in EventStream.ReadAsync(reply, cancellationToken))
        {
            cancellationToken.ThrowIfCancellationRequested();
            yield return chunk;
        }
    }
}
