using Rag.Api.Jobs;

namespace Rag.Api.Json;

/// <summary>A job.</summary>
internal sealed record JobJson(
    [Description("The id of the job.")] string Id,
    [Description("The id of the document that it makes.")] string Document,
    [Description("How far it is: queued, running, done, failed or cancelled.")] string State,
    [Description("How often it was begun.")] int Attempts,
    [Description("Length of the uploaded file; 0 where the document's present file is read again.")] long Bytes,
    [Description("How many passages were made.")] int Chunks,
    [Description("What was repaired or left out.")] IReadOnlyList<string> Warnings,
    [Description("Why it failed; null where it did not.")] string? Error,
    [Description("When it was asked for.")] DateTimeOffset CreatedAt,
    [Description("When its state changed last.")] DateTimeOffset ChangedAt)
{
    public static JobJson Of(IngestionJob job) =>
        new(job.Id, job.Document, job.State.ToString().ToLowerInvariant(), job.Attempts, job.Bytes, job.Chunks, job.Warnings, job.Error, job.CreatedAt, job.ChangedAt);
}

/// <summary>The jobs that a request made, in the order of its files.</summary>
internal sealed record JobList(
    [Description("The jobs, in the order of the request's files.")] IReadOnlyList<JobJson> Jobs);

/// <summary>Jobs, newest first.</summary>
internal sealed record JobPage(
    [Description("Some of the jobs, newest first.")] IReadOnlyList<JobJson> Jobs,
    [Description("What after is for the next ones; null at the end.")] string? Next);
