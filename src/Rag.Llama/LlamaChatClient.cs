using System.Diagnostics;
using System.Globalization;
using System.Runtime.CompilerServices;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.Logging;
using Rag.Generation;
using Rag.Llama.Chat;
using Rag.Llama.Engine;
using Rag.Llama.Templates;

namespace Rag.Llama;

/// <summary>Chats with a GGUF model through its own chat template, with tools, structured answers and reasoning kept apart. Safe for concurrent use; requests share the engine's batches.</summary>
/// <remarks>
/// Text of messages never becomes a control token. Tools are described by the template, and calls are held to their schemas by a grammar. <see cref="ChatOptions.ModelId"/> and
/// <see cref="ChatOptions.ConversationId"/> are ignored: an engine has one model, and what a conversation begins with is kept in memory by itself. Messages may hold text, reasoning, calls and results only.
/// </remarks>
public sealed class LlamaChatClient : IChatClient, IContextWindow
{
    private readonly ChatDialect _dialect;
    private readonly ChatClientMetadata _metadata;
    private readonly bool _owns;

    /// <summary>Chats through an engine that stays the caller's.</summary>
    /// <param name="engine">Computes.</param>
    /// <param name="logger">Told once when the model's template cannot be used.</param>
    public LlamaChatClient(LlamaEngine engine, ILogger? logger = null)
        : this(engine, logger, owns: false)
    {
    }

    private LlamaChatClient(LlamaEngine engine, ILogger? logger, bool owns)
    {
        ArgumentNullException.ThrowIfNull(engine);
        Engine = engine;
        _owns = owns;
        _dialect = ChatDialect.Of(engine.Model, logger);
        _metadata = new("llama.cpp", null, engine.Model.Name);
    }

    /// <summary>Computes.</summary>
    public LlamaEngine Engine { get; }

    /// <summary>The template in use.</summary>
    public ChatTemplate Template => _dialect.Template;

    /// <summary>Why the model's own template is not in use, in a sentence; <see langword="null"/> where it is.</summary>
    public string? TemplateWarning => _dialect.Warning;

    int IContextWindow.Tokens => Engine.ContextSize;

    int IContextWindow.Count(IEnumerable<ChatMessage> messages, ChatOptions? options) => ChatRequest.Create(messages, options, _dialect).Generation.Prompt.Length;

    /// <summary>Loads a model with an engine of its own, both freed with the client.</summary>
    /// <exception cref="LlamaException">The library, the model or the context cannot be had.</exception>
    public static async Task<LlamaChatClient> LoadAsync(string path, LlamaModelOptions? modelOptions = null, LlamaEngineOptions? engineOptions = null, ILogger? logger = null, CancellationToken cancellationToken = default)
    {
        var model = await LlamaModel.LoadAsync(path, modelOptions, cancellationToken: cancellationToken);
        try
        {
            return new(new LlamaEngine(model, engineOptions), logger, owns: true);
        }
        catch
        {
            model.Dispose();
            throw;
        }
    }

    /// <inheritdoc/>
    public Task<ChatResponse> GetResponseAsync(IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default) =>
        GetStreamingResponseAsync(messages, options, cancellationToken).ToChatResponseAsync(cancellationToken);

    /// <inheritdoc/>
    /// <exception cref="PromptTooLongException">The conversation does not fit the context.</exception>
    /// <exception cref="LlamaBusyException">Too many requests wait.</exception>
    /// <exception cref="ChatTemplateException">The template refuses the conversation.</exception>
    /// <exception cref="Grammars.GrammarException">The schema of the answer or of a tool says something that a grammar cannot.</exception>
    /// <exception cref="NotSupportedException">A message holds something other than text, or a tool is no function.</exception>
    public async IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(IEnumerable<ChatMessage> messages, ChatOptions? options = null, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(messages);
        using var span = Telemetry.Source.StartActivity($"chat {Engine.Model.Name}", ActivityKind.Client);
        var request = ChatRequest.Create(messages, options, _dialect);
        var id = Guid.NewGuid().ToString("N");
        var called = false;
        Tag(span, request.Generation);
        await foreach (var update in Engine.GenerateAsync(request.Generation, cancellationToken))
        {
            switch (update)
            {
                case GenerationUpdate.Piece piece:
                    foreach (var contents in Contents(request.Reader.Read(piece.Text)))
                    {
                        called |= contents is FunctionCallContent;
                        yield return Update(id, contents, piece);
                    }

                    break;
                case GenerationUpdate.Completed { Result: var result }:
                    foreach (var contents in Contents(request.Reader.Finish()))
                    {
                        called |= contents is FunctionCallContent;
                        yield return Update(id, contents, null);
                    }

                    var finish = called ? ChatFinishReason.ToolCalls : result.Cause == FinishCause.Length ? ChatFinishReason.Length : ChatFinishReason.Stop;
                    Tag(span, result, finish);
                    yield return Last(id, result, finish);
                    break;
            }
        }
    }

