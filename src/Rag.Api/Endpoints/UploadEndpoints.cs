using Microsoft.Net.Http.Headers;
using Rag.Api.Contract;
using Rag.Api.Jobs;
using Rag.Api.Json;
using Rag.Api.Security;
using Rag.Ingest.Reading;

namespace Rag.Api.Endpoints;

/// <summary><c>POST /api/documents</c>: files that become documents, and the files as they were sent.</summary>
internal static class UploadEndpoints
{
    private const string Again = "A name of this upload, such as a UUID. Sent again under it, the same is done once; something else is refused.";

    // What browsers show without running anything in it.
    private static readonly string[] s_shown = [MediaTypes.Pdf, MediaTypes.PlainText, MediaTypes.Markdown, "text/csv"];

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapApi("uploadDocuments", "POST", "/api/documents", ApiScope.Write, AddAsync).WithSummary("Uploads files; each becomes a document of its name, in place of one that there is")
            .WithDescription("multipart/form-data with files, or the bytes of one as the body with ?name=FILE. ?tag=NAME=VALUE and ?group=NAME may be repeated; without them a document keeps those that it has.")
            .TakesFiles().Query("name", "The file's name, where the body is its bytes.").Query("tag", "A label, as NAME=VALUE.", "array").Query("group", "Who may see it: a group of the key.", "array").Header("Idempotency-Key", Again)
            .Fails(400, "invalid-request").Fails(413, "too-large").Fails(422, "idempotency-key-reused").Fails(501, "not-configured").Produces<JobList>(StatusCodes.Status202Accepted);
        routes.MapApi("reindexDocument", "POST", "/api/documents/reindex", ApiScope.Write, ReindexAsync).WithSummary("Reads the file of a document again, with the settings that the server has now")
            .Query("document", "The document's id.").Header("Idempotency-Key", Again).Fails(400, "invalid-request").Fails(404, "unknown-document", "no-file").Fails(422, "idempotency-key-reused").Fails(501, "not-configured").Produces<JobList>(StatusCodes.Status202Accepted);
        routes.MapApi("getDocumentFile", "GET", "/api/documents/file/{**document}", ApiScope.Search, FileAsync).WithSummary("The file of a document that was uploaded, as it was sent")
            .Header("Range", "A part of it, in bytes.").Header("If-None-Match", "The ETag of the file that the client has.").Fails(404, "unknown-document", "no-file")
            .Produces(StatusCodes.Status206PartialContent, MediaTypes.Unknown).Produces(StatusCodes.Status304NotModified).Produces(StatusCodes.Status416RangeNotSatisfiable).Produces(StatusCodes.Status200OK, MediaTypes.Unknown);
    }

    private static async Task<IResult> AddAsync(ApiCall call)
    {
        var (queue, files, job) = (QueueOf(call), call.Service<UploadedFiles>(), JobOf(call));
        var key = RememberedReplies.KeyOf(call);
        var saved = new List<IngestionJob>();
        IReadOnlyList<IngestionJob> jobs = [];
        try
        {
            await foreach (var (name, content) in Upload.FilesAsync(call))
            {
                if (saved.Any(s => s.Document == name))
                {
                    throw ApiProblemException.Invalid($"Two files are called '{name}'. Give each another name.");
                }

                saved.Add(await files.SaveAsync(job with { Id = NewId(), Document = name, KeepsFile = true }, content, call.Cancelled));
            }

            jobs = await queue.AddAsync(saved, key, call.Cancelled);
        }
        finally
        {
            // all that no job took: after a failure, and where the same upload came twice
            saved.Where(s => jobs.All(j => j.Id != s.Id)).ToList().ForEach(files.Delete);
        }

        return Accepted(call, jobs);
    }

    private static async Task<IResult> ReindexAsync(ApiCall call)
    {
        var (queue, key) = (QueueOf(call), RememberedReplies.KeyOf(call));
        var document = await DocumentEndpoints.FindAsync(call, call.Http.Request.Query["document"].ToString());
        return call.Service<UploadedFiles>().Find(document.Tenant, document.Id, document.Path) is null ? throw NoFile(document)
            : Accepted(call, await queue.AddAsync([JobOf(call) with { Id = NewId(), Document = document.Id, Tags = null, Groups = null }], key, call.Cancelled));
    }

    private static async Task<IResult> FileAsync(ApiCall call)
    {
        var document = await DocumentEndpoints.FindAsync(call, call.Route("document"));
        var path = call.Service<UploadedFiles>().Find(document.Tenant, document.Id, document.Path) ?? throw NoFile(document);
        var disposition = new ContentDispositionHeaderValue(s_shown.Contains(document.MediaType) ? "inline" : "attachment");
        disposition.SetHttpFileName(document.Id);
        call.Http.Response.Headers.ContentDisposition = disposition.ToString();
        call.Http.Response.Headers.XContentTypeOptions = "nosniff";
        return Results.File(path, document.MediaType, entityTag: new($"\"{UploadedFiles.UploadOf(path)}\""), enableRangeProcessing: true);
    }

    private static IResult Accepted(ApiCall call, IReadOnlyList<IngestionJob> jobs)
    {
        if (jobs is [var only])
        {
            var path = (call.Http.Request.PathBase + call.Http.Request.Path).ToUriComponent(); // an app may map all of this below a prefix
            call.Http.Response.Headers.Location = $"{path[..path.LastIndexOf("/api/documents", StringComparison.OrdinalIgnoreCase)]}/api/jobs/{only.Id}";
        }

        return ApiCall.Json(new JobList([.. jobs.Select(JobJson.Of)]), t => t.JobList, StatusCodes.Status202Accepted);
    }

    private static IngestionJob JobOf(ApiCall call)
    {
        var (caller, query) = (call.Caller.Key, call.Http.Request.Query);
        if (query["group"].FirstOrDefault(g => !caller.Groups.Contains(g, StringComparer.Ordinal)) is { } foreign)
        {
            throw ApiProblemException.Invalid($"The key '{caller.Name}' is not in the group '{Prompt.Shorten(foreign, 50)}'. Its groups: {(caller.Groups.Count == 0 ? "none" : string.Join(", ", caller.Groups))}.");
        }

        return new("", caller.Tenant, caller.Hash, "")
        {
            Tags = query["tag"] is { Count: > 0 } tags ? Upload.TagsOf(tags) : null,
            Groups = query["group"] is { Count: > 0 } groups ? [.. groups.OfType<string>().Distinct()] : null,
            CallerGroups = caller.Groups,
        };
    }

    private static JobQueue QueueOf(ApiCall call) => call.Service<JobQueue>() is { IsOpen: true } queue ? queue
        : throw ApiProblemException.Lacking("folder for uploaded files", "Start it with --files FOLDER, or set RagApiOptions.FilesFolder.");

    private static string NewId() => Guid.CreateVersion7().ToString("N");

    private static ApiProblemException NoFile(Document document) => new(StatusCodes.Status404NotFound, "no-file", $"The document '{Prompt.Shorten(Prompt.OnOneLine(document.Id), 100)}' was not uploaded here, so its file is not kept.");
}
