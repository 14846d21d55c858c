using System.Collections.ObjectModel;
using Rag.Api.Endpoints;
using Rag.Ingest;
using Rag.Storage;

namespace Rag.Api.Jobs;

/// <summary>Does one job: brings the store in line with its file.</summary>
internal sealed class JobRunner(IngestionPipeline pipeline, IChunkStore store, UploadedFiles files)
{
    /// <summary>The job as it ends: done, or failed with a sentence for its owner.</summary>
    public async Task<IngestionJob> RunAsync(IngestionJob job, CancellationToken cancellationToken)
    {
        var stored = await store.FindDocumentsAsync([job.Document], job.Tenant, cancellationToken) is [var found] ? found : null;
        if (stored is not null && !DocumentEndpoints.Sees(job.CallerGroups, stored.Groups))
        {
            return job.Fail($"The name '{job.Document}' cannot be used by this key. Upload the file under another name.");
        }

        var path = job.Sha256 is null ? files.Find(job.Tenant, job.Document, stored?.Path) : files.PathOf(job);
        if (!File.Exists(path))
        {
            return job.Fail($"There is no file of '{job.Document}' any more. Upload it again.");
        }

        var options = new SyncOptions
        {
            Tenant = job.Tenant,
            Tags = job.Tags ?? stored?.Tags ?? ReadOnlyDictionary<string, string>.Empty,
            Groups = job.Groups ?? stored?.Groups ?? [],
            TakesOver = true,
        };
        var report = await pipeline.SyncAsync([path], options, null, cancellationToken);
        return report.Failed is [var failure, ..] ? job.Fail(failure.Error.Replace(path, job.Document, StringComparison.Ordinal)) // paths tell of the server
            : report.Deleted > 0 && report.Added + report.Updated + report.Unchanged == 0 ? job.Fail($"'{job.Document}' holds no text that can be read now, so its document was removed. Upload it again in another form.")
            : job with { State = JobState.Done, Chunks = report.Chunks, Warnings = [.. report.Warnings.Select(w => w.Path == path ? w.Message : $"{w.Path[(path.Length + 1)..]}: {w.Message}")], Error = null };
    }
}
