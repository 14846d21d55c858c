using Rag.Api.Contract;
using Rag.Api.Json;
using Rag.Api.Security;
using Rag.Generation;
using Rag.Retrieval;

namespace Rag.Api.Endpoints;

/// <summary><c>POST /api/search</c>: passages for a question.</summary>
internal static class SearchEndpoints
{
    private const int MaxTop = 100;

    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapApi("search", "POST", "/api/search", ApiScope.Search, SearchAsync).WithSummary("Passages that answer a question best").Takes<SearchRequest>().Produces<SearchJson>();

    private static async Task<IResult> SearchAsync(ApiCall call)
    {
        var request = await call.ReadAsync(t => t.SearchRequest);
        var text = TextOf(request.Query, "query");
        if (request.Top is < 1 or > MaxTop)
        {
            throw ApiProblemException.Invalid($"top is {request.Top}; give a number from 1 to {MaxTop}.");
        }

        var found = await new ObservedRetriever(call.Service<IRetriever>()).RetrieveAsync(call.Caller.Query(text, request.Filter), request.Top, call.Cancelled);
        return ApiCall.Json(new SearchJson(text, [.. found.Select((hit, i) => Passage(hit, i + 1, call.Caller))]), t => t.SearchJson);
    }

    /// <summary>A text that is there and not too long.</summary>
    /// <exception cref="ApiProblemException">It is not.</exception>
    public static string TextOf(string? text, string name) =>
        string.IsNullOrWhiteSpace(text) ? throw ApiProblemException.Invalid($"{name} is missing or empty. Write what you want to know.")
        : text.Length > RagPipeline.MaxQuestionLength ? throw ApiProblemException.Invalid($"{name} has {text.Length} characters and may have {RagPipeline.MaxQuestionLength}. Shorten it, or upload long text as a document.")
        : text;

    private static PassageJson Passage(ScoredChunk hit, int rank, Caller caller) =>
        new(rank, hit.Chunk.Id, hit.Chunk.DocumentId, hit.Chunk.Title, hit.Chunk.Pages?.First, hit.Chunk.Span.Start, hit.Chunk.Span.End, hit.Chunk.Context, hit.Chunk.Text) { Place = hit.Chunk.PlaceOf(hit.Chunk.Span), Score = caller.Key.Scores ? hit.Score : null };
}
