using Microsoft.Extensions.AI;
using Microsoft.Extensions.Logging;
using Rag.Llama.Binding;

namespace Rag.Llama.Embeddings;

/// <summary>Makes vectors of texts: encodes them, finds them in the cache or reads them, and gives them the length that was asked for. Safe for concurrent use.</summary>
internal sealed class EmbeddingEngine : IDisposable
{
    private readonly LlamaModel _model;
    private readonly LlamaEmbeddingOptions _options;
    private readonly ILogger _logger;
    private readonly VectorTelemetry _telemetry;
    private readonly TextEncoder _encoder;
    private readonly ReadingLoop _loop;
    private readonly string _identity;

    public EmbeddingEngine(LlamaModel model, LlamaEmbeddingOptions options, ILogger logger)
    {
        (_model, _options, _logger) = (model, options, logger);
        var pooling = PoolingChoice.Of(model, options.Pooling);
        Length = model.EmbeddingLength;
        var reading = Reading.Pooled(model, options.Context, pooling, Length);
        Longest = reading.Longest;
        Prompts = options.Prompts ?? EmbeddingPrompts.For(model);
        _encoder = new(model.Vocabulary, Longest, options.LongText);
        Check(options);
        _identity = $"{Path.GetFullPath(model.Path)}|{model.File.Bytes}|{pooling}";
        Metadata = new(VectorTelemetry.Provider, defaultModelId: NameOf(pooling), defaultModelDimensions: options.Dimensions ?? Length);
        _telemetry = new("embeddings", model.Name);
        _loop = new(model, reading, _telemetry);
    }

    public EmbeddingPrompts Prompts { get; }

    public EmbeddingGeneratorMetadata Metadata { get; }

    /// <summary>Numbers in the model's vectors.</summary>
    public int Length { get; }

    /// <summary>Most tokens that are read at once of a text.</summary>
    public int Longest { get; }

    public Task<GeneratedEmbeddings<Embedding<float>>> GenerateAsync(string prompt, IEnumerable<string> values, EmbeddingGenerationOptions? options, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(values);
        var texts = values.ToList();
        var dimensions = options?.Dimensions ?? _options.Dimensions ?? Length;
        ArgumentOutOfRangeException.ThrowIfLessThan(dimensions, 1, nameof(options));
        ArgumentOutOfRangeException.ThrowIfGreaterThan(dimensions, Length, nameof(options));
        return _telemetry.RunAsync(
            async () =>
            {
                var embeddings = await EmbedAsync(prompt, texts, dimensions, cancellationToken);
                return (embeddings, (int)(embeddings.Usage?.InputTokenCount ?? 0));
            },
            new KeyValuePair<string, object?>("gen_ai.embeddings.dimension.count", dimensions));
    }

    public void Dispose()
    {
        _loop.Dispose();
        _telemetry.Dispose();
    }

    private async Task<GeneratedEmbeddings<Embedding<float>>> EmbedAsync(string prompt, List<string> texts, int dimensions, CancellationToken cancellationToken)
    {
        var encoded = texts.ConvertAll(t => _encoder.Encode(prompt, t ?? throw new ArgumentException("A text is null. Give the empty text instead, or leave it out.", nameof(texts))));
        Warn(encoded);
        var parts = encoded.SelectMany(e => e.Parts).ToList();
        var (vectors, cached) = await VectorsAsync(parts, cancellationToken);
        var tokens = encoded.Sum(e => e.Tokens);
        var embeddings = new GeneratedEmbeddings<Embedding<float>>(texts.Count)
        {
            Usage = new() { InputTokenCount = tokens, TotalTokenCount = tokens, CachedInputTokenCount = cached },
        };
        var next = 0;
        foreach (var text in encoded)
        {
            var whole = UnitVectors.Mean(vectors.GetRange(next, text.Parts.Count), [.. text.Parts.Select(p => p.Length)]);
            next += text.Parts.Count;
            embeddings.Add(new(UnitVectors.Cut(whole, dimensions))
            {
                ModelId = Metadata.DefaultModelId,
                AdditionalProperties = text.CutTokens > 0 ? new() { [LlamaEmbeddingGenerator.CutTokensKey] = text.CutTokens } : null,
            });
        }

        return embeddings;
    }

    /// <summary>The vector of each part at unit length, and how many tokens were not read for them.</summary>
    private async Task<(List<ReadOnlyMemory<float>> Vectors, int CachedTokens)> VectorsAsync(List<int[]> parts, CancellationToken cancellationToken)
    {
        var found = parts.ConvertAll(p => _options.Cache?.Find(_identity, p));
        var missing = parts.Where((_, i) => found[i] is null).ToList();
        var read = await _loop.ReadAsync(missing, cancellationToken);
        var vectors = new List<ReadOnlyMemory<float>>(parts.Count);
        var next = 0;
        for (var i = 0; i < parts.Count; i++)
        {
            if (found[i] is { } vector)
            {
                vectors.Add(vector);
                continue;
            }

            vectors.Add(UnitVectors.Of(read[next++]));
            _options.Cache?.Add(_identity, parts[i], vectors[i]);
        }

        return (vectors, parts.Sum(p => p.Length) - missing.Sum(p => p.Length));
    }

    private void Warn(List<EncodedText> encoded)
    {
        var cut = encoded.Count(e => e.CutTokens > 0);
        if (cut > 0)
        {
            _logger.Truncated(_model.Name, cut, encoded.Sum(e => e.CutTokens), Longest);
        }
    }

    private void Check(LlamaEmbeddingOptions options)
    {
        if (options.Dimensions > Length)
        {
            throw new ArgumentException($"Vectors of {options.Dimensions} numbers were asked for, and those of '{_model.Name}' have {Length}. Ask for at most that many.", nameof(options));
        }

        foreach (var prompt in (string[])[Prompts.Query, Prompts.Document])
        {
            if (!_encoder.HasRoomFor(prompt))
            {
                throw new ArgumentException($"Of the {Longest} tokens that '{_model.Name}' reads at once the prompt '{prompt}' leaves less than half to the text. Use a shorter one, or a larger context.", nameof(options));
            }
        }
    }

    // Everything that changes the vector of a document; a query's prompt does not, so that it may be tuned without reading all documents again.
    private string NameOf(PoolingType pooling)
    {
        var prompt = Prompts.Document.Length == 0 ? "" : $", '{Prompts.Document.ReplaceLineEndings("\\n")}'";
#pragma warning disable CA1308 // a name for people
        return $"{_model.Name} ({pooling.ToString().ToLowerInvariant()}, {_options.LongText.ToString().ToLowerInvariant()} at {Longest}{prompt})";
#pragma warning restore CA1308
    }
}
