using Rag.Api.Contract;
using Rag.Api.Jobs;
using Rag.Api.Json;
using Rag.Api.Security;
using Rag.Ingest;
using Rag.Storage;

namespace Rag.Api.Endpoints;

/// <summary><c>/api/documents</c>: what is stored.</summary>
internal static class DocumentEndpoints
{
    private const int MaxPage = 1000;

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapApi("listDocuments", "GET", "/api/documents", ApiScope.Search, ListAsync).WithSummary("Documents in the order of their ids")
            .Query("limit", "The most that come, 1 to 1000; 100 where missing.", "integer").Query("after", "The id behind which they go on: what the last page has as next.").Fails(400, "invalid-request").Produces<DocumentPage>();
        routes.MapApi("getDocumentText", "GET", "/api/documents/text/{**document}", ApiScope.Search, GetAsync).WithSummary("A document with its text, in which citations count")
            .Header("If-None-Match", "The ETag of the text that the client has.").Fails(404, "unknown-document").Produces<DocumentTextJson>().Produces(StatusCodes.Status304NotModified);
        routes.MapApi("deleteDocument", "DELETE", "/api/documents/{**document}", ApiScope.Write, DeleteAsync).WithSummary("Deletes a document and all that was made of it")
            .Header("If-Match", "The ETag of the text that is to be deleted; another one is left as it is.").Fails(404, "unknown-document").Fails(412, "document-changed").Produces(StatusCodes.Status204NoContent);
    }

    /// <summary>A document that the caller may see.</summary>
    /// <exception cref="ApiProblemException">There is none.</exception>
    public static async Task<Document> FindAsync(ApiCall call, string id)
    {
        // Its groups first: to read the text of one that may not be seen would take a time that tells of it.
        var (store, key) = (call.Service<IChunkStore>(), call.Caller.Key);
        return await store.FindDocumentsAsync([id], key.Tenant, call.Cancelled) is [var listed] && Sees(key.Groups, listed.Groups)
            && await store.GetDocumentAsync(id, key.Tenant, call.Cancelled) is { } document && Sees(key.Groups, document.Groups) ? document : throw ApiProblemException.Unknown("document", id);
    }

    /// <summary>Whether somebody in <paramref name="held"/> groups may see a document of these <paramref name="groups"/>.</summary>
    public static bool Sees(IReadOnlyList<string> held, IReadOnlyList<string> groups) => groups.Count == 0 || groups.Intersect(held, StringComparer.Ordinal).Any();

    private static async Task<IResult> ListAsync(ApiCall call)
    {
        var (limit, after) = (call.Number("limit", 100, 1, MaxPage), call.Http.Request.Query["after"].ToString());
        var documents = (await call.Service<IChunkStore>().ListDocumentsAsync(call.Caller.Key.Tenant, call.Cancelled))
            .Where(d => string.CompareOrdinal(d.Id, after) > 0 && Sees(call.Caller.Key.Groups, d.Groups)).Take(limit + 1).ToList();
        var page = documents.Take(limit).ToList();
        return ApiCall.Json(new DocumentPage([.. page.Select(d => DocumentJson.Of(d) with { Path = null })], documents.Count > limit ? page[^1].Id : null), t => t.DocumentPage);
    }

    private static async Task<IResult> GetAsync(ApiCall call)
    {
        var document = await FindAsync(call, call.Route("document"));
        var tag = TagOf(document);
        call.Http.Response.Headers.ETag = tag;
        return call.Http.Request.Headers.IfNoneMatch.ToString().Contains(tag, StringComparison.Ordinal) ? Results.StatusCode(StatusCodes.Status304NotModified)
            : ApiCall.Json(DocumentTextJson.Of(document), t => t.DocumentTextJson);
    }

    private static string TagOf(Document document) => $"\"{document.Version}\"";

    private static async Task<IResult> DeleteAsync(ApiCall call)
    {
        var document = await FindAsync(call, call.Route("document"));
        if (call.Http.Request.Headers.IfMatch.ToString() is { Length: > 0 } wanted and not "*" && !wanted.Contains(TagOf(document), StringComparison.Ordinal))
        {
            throw new ApiProblemException(StatusCodes.Status412PreconditionFailed, "document-changed", "The document is not the one of If-Match any more. Read it again, and delete it with its new ETag if you still want to.");
        }

        await call.Service<JobQueue>().ForgetAsync(document.Tenant, document.Id, call.Cancelled); // its file first: what is left after a failure can still be deleted
        foreach (var id in await call.Service<IChunkStore>().DeleteWithEntriesAsync(document.Id, document.Tenant, call.Cancelled))
        {
            call.Service<RememberedAnswers>().Forget(id);
            call.Service<RememberedReplies>().ForgetDocument(id);
        }

        return Results.NoContent();
    }
}
