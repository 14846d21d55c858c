using System.Runtime.CompilerServices;
using System.Text;
using LLama;
using LLama.Common;
using LLama.Sampling;
using Microsoft.Extensions.AI;

namespace Rag.LLamaSharp;

/// <summary>Chats with LLamaSharp's weights through the model's own chat template. Requests are decoded together, up to <see cref="ModelParams.SeqMax"/> at once; more wait for a place. Safe for concurrent use.</summary>
/// <remarks>
/// Text of messages never becomes a control token. <see cref="ChatOptions"/> that say nothing leave the choice of tokens to the defaults of <see cref="DefaultSamplingPipeline"/>; temperature 0 takes the likeliest.
/// <see cref="ChatOptions.RawRepresentationFactory"/> may give an <see cref="ISamplingPipeline"/> of the request's own, with a grammar for instance, which is disposed when the request leaves the batches.
/// Usage counts the tokens of prompt and answer, without the one that ends the answer. Model id and reasoning effort are not used.
/// </remarks>
public sealed class LLamaSharpChatClient : IChatClient
{
    private readonly LLamaWeights _weights;
    private readonly ChatPrompt _prompt;
    private readonly BatchLoop _loop;
    private readonly ChatClientMetadata _metadata;

    /// <summary>Makes a context, in which each of <see cref="ModelParams.SeqMax"/> requests may take an equal part.</summary>
    /// <param name="weights">A model that writes text; may be shared, and stays the caller's to dispose.</param>
    /// <param name="parameters">Size of the context, of the batches, and number of requests at once.</param>
    /// <param name="template">The text or the name of a template that llama.cpp knows, such as <c>chatml</c>. Default <see langword="null"/>: the model's own.</param>
    /// <param name="adapters">LoRA adapters that act on every request; freed with the weights. Default none.</param>
    /// <exception cref="NotSupportedException">The model has no template, or none that llama.cpp knows.</exception>
    /// <exception cref="ArgumentOutOfRangeException">There are no sequences, or a batch has less than a token for each.</exception>
    /// <exception cref="InvalidDataException">A file is no adapter for the model.</exception>
    /// <exception cref="global::LLama.Exceptions.RuntimeError">llama.cpp makes no such context.</exception>
    public LLamaSharpChatClient(LLamaWeights weights, ModelParams parameters, string? template = null, IReadOnlyList<LoraFile>? adapters = null)
    {
        ArgumentNullException.ThrowIfNull(weights);
        ArgumentNullException.ThrowIfNull(parameters);
        _weights = weights;
        _prompt = new(weights, template);
        _loop = new(weights, parameters, adapters ?? []);
        _metadata = new("LLamaSharp", null, weights.ModelName());
    }

    /// <inheritdoc/>
    public Task<ChatResponse> GetResponseAsync(IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default) =>
        GetStreamingResponseAsync(messages, options, cancellationToken).ToChatResponseAsync(cancellationToken);

    /// <inheritdoc/>
    /// <exception cref="ArgumentException">The conversation leaves no room for an answer, or a stop sequence is empty.</exception>
    /// <exception cref="NotSupportedException">A message holds something other than text, or the options ask for tools or a format.</exception>
    /// <exception cref="ObjectDisposedException">Disposed, before or meanwhile.</exception>
    /// <exception cref="global::LLama.Exceptions.RuntimeError">llama.cpp failed; requests that shared the batch get the same error, later ones a new context.</exception>
    public async IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(IEnumerable<ChatMessage> messages, ChatOptions? options = null, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(messages);
        cancellationToken.ThrowIfCancellationRequested();
        var generation = Start(messages, options ?? new());
        var id = Guid.NewGuid().ToString("N");
        ChatResponseUpdate Update(AIContent content) => new(ChatRole.Assistant, [content]) { ResponseId = id, MessageId = id, ModelId = _metadata.DefaultModelId };

        await foreach (var text in _loop.RunAsync(generation, cancellationToken))
        {
            yield return Update(new TextContent(text));
        }

        var (read, written) = (generation.PromptTokens, generation.Tokens);
        var last = Update(new UsageContent(new() { InputTokenCount = read, OutputTokenCount = written, TotalTokenCount = read + written }));
        last.FinishReason = generation.FinishReason;
        yield return last;
    }

    /// <inheritdoc/>
    public object? GetService(Type serviceType, object? serviceKey = null)
    {
        ArgumentNullException.ThrowIfNull(serviceType);
        return serviceKey is not null ? null
            : serviceType == typeof(ChatClientMetadata) ? _metadata
            : serviceType.IsInstanceOfType(this) ? this
            : serviceType.IsInstanceOfType(_weights) ? _weights
            : null;
    }

    /// <summary>Ends what runs and what waits, and frees the context once the step under way is over; not the weights.</summary>
    public void Dispose() => _loop.Dispose();

    private Generation Start(IEnumerable<ChatMessage> messages, ChatOptions options)
    {
        if (options.Tools is { Count: > 0 })
        {
            throw new NotSupportedException("The chat templates that LLamaSharp applies have no place for tools. Leave them out, or use Rag.Llama, which runs the model's whole template.");
        }

        if (options.ResponseFormat is not (null or ChatResponseFormatText))
        {
            throw new NotSupportedException("This client does not make a grammar of a JSON schema. Give a sampling pipeline with a grammar as RawRepresentationFactory, or use Rag.Llama.");
        }

        foreach (var stop in options.StopSequences ?? [])
        {
            ArgumentException.ThrowIfNullOrEmpty(stop, nameof(options));
        }

        var prompt = _prompt.Tokenize(messages, options.Instructions);
        var room = _loop.TokensPerRequest - prompt.Length;
        if (room < 1)
        {
            throw new ArgumentException($"The prompt has {prompt.Length} tokens, and a request may take {_loop.TokensPerRequest}, the answer included. Shorten the prompt, give fewer passages, or use a larger context or fewer sequences.", nameof(messages));
        }

        var most = options.MaxOutputTokens ?? room;
        ArgumentOutOfRangeException.ThrowIfLessThan(most, 1, nameof(options));
        var pipeline = options.RawRepresentationFactory?.Invoke(this) as ISamplingPipeline ?? Pipeline(options);
        return new(prompt, Math.Min(most, room), [.. options.StopSequences ?? []], pipeline, new(Encoding.UTF8, _weights));
    }

    private static DefaultSamplingPipeline Pipeline(ChatOptions options)
    {
        using var defaults = new DefaultSamplingPipeline();
        return new()
        {
            Temperature = options.Temperature ?? defaults.Temperature,
            TopK = options.TopK ?? defaults.TopK,
            TopP = options.TopP ?? defaults.TopP,
            FrequencyPenalty = options.FrequencyPenalty ?? defaults.FrequencyPenalty,
            PresencePenalty = options.PresencePenalty ?? defaults.PresencePenalty,
            Seed = options.Seed is { } seed ? unchecked((uint)seed) : defaults.Seed,
        };
    }
}
