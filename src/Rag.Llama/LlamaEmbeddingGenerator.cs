using Microsoft.Extensions.AI;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Rag.Llama.Embeddings;

namespace Rag.Llama;

/// <summary>Makes vectors of texts with a model in this process: one thread, one context, texts of all callers in the same steps. Safe for concurrent use.</summary>
/// <remarks>
/// Vectors have unit length and come in the order of the texts. This generator is for documents; <see cref="ForQueries"/> gives the one for questions, which many models read with another prompt.
/// Nothing in a text becomes a control token. The empty text has a vector: that of the tokens which the model wants around every text. A call's model id and further properties are not used.
/// What else is in a step changes the rounding of a vector: in the fifth decimal, with flash attention in the fourth.
/// Metadata name the model by everything that changes a document's vector: pooling, prompt, what becomes of long texts and at which length.
/// </remarks>
public sealed class LlamaEmbeddingGenerator : IEmbeddingGenerator<string, Embedding<float>>
{
    /// <summary>The property of an embedding that says how many tokens of its text were left out; absent where none were.</summary>
    public const string CutTokensKey = "rag.llama.cut_tokens";

    private readonly EmbeddingEngine _engine;
    private readonly QueryEmbeddingGenerator _queries;

    /// <summary>Makes a context and starts the thread that computes it.</summary>
    /// <param name="model">An embedding model; may be shared, and stays the caller's to dispose.</param>
    /// <param name="options">Pooling, prompts, long texts. Default <c>new()</c>.</param>
    /// <param name="logger">Told of texts that were cut.</param>
    /// <exception cref="LlamaModelException">The model is a re-ranker, or does not say its pooling and <paramref name="options"/> do not either.</exception>
    /// <exception cref="ArgumentException">The model's vectors are shorter than asked for, or a prompt takes more than half of what is read at once.</exception>
    /// <exception cref="LlamaException">There is not enough memory for the context.</exception>
    public LlamaEmbeddingGenerator(LlamaModel model, LlamaEmbeddingOptions? options = null, ILogger<LlamaEmbeddingGenerator>? logger = null)
    {
        ArgumentNullException.ThrowIfNull(model);
        Model = model;
        _engine = new(model, options ?? new(), logger ?? NullLogger<LlamaEmbeddingGenerator>.Instance);
        _queries = new(this, _engine);
    }

    /// <summary>The model.</summary>
    public LlamaModel Model { get; }

    /// <summary>The prompts in use.</summary>
    public EmbeddingPrompts Prompts => _engine.Prompts;

    /// <summary>Most tokens that are read at once of a text, with its prompt and the tokens around it; chunks should have fewer.</summary>
    public int MaxTokens => _engine.Longest;

    /// <summary>The generator for questions: same model, thread, cache and metadata. Disposing it does nothing.</summary>
    public IEmbeddingGenerator<string, Embedding<float>> ForQueries() => _queries;

    /// <summary>The vectors of documents, in the order of <paramref name="values"/>.</summary>
    /// <param name="values">Texts; none may be <see langword="null"/>.</param>
    /// <param name="options">Dimensions: the first numbers only, at unit length again.</param>
    /// <param name="cancellationToken">Stops waiting; the texts of other callers are not disturbed.</param>
    /// <exception cref="ArgumentOutOfRangeException">More dimensions than the model has, or less than 1.</exception>
    /// <exception cref="ArgumentException">A text is <see langword="null"/>.</exception>
    /// <exception cref="TextTooLongException">A text is too long, and long texts are refused.</exception>
    /// <exception cref="ObjectDisposedException">Disposed, before or meanwhile.</exception>
    /// <exception cref="LlamaException">The backend failed.</exception>
    public Task<GeneratedEmbeddings<Embedding<float>>> GenerateAsync(IEnumerable<string> values, EmbeddingGenerationOptions? options = null, CancellationToken cancellationToken = default) =>
        _engine.GenerateAsync(Prompts.Document, values, options, cancellationToken);

    /// <inheritdoc/>
    public object? GetService(Type serviceType, object? serviceKey = null)
    {
        ArgumentNullException.ThrowIfNull(serviceType);
        return serviceKey is not null ? null
            : serviceType == typeof(EmbeddingGeneratorMetadata) ? _engine.Metadata
            : serviceType == typeof(LlamaModel) ? Model
            : serviceType.IsInstanceOfType(this) ? this
            : null;
    }

    /// <summary>Stops what runs, fails what waits, and frees the context; not the model.</summary>
    public void Dispose() => _engine.Dispose();
}
