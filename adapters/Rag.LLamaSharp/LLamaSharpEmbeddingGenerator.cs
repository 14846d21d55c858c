using System.Text;
using LLama;
using LLama.Common;
using LLama.Extensions;
using LLama.Native;
using Microsoft.Extensions.AI;

namespace Rag.LLamaSharp;

/// <summary>Makes vectors of texts with LLamaSharp's weights, many texts in one batch, in one context. Safe for concurrent use.</summary>
/// <remarks>
/// Vectors have unit length and come in the order of the texts. Nothing in a text becomes a control token, and no prompt is put before it: models that want one for questions or passages are given texts with it.
/// What else is in a batch changes the rounding of a vector.
/// </remarks>
public sealed class LLamaSharpEmbeddingGenerator : IEmbeddingGenerator<string, Embedding<float>>
{
    private readonly LLamaWeights _weights;
    private readonly PooledReader _reader;
    private readonly EmbeddingGeneratorMetadata _metadata;

    /// <summary>Makes a context.</summary>
    /// <param name="weights">An embedding model; may be shared, and stays the caller's to dispose.</param>
    /// <param name="parameters">Batch size, which is the most that is read at once, and pooling where the model does not say its own. Sizes of context and micro-batch and number of sequences are not used.</param>
    /// <exception cref="NotSupportedException">The model is a re-ranker, or says no pooling and <paramref name="parameters"/> do not either, or has an encoder and a decoder.</exception>
    /// <exception cref="global::LLama.Exceptions.RuntimeError">llama.cpp makes no such context.</exception>
    public LLamaSharpEmbeddingGenerator(LLamaWeights weights, ModelParams parameters)
    {
        ArgumentNullException.ThrowIfNull(weights);
        ArgumentNullException.ThrowIfNull(parameters);
        _weights = weights;
        _reader = new(weights, parameters);
        if (_reader.Pooling is LLamaPoolingType.None or LLamaPoolingType.Rank)
        {
            _reader.Dispose();
            throw new NotSupportedException($"'{weights.ModelName()}' makes no vector of a text: its pooling is {_reader.Pooling}. Take an embedding model, or name the pooling that this one was trained with in ModelParams.PoolingType.");
        }

        _metadata = new("LLamaSharp", null, weights.ModelName(), weights.EmbeddingSize);
    }

    /// <summary>Most tokens of a text, with those that the model wants around it.</summary>
    public int MaxTokens => _reader.MaxTokens;

    /// <inheritdoc/>
    /// <exception cref="ArgumentException">A text has more than <see cref="MaxTokens"/> tokens, or none.</exception>
    /// <exception cref="NotSupportedException">Other dimensions than the model's are asked for.</exception>
    /// <exception cref="ObjectDisposedException">Disposed, before or meanwhile.</exception>
    /// <exception cref="global::LLama.Exceptions.RuntimeError">llama.cpp failed.</exception>
    public async Task<GeneratedEmbeddings<Embedding<float>>> GenerateAsync(IEnumerable<string> values, EmbeddingGenerationOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(values);
        if (options?.Dimensions is { } dimensions && dimensions != _weights.EmbeddingSize)
        {
            throw new NotSupportedException($"The model gives {_weights.EmbeddingSize} dimensions, and {dimensions} were asked for. Leave the option out.");
        }

        cancellationToken.ThrowIfCancellationRequested();
        var texts = values.Select(Tokenize).ToList();
        var vectors = await _reader.ReadAsync(texts, cancellationToken);
        var tokens = texts.Sum(t => t.Length);
        return new(vectors.Select(v => new Embedding<float>(v.EuclideanNormalization()) { ModelId = _metadata.DefaultModelId }))
        {
            Usage = new() { InputTokenCount = tokens, TotalTokenCount = tokens },
        };
    }

    /// <inheritdoc/>
    public object? GetService(Type serviceType, object? serviceKey = null)
    {
        ArgumentNullException.ThrowIfNull(serviceType);
        return serviceKey is not null ? null
            : serviceType == typeof(EmbeddingGeneratorMetadata) ? _metadata
            : serviceType.IsInstanceOfType(this) ? this
            : serviceType.IsInstanceOfType(_weights) ? _weights
            : null;
    }

    /// <summary>Waits for the batch under way and frees the context; not the weights.</summary>
    public void Dispose() => _reader.Dispose();

    private LLamaToken[] Tokenize(string text)
    {
        var tokens = _weights.NativeHandle.Tokenize(text, addBos: true, special: false, Encoding.UTF8);
        return tokens.Length > 0 && tokens.Length <= MaxTokens ? tokens
            : throw new ArgumentException($"A text has {tokens.Length} tokens, and 1 to {MaxTokens} are read at once. Cut smaller chunks, leave empty ones out, or take a larger batch if the model was trained for it.", nameof(text));
    }
}
