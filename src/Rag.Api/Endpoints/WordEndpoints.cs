using Rag.Api.Contract;
using Rag.Api.Json;
using Rag.Api.Security;

namespace Rag.Api.Endpoints;

/// <summary><c>GET /api/documents/words/ID?page=N</c>: where the words of a page stand, so that it can be drawn.</summary>
internal static class WordEndpoints
{
    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapApi("getDocumentWords", "GET", "/api/documents/words/{**document}", ApiScope.Search, GetAsync).WithSummary("Where the words of a page stand")
            .Query("page", "The page, from 1; 1 where missing.", "integer").Fails(400, "invalid-request").Fails(404, "unknown-document").Produces<WordsJson>();

    private static async Task<IResult> GetAsync(ApiCall call)
    {
        var document = await DocumentEndpoints.FindAsync(call, call.Route("document"));
        var page = call.Number("page", 1, 1, int.MaxValue);
        var words = (document.Boxes ?? Enumerable.Empty<WordBox>()).Where(w => w.Box.Page == page);
        return ApiCall.Json(new WordsJson(page, words.Select(w => new[] { w.Span.Start, w.Span.End, w.Box.X0, w.Box.Y0, w.Box.X1, w.Box.Y1 })), t => t.WordsJson);
    }
}
