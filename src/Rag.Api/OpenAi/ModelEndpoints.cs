using System.Globalization;
using System.Runtime.InteropServices;
using System.Text.Json;
using Microsoft.Extensions.AI;
using Rag.Api.Contract;
using Rag.Api.Security;
using Rag.Retrieval;

namespace Rag.Api.OpenAi;

/// <summary><c>/v1/models</c>, <c>/v1/embeddings</c> and <c>/v1/rerank</c>.</summary>
internal static class ModelEndpoints
{
    private const int MaxTexts = 2048;

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapApi("listModels", "GET", "/v1/models", ApiScope.Ask, ListAsync).WithSummary("The models that there are").Produces<ModelList>();
        routes.MapApi("createEmbedding", "POST", "/v1/embeddings", ApiScope.Ask, EmbedAsync).WithSummary("OpenAI's embeddings").Takes<EmbeddingRequest>().Fails(501, "not-configured").Produces<EmbeddingList>();
        routes.MapApi("rerank", "POST", "/v1/rerank", ApiScope.Ask, RerankAsync).WithSummary("Scores of texts for a query, as Jina and Cohere have them").Takes<RerankRequest>().Fails(501, "not-configured").Produces<RerankList>();
    }

    private static Task<IResult> ListAsync(ApiCall call)
    {
        string?[] names = [ChatCompletionEndpoint.RagModel, ModelPassthrough.NameOf(call.Optional<IChatClient>()), NameOf(call.Optional<IEmbeddingGenerator<string, Embedding<float>>>())];
        return Task.FromResult(Results.Json(new ModelList("list", [.. names.OfType<string>().Distinct().Select(name => new ModelJson(name, "model", 0, "rag"))]), OpenAiJson.Standard.ModelList));
    }

    private static async Task<IResult> EmbedAsync(ApiCall call)
    {
        var request = await call.ReadAsync(OpenAiJson.Standard.EmbeddingRequest);
        var generator = call.Optional<IEmbeddingGenerator<string, Embedding<float>>>() ?? throw ApiProblemException.Lacking("embedding model", "Start it with --embed MODEL, or register an IEmbeddingGenerator.");
        List<string> texts = request.Input switch
        {
            { ValueKind: JsonValueKind.String } one => [one.GetString()!],
            { ValueKind: JsonValueKind.Array } several when several.EnumerateArray().All(t => t.ValueKind == JsonValueKind.String) => [.. several.EnumerateArray().Select(t => t.GetString()!)],
            _ => throw ApiProblemException.Invalid("input is neither a text nor a list of texts. Lists of tokens are not taken: their numbers depend on the model."),
        };
        if (texts.Count is 0 or > MaxTexts || texts.Exists(string.IsNullOrEmpty))
        {
            throw ApiProblemException.Invalid($"input has {texts.Count} texts; give 1 to {MaxTexts}, none of them empty.");
        }

        if (request.EncodingFormat is not (null or "float" or "base64"))
        {
            throw ApiProblemException.Invalid($"encoding_format is '{Prompt.Shorten(request.EncodingFormat, 50)}'; give float or base64.");
        }

        var length = generator.GetService<EmbeddingGeneratorMetadata>()?.DefaultModelDimensions ?? int.MaxValue;
        if (request.Dimensions is { } wanted && (wanted < 1 || wanted > length))
        {
            throw ApiProblemException.Invalid(string.Create(CultureInfo.InvariantCulture, $"dimensions is {wanted}; give 1{(length < int.MaxValue ? $" to {length}, the length of the model's vectors" : " or more")}, or leave it out."));
        }

        var made = await generator.GenerateAsync(texts, new() { Dimensions = request.Dimensions }, call.Cancelled);
        var tokens = (int)(made.Usage?.InputTokenCount ?? 0);
        call.Service<ApiGuard>().Spend(call.Caller, new(tokens));
        return Results.Json(new EmbeddingList("list", [.. made.Select((e, i) => new EmbeddingJson("embedding", i, Encoded(e.Vector, request.EncodingFormat)))], NameOf(generator)!, new(tokens, 0, tokens)), OpenAiJson.Standard.EmbeddingList);
    }

    private static async Task<IResult> RerankAsync(ApiCall call)
    {
        var request = await call.ReadAsync(OpenAiJson.Standard.RerankRequest);
        var reranker = call.Optional<IReranker>() ?? throw ApiProblemException.Lacking("re-ranker", "Start it with --rerank MODEL, or register an IReranker.");
        var query = Endpoints.SearchEndpoints.TextOf(request.Query, "query");
        var texts = (request.Documents ?? []).Select(d => d.ValueKind == JsonValueKind.String ? d.GetString()! : d.ValueKind == JsonValueKind.Object && d.TryGetProperty("text", out var text) && text.ValueKind == JsonValueKind.String ? text.GetString()!
            : throw ApiProblemException.Invalid("documents holds something that is neither a text nor an object with text.")).ToList();
        if (texts.Count is 0 or > MaxTexts)
        {
            throw ApiProblemException.Invalid($"documents has {texts.Count} texts; give 1 to {MaxTexts}.");
        }

        var candidates = texts.Select((text, i) => new ScoredChunk(new($"{i}", "", text, new(0, text.Length)), 0)).ToList();
        var ranked = await reranker.RerankAsync(new(query), candidates, Math.Min(request.TopN ?? texts.Count, texts.Count), call.Cancelled);
        return Results.Json(new RerankList([.. ranked.Select(r => new RerankJson(int.Parse(r.Chunk.Id, CultureInfo.InvariantCulture), r.Score) { Document = request.ReturnDocuments ? new(r.Chunk.Text) : null })]), OpenAiJson.Standard.RerankList);
    }

    private static string? NameOf(IEmbeddingGenerator<string, Embedding<float>>? generator) => generator is null ? null : generator.GetService<EmbeddingGeneratorMetadata>()?.DefaultModelId ?? "embedding";

    // OpenAI's own client asks for base64 of little-endian floats.
    private static JsonElement Encoded(ReadOnlyMemory<float> vector, string? format) => format == "base64"
        ? JsonSerializer.SerializeToElement(Convert.ToBase64String(MemoryMarshal.AsBytes(vector.Span)), OpenAiJson.Default.String)
        : JsonSerializer.SerializeToElement(vector.ToArray(), OpenAiJson.Standard.SingleArray);
}

/// <summary>Texts to be embedded: one, or a list.</summary>
internal sealed record EmbeddingRequest(
    [Description("A text, or a list of 1 to 2048 texts, none of them empty.")] JsonElement? Input,
    [Description("The model's name; the server has one and takes any name.")] string? Model = null,
    [Description("How vectors are written: float, as lists of numbers, or base64, as text; float where it is missing.")] string? EncodingFormat = null,
    [Description("The length of the vectors, at most that of the model's; theirs where it is missing.")] int? Dimensions = null);

/// <summary>Vectors in the order of the texts.</summary>
internal sealed record EmbeddingList(
    [Description("What this is: list.")] string Object,
    [Description("The vectors, in the order of the texts.")] IReadOnlyList<EmbeddingJson> Data,
    [Description("The model that made them.")] string Model,
    [Description("The tokens that were read.")] CompletionUsage Usage);

/// <summary>A vector: a list of numbers, or base64 of them.</summary>
internal sealed record EmbeddingJson(
    [Description("What this is: embedding.")] string Object,
    [Description("Which of the texts it is of, from 0.")] int Index,
    [Description("The vector: a list of numbers, or base64 of 32-bit floats, the least byte first.")] JsonElement Embedding);

/// <summary>Texts to be scored for a query.</summary>
internal sealed record RerankRequest(
    [Description("What the texts are compared with.")] string? Query,
    [Description("The texts, 1 to 2048, each a text or an object with text.")] IReadOnlyList<JsonElement>? Documents,
    [Description("The model's name; the server has one and takes any name.")] string? Model = null,
    [Description("How many come back, best first; all where it is missing.")] int? TopN = null,
    [Description("Whether the texts come back with their scores.")] bool ReturnDocuments = false);

/// <summary>Scores, best first.</summary>
internal sealed record RerankList(
    [Description("The texts with their scores, best first.")] IReadOnlyList<RerankJson> Results);

/// <summary>The score of a text, by its number from 0.</summary>
internal sealed record RerankJson(
    [Description("Which of the texts it is, from 0.")] int Index,
    [Description("How well it answers the query; higher is better.")] double RelevanceScore)
{
    [Description("The text itself, where it was asked for.")]
    public RerankedText? Document { get; init; }
}

/// <summary>A text that was scored.</summary>
internal sealed record RerankedText(
    [Description("The words of the text.")] string Text);

/// <summary>Models.</summary>
internal sealed record ModelList(
    [Description("What this is: list.")] string Object,
    [Description("The models that this server has.")] IReadOnlyList<ModelJson> Data);

/// <summary>A model.</summary>
internal sealed record ModelJson(
    [Description("The name by which it is asked.")] string Id,
    [Description("What this is: model.")] string Object,
    [Description("When it was made, in seconds since 1970; 0, since that is not known.")] long Created,
    [Description("Who has it: rag.")] string OwnedBy);
