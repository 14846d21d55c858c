using Rag.Api.Jobs;

namespace Rag.Api.Json;

/// <summary>A job.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Document">The id of the document that it makes.</param>
/// <param name="State"><c>queued</c>, <c>running</c>, <c>done</c>, <c>failed</c> or <c>cancelled</c>.</param>
/// <param name="Attempts">How often it was begun.</param>
/// <param name="Bytes">Length of the uploaded file; 0 where the document's present file is read again.</param>
/// <param name="Chunks">Chunks that were made.</param>
/// <param name="Warnings">What was repaired or left out.</param>
/// <param name="Error">Why it failed; <c>null</c> where it did not.</param>
/// <param name="CreatedAt">When it was asked for.</param>
/// <param name="ChangedAt">When its state changed last.</param>
internal sealed record JobJson(string Id, string Document, string State, int Attempts, long Bytes, int Chunks, IReadOnlyList<string> Warnings, string? Error, DateTimeOffset CreatedAt, DateTimeOffset ChangedAt)
{
    public static JobJson Of(IngestionJob job) =>
        new(job.Id, job.Document, job.State.ToString().ToLowerInvariant(), job.Attempts, job.Bytes, job.Chunks, job.Warnings, job.Error, job.CreatedAt, job.ChangedAt);
}

/// <summary>The jobs that a request made, in the order of its files.</summary>
internal sealed record JobList(IReadOnlyList<JobJson> Jobs);

/// <summary>Jobs, newest first.</summary>
/// <param name="Jobs">Some of them.</param>
/// <param name="Next">What <c>after</c> is for the next ones; <c>null</c> at the end.</param>
internal sealed record JobPage(IReadOnlyList<JobJson> Jobs, string? Next);
