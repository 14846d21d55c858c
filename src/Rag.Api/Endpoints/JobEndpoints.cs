using Microsoft.Extensions.Hosting;
using Rag.Api.Contract;
using Rag.Api.Jobs;
using Rag.Api.Json;
using Rag.Api.Security;

namespace Rag.Api.Endpoints;

/// <summary><c>/api/jobs</c>: what becomes of uploads. Each key sees its own.</summary>
internal static class JobEndpoints
{
    private const int MaxPage = 1000;

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapApi("listJobs", "GET", "/api/jobs", ApiScope.Write, ListAsync).WithSummary("Jobs of this key, newest first")
            .Query("limit", "The most that come, 1 to 1000; 100 where missing.", "integer").Query("after", "The id behind which they go on: what the last page has as next.").Fails(400, "invalid-request").Fails(501, "not-configured").Produces<JobPage>();
        routes.MapApi("getJob", "GET", "/api/jobs/{job}", ApiScope.Write, GetAsync).WithSummary("A job").Fails(404, "unknown-job").Fails(501, "not-configured").Produces<JobJson>();
        routes.MapApi("watchJob", "GET", "/api/jobs/{job}/events", ApiScope.Write, WatchAsync).WithSummary("A job as it goes on")
            .WithDescription("Events: progress (the job, at once and whenever its state changes), and done (the job as it ended) or error (a problem that says why it failed).")
            .Fails(404, "unknown-job").Fails(501, "not-configured").Streams();
        routes.MapApi("retryJob", "POST", "/api/jobs/{job}/retry", ApiScope.Write, RetryAsync).WithSummary("Tries a failed job again")
            .Fails(404, "unknown-job").Fails(409, "job-not-failed", "job-superseded").Fails(501, "not-configured").Produces<JobJson>(StatusCodes.Status202Accepted);
        routes.MapApi("cancelJob", "DELETE", "/api/jobs/{job}", ApiScope.Write, CancelAsync).WithSummary("Stops a job, or gives up one that failed; the answer is the job as it is then")
            .Fails(404, "unknown-job").Fails(501, "not-configured").Produces<JobJson>();
    }

    private static async Task<IResult> ListAsync(ApiCall call)
    {
        var (limit, after) = (call.Number("limit", 100, 1, MaxPage), call.Http.Request.Query["after"].ToString());
        var jobs = await call.Service<JobQueue>().ListAsync(call.Caller, after, limit + 1, call.Cancelled);
        var page = jobs.Take(limit).ToList();
        return ApiCall.Json(new JobPage([.. page.Select(JobJson.Of)], jobs.Count > limit ? page[^1].Id : null), t => t.JobPage);
    }

    private static async Task<IResult> GetAsync(ApiCall call) => Answer(call, await FindAsync(call, call.Cancelled));

    private static async Task<IResult> RetryAsync(ApiCall call) => Answer(call, await call.Service<JobQueue>().RetryAsync(call.Caller, call.Route("job"), call.Cancelled), StatusCodes.Status202Accepted);

    private static async Task<IResult> CancelAsync(ApiCall call) => Answer(call, await call.Service<JobQueue>().CancelAsync(call.Caller, call.Route("job"), call.Cancelled));

    private static async Task<IResult> WatchAsync(ApiCall call)
    {
        await FindAsync(call, call.Cancelled); // a wrong id is told by the status
        return EventStream.Of(events => SendAsync(events, call));
    }

    private static async Task SendAsync(EventStream events, ApiCall call)
    {
        var stopping = call.Service<IHostApplicationLifetime>().ApplicationStopping;
        using var ends = CancellationTokenSource.CreateLinkedTokenSource(call.Cancelled, stopping);
        try
        {
            (JobState, int)? told = null;
            while (true)
            {
                var changed = call.Service<JobQueue>().Changed;
                var job = await FindAsync(call, ends.Token);
                if (told != (job.State, job.Attempts))
                {
                    told = (job.State, job.Attempts);
                    await events.WriteAsync("progress", JobJson.Of(job), t => t.JobJson);
                }

                if (job.State == JobState.Failed)
                {
                    throw new ApiProblemException(StatusCodes.Status422UnprocessableEntity, "job-failed", job.Error!);
                }

                if (!job.IsOpen)
                {
                    await events.WriteAsync("done", JobJson.Of(job), t => t.JobJson);
                    return;
                }

                await changed.WaitAsync(ends.Token);
            }
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            throw new ApiProblemException(StatusCodes.Status503ServiceUnavailable, "stopping", "The server stops. The job goes on at its next start; ask again then.");
        }
    }

    private static async Task<IngestionJob> FindAsync(ApiCall call, CancellationToken cancellationToken) =>
        await call.Service<JobQueue>().FindAsync(call.Caller, call.Route("job"), cancellationToken) ?? throw ApiProblemException.Unknown("job", call.Route("job"));

    private static IResult Answer(ApiCall call, IngestionJob? job, int status = StatusCodes.Status200OK) =>
        job is null ? throw ApiProblemException.Unknown("job", call.Route("job")) : ApiCall.Json(JobJson.Of(job), t => t.JobJson, status);
}
