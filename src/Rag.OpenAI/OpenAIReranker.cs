using System.ClientModel;
using System.ClientModel.Primitives;
using System.Text.Json;
using System.Text.Json.Nodes;
using Rag.Retrieval;

namespace Rag.OpenAI;

/// <summary>Scores texts against a query with a model behind an endpoint, at <c>/rerank</c> as llama-server, vLLM, Jina and Cohere have it. Safe for concurrent use.</summary>
/// <remarks>Scores are the server's own: probabilities with most, raw outputs of the model with others; higher is better. The model sees a chunk as its context, a new line, and its text. Equal texts are sent once.</remarks>
public sealed class OpenAIReranker : IReranker
{
    private static readonly PipelineMessageClassifier AnyStatus = PipelineMessageClassifier.Create([200]);

    private readonly OpenAIEndpoint _endpoint;

    /// <summary>Asks nothing yet.</summary>
    /// <param name="endpoint">Computes; stays the caller's. Cohere's begins at <c>https://api.cohere.com/v2</c>.</param>
    /// <param name="model">A re-ranker that it serves. llama-server takes any name.</param>
    public OpenAIReranker(OpenAIEndpoint endpoint, string model)
    {
        ArgumentNullException.ThrowIfNull(endpoint);
        ArgumentException.ThrowIfNullOrWhiteSpace(model);
        (_endpoint, Model) = (endpoint, model);
    }

    /// <summary>The model's name.</summary>
    public string Model { get; }

    /// <summary>How well each text answers the query, higher is better, in the order of <paramref name="texts"/>.</summary>
    /// <exception cref="OpenAIException">The endpoint does not answer, refuses, or answers something else than a score for each text.</exception>
    public async Task<IReadOnlyList<double>> ScoreAsync(string query, IReadOnlyList<string> texts, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(query);
        ArgumentNullException.ThrowIfNull(texts);
        cancellationToken.ThrowIfCancellationRequested();
        var distinct = texts.Distinct(StringComparer.Ordinal).ToList();
        if (distinct.Count == 0)
        {
            return [];
        }

        var body = BinaryData.FromString(new JsonObject
        {
            ["model"] = Model,
            ["query"] = query,
            ["documents"] = new JsonArray([.. distinct.Select(t => JsonValue.Create(t))]),
            ["top_n"] = distinct.Count,
        }.ToJsonString());
        using var reply = await _endpoint.SendAsync(request => PostAsync(body, request), null, cancellationToken);
        var scores = await reply.ReadJsonAsync(json => Read(json, distinct.Count));
        var places = distinct.Index().ToDictionary(t => t.Item, t => t.Index, StringComparer.Ordinal);
        return [.. texts.Select(t => scores[places[t]])];
    }

    /// <inheritdoc/>
    /// <exception cref="OpenAIException">The endpoint does not answer, refuses, or answers something else than a score for each text.</exception>
    public async Task<IReadOnlyList<ScoredChunk>> RerankAsync(Query query, IReadOnlyList<ScoredChunk> candidates, int top, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(query);
        ArgumentNullException.ThrowIfNull(candidates);
        ArgumentOutOfRangeException.ThrowIfLessThan(top, 1);
        var scores = await ScoreAsync(query.Text, [.. candidates.Select(c => TextOf(c.Chunk))], cancellationToken);
        return [.. candidates
            .Zip(scores, (candidate, score) => candidate with { Score = score, Terms = query.Explain ? [new("(score by the model)", 1, 1, score)] : [] })
            .OrderByDescending(c => c.Score)
            .ThenBy(c => c.Chunk.Id, StringComparer.Ordinal)
            .Take(top)];
    }

    private static string TextOf(Chunk chunk) => chunk.Context.Length == 0 ? chunk.Text : $"{chunk.Context}\n{chunk.Text}";

    // The SDK has no method for this path, so it goes through the SDK's pipeline by hand.
    private async Task<ClientResult> PostAsync(BinaryData body, RequestOptions options)
    {
        using var message = _endpoint.Client.Pipeline.CreateMessage(new($"{_endpoint.Address}/rerank"), "POST", AnyStatus);
        message.Request.Headers.Set("Content-Type", "application/json");
        message.Request.Headers.Set("Accept", "application/json");
        message.Request.Content = BinaryContent.Create(body);
        message.Apply(options);
        await _endpoint.Client.Pipeline.SendAsync(message);
        return ClientResult.FromResponse(message.ExtractResponse()!);
    }

    private static double[] Read(JsonElement json, int count)
    {
        var scores = new double?[count];
        foreach (var entry in json.GetProperty("results").EnumerateArray())
        {
            var index = entry.GetProperty("index").GetInt32();
            scores[index >= 0 && index < count && scores[index] is null ? index : throw new FormatException($"There is no text {index}, or it came twice.")] = entry.GetProperty("relevance_score").GetDouble();
        }

        return Array.TrueForAll(scores, s => s is { } score && double.IsFinite(score)) ? Array.ConvertAll(scores, s => s!.Value) : throw new FormatException("A text has no score.");
    }
}
