using Rag.Qdrant.Api;
using Rag.Storage;

namespace Rag.Qdrant;

/// <summary>Replaces and deletes documents so that a reader, or a process killed at any step, finds each one whole.</summary>
/// <remarks>
/// A document is one point that says which generation of its chunks counts. Replacing writes the new chunks where no search sees them (<c>staged</c>), then the document's
/// point (the step that decides: one point changes at once), then shows the new chunks and deletes the old; until that is done the document's point says <c>switching</c>. Whoever comes later has the higher generation and wins.
/// </remarks>
internal sealed class DocumentWriter(QdrantClient client, QdrantStoreOptions options)
{
    private const int BatchSize = 256; // points; requests are shorter where these are too many bytes
    private const int Parallel = 4;

    public async Task ReplaceAsync(Document document, IReadOnlyList<EmbeddedChunk> chunks, CancellationToken cancellationToken)
    {
        var (tenant, id) = (document.Tenant, document.Id);
        var (now, write) = (options.Clock.GetUtcNow(), Guid.NewGuid().ToString());
        var generation = Math.Max(Microseconds(now), (await StoredAsync(tenant, id, cancellationToken))?.Generation + 1 ?? 0);
        await StageAsync(document, chunks, generation, write, cancellationToken);
        await UpsertAsync([StoredPoints.Of(document, chunks, generation, write, now)], Condition.Within("generation", new() { Lt = generation }), cancellationToken);
        if ((await StoredAsync(tenant, id, cancellationToken))?.Write == write)
        {
            // From here on the new version is the stored one; a cancellation in between would only leave work for the next opening.
            await ShowAsync(tenant, id, generation, write, CancellationToken.None);
        }
        else
        {
            await DiscardAsync(tenant, id, write, cancellationToken);
        }
    }

    public async Task<bool> DeleteAsync(string documentId, string tenant, CancellationToken cancellationToken)
    {
        if (await StoredAsync(tenant, documentId, cancellationToken) is not { Generation: var generation })
        {
            return false;
        }

        // The document's point last: whoever is killed in between deletes again.
        var range = Condition.Within("generation", new() { Lt = generation + 1 });
        await BatchAsync(
            [
                new() { Delete = new(Of(tenant, documentId, Visibility.Chunks, range)) },
                new() { Delete = new(Of(tenant, documentId, Visibility.Documents, range)) },
            ],
            cancellationToken);
        return true;
    }

    /// <summary>Exchanges the findings of one write of a document, and the labels that filters see; where another write has taken its place, nothing matches.</summary>
    public async Task<bool> ReplaceFindingsAsync(Document document, string write, CancellationToken cancellationToken)
    {
        var labels = Visibility.Labels(document);
        var written = Condition.Is("write", write);
        await BatchAsync(
            [
                new() { SetPayload = new(new() { Findings = FindingCodec.Encode(document.Findings) ?? "", Labels = labels }, Of(document.Tenant, document.Id, Visibility.Documents, written)) },
                new() { SetPayload = new(new() { Labels = labels }, Of(document.Tenant, document.Id, Visibility.Chunks, written)) },
            ],
            cancellationToken);
        return (await StoredAsync(document.Tenant, document.Id, cancellationToken))?.Write == write;
    }

    /// <summary>Finishes what killed writers left: shows the chunks of a document's own generation, removes those of others once they are old.</summary>
    public async Task HealAsync(CancellationToken cancellationToken)
    {
        var abandoned = Microseconds(options.Clock.GetUtcNow() - options.AbandonedAfter);
        await foreach (var point in client.ScrollAsync(Condition.Is("kind", Visibility.Switching), StoredPoints.WithoutText, cancellationToken))
        {
            await ShowAsync(point.Payload.Tenant, point.Payload.Document, point.Payload.Generation, point.Payload.Write, cancellationToken);
        }

        var seen = new HashSet<string>();
        await foreach (var point in client.ScrollAsync(Condition.Is("kind", Visibility.Staged), StoredPoints.WithoutText, cancellationToken))
        {
            var (tenant, document, write) = (point.Payload.Tenant, point.Payload.Document, point.Payload.Write);
            if (point.Payload.Generation < abandoned && seen.Add(write) && (await StoredAsync(tenant, document, cancellationToken))?.Write != write)
            {
                await DiscardAsync(tenant, document, write, cancellationToken);
            }
        }
    }

    private static long Microseconds(DateTimeOffset time) => (time - DateTimeOffset.UnixEpoch).Ticks / TimeSpan.TicksPerMicrosecond;

    private static Condition Of(string tenant, string document, Condition kind, Condition which) =>
        Condition.And(Condition.Is("tenant", tenant), Condition.Is("document", document), kind, which);

    private async Task StageAsync(Document document, IReadOnlyList<EmbeddedChunk> chunks, long generation, string write, CancellationToken cancellationToken)
    {
        var batches = chunks.Index().Chunk(BatchSize);
        await System.Threading.Tasks.Parallel.ForEachAsync(
            batches,
            new ParallelOptions { MaxDegreeOfParallelism = Parallel, CancellationToken = cancellationToken },
            async (batch, token) =>
            {
                foreach (var points in PointBatches.Of(batch.Select(c => StoredPoints.Of(document, c.Item, c.Index, generation, write)), options.MaxRequestBytes))
                {
                    await UpsertAsync(points, null, token);
                }
            });
    }

    private Task ShowAsync(string tenant, string document, long generation, string write, CancellationToken cancellationToken) => BatchAsync(
        [
            new() { SetPayload = new(new() { Kind = Visibility.Chunk }, Of(tenant, document, Condition.Is("kind", Visibility.Staged), Condition.Is("write", write))) },
            new() { Delete = new(Of(tenant, document, Visibility.Chunks, Condition.Within("generation", new() { Lt = generation }))) },
            new() { SetPayload = new(new() { Kind = Visibility.Document }, Of(tenant, document, Condition.Is("kind", Visibility.Switching), Condition.Is("write", write))) },
        ],
        cancellationToken);

    private async Task<PointPayload?> StoredAsync(string tenant, string document, CancellationToken cancellationToken) =>
        (await client.RetrieveAsync(StoredPoints.DocumentId(tenant, document), cancellationToken))?.Payload;

    private Task DiscardAsync(string tenant, string document, string write, CancellationToken cancellationToken) =>
        DeleteAsync(Of(tenant, document, Condition.Is("kind", Visibility.Staged), Condition.Is("write", write)), cancellationToken);

    private Task UpsertAsync(IReadOnlyList<Point> points, Condition? onlyOver, CancellationToken cancellationToken) =>
        client.UpdateAsync(HttpMethod.Put, "/points?wait=true", new UpsertRequest(points) { UpdateFilter = onlyOver }, QdrantJson.Default.UpsertRequest, cancellationToken);

    private Task DeleteAsync(Condition filter, CancellationToken cancellationToken) =>
        client.UpdateAsync(HttpMethod.Post, "/points/delete?wait=true", new DeleteRequest(filter), QdrantJson.Default.DeleteRequest, cancellationToken);

    private Task BatchAsync(IReadOnlyList<UpdateOperation> operations, CancellationToken cancellationToken) =>
        client.UpdateAsync(HttpMethod.Post, "/points/batch?wait=true", new BatchRequest(operations), QdrantJson.Default.BatchRequest, cancellationToken);
}