    /// <inheritdoc/>
    public object? GetService(Type serviceType, object? serviceKey = null)
    {
        ArgumentNullException.ThrowIfNull(serviceType);
        return serviceKey is not null ? null
            : serviceType == typeof(ChatClientMetadata) ? _metadata
            : serviceType.IsInstanceOfType(this) ? this
            : serviceType.IsInstanceOfType(Engine) ? Engine
            : serviceType.IsInstanceOfType(Engine.Model) ? Engine.Model
            : serviceType.IsInstanceOfType(Engine.Model.Vocabulary) ? Engine.Model.Vocabulary
            : null;
    }

    /// <summary>Frees engine and model where <see cref="LoadAsync"/> made them.</summary>
    public void Dispose()
    {
        if (_owns)
        {
            Engine.Dispose();
            Engine.Model.Dispose();
        }
    }

    private static IEnumerable<AIContent> Contents(IReadOnlyList<ChatOutputPiece> pieces) => pieces.Select(piece => (AIContent)(piece switch
    {
        ChatOutputPiece.Reasoning reasoning => new TextReasoningContent(reasoning.Text),
        ChatOutputPiece.ToolCall { Call: var call } => new FunctionCallContent(call.Id, call.Name, call.Arguments.EnumerateObject().ToDictionary(a => a.Name, a => (object?)a.Value)),
        ChatOutputPiece.MalformedToolCall malformed => new TextContent(malformed.Text) { AdditionalProperties = new() { ["error"] = malformed.Error } },
        ChatOutputPiece.Content content => new TextContent(content.Text),
        _ => throw new UnreachableException(),
    }));

    private ChatResponseUpdate Update(string id, AIContent content, GenerationUpdate? source) =>
        new(ChatRole.Assistant, [content]) { ResponseId = id, MessageId = id, ModelId = Engine.Model.Name, RawRepresentation = source };

    private ChatResponseUpdate Last(string id, GenerationResult result, ChatFinishReason finish) =>
        new(ChatRole.Assistant, [new UsageContent(new()
        {
            InputTokenCount = result.PromptTokens,
            CachedInputTokenCount = result.CachedTokens,
            OutputTokenCount = result.Tokens,
            TotalTokenCount = result.PromptTokens + result.Tokens,
        })])
        {
            ResponseId = id,
            MessageId = id,
            ModelId = Engine.Model.Name,
            FinishReason = finish,
            RawRepresentation = result,
            AdditionalProperties = new() { ["seed"] = result.Seed },
        };

    // OpenTelemetry's GenAI conventions
    private void Tag(Activity? span, GenerationRequest request) => span?
        .SetTag("gen_ai.operation.name", "chat")
        .SetTag("gen_ai.provider.name", "llama.cpp")
        .SetTag("gen_ai.request.model", Engine.Model.Name)
        .SetTag("gen_ai.request.temperature", request.Sampling.Temperature)
        .SetTag("gen_ai.request.top_k", request.Sampling.TopK)
        .SetTag("gen_ai.request.top_p", request.Sampling.TopP)
        .SetTag("gen_ai.request.max_tokens", request.MaxTokens);

    private static void Tag(Activity? span, GenerationResult result, ChatFinishReason finish) => span?
        .SetTag("gen_ai.request.seed", result.Seed)
        .SetTag("gen_ai.usage.input_tokens", result.PromptTokens)
        .SetTag("gen_ai.usage.output_tokens", result.Tokens)
        .SetTag("gen_ai.response.finish_reasons", new[] { finish.ToString() })
        .SetTag("rag.llama.cached_tokens", result.CachedTokens.ToString(CultureInfo.InvariantCulture));
}
