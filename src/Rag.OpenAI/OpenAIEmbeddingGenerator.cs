using System.ClientModel;
using System.ClientModel.Primitives;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.Extensions.AI;
using Rag.OpenAI.Transport;
using EmbeddingClient = OpenAI.Embeddings.EmbeddingClient;

namespace Rag.OpenAI;

/// <summary>Makes vectors of texts with a model behind an endpoint, in batches. Safe for concurrent use.</summary>
/// <remarks>
/// Vectors come in the order of the texts and as the server makes them; whoever stores them brings them to unit length. This generator is for documents; <see cref="ForQueries"/> gives the one for questions.
/// Metadata name the model by what changes a document's vector: the model, and the prompt where there is one. <see cref="EmbeddingGenerationOptions.AdditionalProperties"/> become fields of the request, and
/// <see cref="EmbeddingGenerationOptions.RawRepresentationFactory"/> may give the SDK's <see cref="RequestOptions"/> with headers.
/// </remarks>
public sealed class OpenAIEmbeddingGenerator : IEmbeddingGenerator<string, Embedding<float>>
{
    private readonly OpenAIEndpoint _endpoint;
    private readonly string _model;
    private readonly OpenAIEmbeddingOptions _options;
    private readonly string _prompt;
    private readonly EmbeddingClient _client;
    private readonly EmbeddingGeneratorMetadata _metadata;

    /// <summary>Asks nothing yet.</summary>
    /// <param name="endpoint">Computes; stays the caller's.</param>
    /// <param name="model">An embedding model that it serves. llama-server takes any name.</param>
    /// <param name="options">Dimensions, prompts, batches. Default <c>new()</c>.</param>
    public OpenAIEmbeddingGenerator(OpenAIEndpoint endpoint, string model, OpenAIEmbeddingOptions? options = null)
        : this(endpoint, model, options ?? new(), (options ?? new()).DocumentPrompt)
    {
    }

    private OpenAIEmbeddingGenerator(OpenAIEndpoint endpoint, string model, OpenAIEmbeddingOptions options, string prompt)
    {
        ArgumentNullException.ThrowIfNull(endpoint);
        ArgumentException.ThrowIfNullOrWhiteSpace(model);
        (_endpoint, _model, _options, _prompt, _client) = (endpoint, model, options, prompt, endpoint.Client.GetEmbeddingClient(model));
        _metadata = new("openai", endpoint.Address, options.DocumentPrompt.Length == 0 ? model : $"{model} after '{options.DocumentPrompt}'", options.Dimensions);
    }

    /// <summary>The generator for questions: same model and metadata, the other prompt.</summary>
    public IEmbeddingGenerator<string, Embedding<float>> ForQueries() => new OpenAIEmbeddingGenerator(_endpoint, _model, _options, _options.QueryPrompt);

    /// <summary>The vectors of texts, in the order of <paramref name="values"/>, all equally long.</summary>
    /// <param name="values">Texts; none may be <see langword="null"/>.</param>
    /// <param name="options">Another model, other dimensions, further fields.</param>
    /// <param name="cancellationToken">Stops the requests.</param>
    /// <exception cref="ArgumentException">A text is <see langword="null"/>.</exception>
    /// <exception cref="OpenAIException">The endpoint does not answer, refuses, or answers something else than a vector for each text.</exception>
    public async Task<GeneratedEmbeddings<Embedding<float>>> GenerateAsync(IEnumerable<string> values, EmbeddingGenerationOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(values);
        cancellationToken.ThrowIfCancellationRequested();
        var texts = values.Select(t => t is null ? throw new ArgumentException("A text is null. Give the empty text instead, or leave it out.", nameof(values)) : _prompt + t).ToList();
        var all = new GeneratedEmbeddings<Embedding<float>>(texts.Count) { Usage = new() { InputTokenCount = 0, TotalTokenCount = 0 } };
        foreach (var batch in texts.Chunk(_options.BatchSize))
        {
            var body = BinaryData.FromString(Body(batch, options).ToJsonString());
            using var reply = await _endpoint.SendAsync(
                request => _client.GenerateEmbeddingsAsync(BinaryContent.Create(body), request), () => options?.RawRepresentationFactory?.Invoke(this) as RequestOptions, cancellationToken);
            var (vectors, tokens) = await reply.ReadJsonAsync(json => Read(json, batch.Length));
            if (vectors.Concat(all.Take(1).Select(e => e.Vector.ToArray())).Select(v => v.Length).Distinct().Count() > 1)
            {
                throw reply.Failures.Malformed("vectors of different lengths", string.Join(", ", vectors.Select(v => v.Length).Distinct()));
            }

            all.Usage.Add(new() { InputTokenCount = tokens, TotalTokenCount = tokens });
            all.AddRange(vectors.Select(v => new Embedding<float>(v) { ModelId = _metadata.DefaultModelId }));
        }

        return all;
    }

    /// <inheritdoc/>
    public object? GetService(Type serviceType, object? serviceKey = null)
    {
        ArgumentNullException.ThrowIfNull(serviceType);
        return serviceKey is not null ? null
            : serviceType == typeof(EmbeddingGeneratorMetadata) ? _metadata
            : serviceType.IsInstanceOfType(this) ? this
            : serviceType.IsInstanceOfType(_endpoint) ? _endpoint
            : null;
    }

    /// <summary>Does nothing: the endpoint stays the caller's.</summary>
    public void Dispose()
    {
    }

    private JsonObject Body(string[] texts, EmbeddingGenerationOptions? options)
    {
        var body = new JsonObject
        {
            ["model"] = options?.ModelId ?? _model,
            ["input"] = new JsonArray([.. texts.Select(t => JsonValue.Create(t))]),
            ["encoding_format"] = "float",
        };
        if ((options?.Dimensions ?? _options.Dimensions) is { } dimensions)
        {
            body["dimensions"] = dimensions;
        }

        RequestJson.AddTo(body, options?.AdditionalProperties);
        return body;
    }

    private static (float[][] Vectors, long Tokens) Read(JsonElement json, int count)
    {
        var vectors = new float[count][];
        var place = 0;
        foreach (var entry in json.GetProperty("data").EnumerateArray())
        {
            var index = entry.Find("index")?.GetInt32() ?? place;
            if (index < 0 || index >= count || vectors[index] is not null)
            {
                throw new FormatException($"There is no text {index}, or it came twice.");
            }

            vectors[index] = [.. entry.GetProperty("embedding").EnumerateArray().Select(n => n.GetSingle())];
            place++;
        }

        return Array.TrueForAll(vectors, v => v is { Length: > 0 } && Array.TrueForAll(v, float.IsFinite))
            ? (vectors, json.Find("usage")?.Find("prompt_tokens")?.GetInt64() ?? 0)
            : throw new FormatException("A text has no vector.");
    }
}
