using Rag.Qdrant.Api;

namespace Rag.Qdrant;

/// <summary>Replaces and deletes documents so that a reader, or a process killed at any step, finds each one whole.</summary>
/// <remarks>
/// A document is one point that says which generation of its chunks counts. Replacing writes the new chunks where no search sees them (<c>staged</c>), then the document's
/// point (the step that decides: one point changes at once), then shows the new chunks and deletes the old. Whoever comes later has the higher generation and wins.
/// </remarks>
internal sealed class DocumentWriter(QdrantClient client, QdrantStoreOptions options)
{
    private const int BatchSize = 256;
    private const int Parallel = 4;

    public async Task ReplaceAsync(Document document, IReadOnlyList<EmbeddedChunk> chunks, CancellationToken cancellationToken)
    {
        var now = options.Clock.GetUtcNow();
        var generation = Math.Max(Microseconds(now), (await GenerationAsync(document.Tenant, document.Id, cancellationToken) ?? 0) + 1);
        await StageAsync(document, chunks, generation, cancellationToken);
        await UpsertAsync(
            [StoredPoints.Of(document, chunks, generation, now)],
            Condition.Within("generation", new() { Lt = generation }),
            cancellationToken);
        if (await GenerationAsync(document.Tenant, document.Id, cancellationToken) == generation)
        {
            // From here on the new version is the stored one; a cancellation in between would only leave work for the next writer.
            await ShowAsync(document.Tenant, document.Id, generation, CancellationToken.None);
        }
        else
        {
            await DeleteAsync(Of(document.Tenant, document.Id, Condition.Is("kind", Visibility.Staged), new() { Gte = generation, Lt = generation + 1 }), cancellationToken);
        }
    }

    public async Task<bool> DeleteAsync(string documentId, string tenant, CancellationToken cancellationToken)
    {
        if (await GenerationAsync(tenant, documentId, cancellationToken) is not { } generation)
        {
            return false;
        }

        // The document's point last: whoever is killed in between deletes again.
        var range = new NumberRange { Lt = generation + 1 };
        await BatchAsync(
            [
                new() { Delete = new(Of(tenant, documentId, new() { MustNot = [Condition.Is("kind", Visibility.Document)] }, range)) },
                new() { Delete = new(Of(tenant, documentId, Condition.Is("kind", Visibility.Document), range)) },
            ],
            cancellationToken);
        return true;
    }

    /// <summary>Finishes what killed writers left: shows the chunks of a document's own generation, removes those of others once they are old.</summary>
    public async Task HealAsync(CancellationToken cancellationToken)
    {
        var abandoned = Microseconds(options.Clock.GetUtcNow() - options.AbandonedAfter);
        var seen = new HashSet<(string, string, long)>();
        await foreach (var point in client.ScrollAsync(Condition.Is("kind", Visibility.Staged), new() { Include = ["kind", "tenant", "document", "generation"] }, cancellationToken))
        {
            var (tenant, document, generation) = (point.Payload.Tenant, point.Payload.Document, point.Payload.Generation);
            if (!seen.Add((tenant, document, generation)))
            {
                continue;
            }

            if (await GenerationAsync(tenant, document, cancellationToken) == generation)
            {
                await ShowAsync(tenant, document, generation, cancellationToken);
            }
            else if (generation < abandoned)
            {
                await DeleteAsync(Of(tenant, document, Condition.Is("kind", Visibility.Staged), new() { Gte = generation, Lt = generation + 1 }), cancellationToken);
            }
        }
    }

    private static long Microseconds(DateTimeOffset time) => (time - DateTimeOffset.UnixEpoch).Ticks / TimeSpan.TicksPerMicrosecond;

    private static Condition Of(string tenant, string document, Condition kind, NumberRange generations) =>
        Condition.And(Condition.Is("tenant", tenant), Condition.Is("document", document), kind, Condition.Within("generation", generations));

    private async Task StageAsync(Document document, IReadOnlyList<EmbeddedChunk> chunks, long generation, CancellationToken cancellationToken)
    {
        var batches = chunks.Index().Chunk(BatchSize);
        await System.Threading.Tasks.Parallel.ForEachAsync(
            batches,
            new ParallelOptions { MaxDegreeOfParallelism = Parallel, CancellationToken = cancellationToken },
            async (batch, token) => await UpsertAsync([.. batch.Select(c => StoredPoints.Of(document, c.Item, c.Index, generation))], null, token));
    }

    private Task ShowAsync(string tenant, string document, long generation, CancellationToken cancellationToken) => BatchAsync(
        [
            new() { SetPayload = new(new(Visibility.Chunk), Of(tenant, document, Condition.Is("kind", Visibility.Staged), new() { Gte = generation, Lt = generation + 1 })) },
            new() { Delete = new(Of(tenant, document, new() { MustNot = [Condition.Is("kind", Visibility.Document)] }, new() { Lt = generation })) },
        ],
        cancellationToken);

    private async Task<long?> GenerationAsync(string tenant, string document, CancellationToken cancellationToken) =>
        (await client.RetrieveAsync(StoredPoints.DocumentId(tenant, document), cancellationToken))?.Payload.Generation;

    private Task UpsertAsync(IReadOnlyList<Point> points, Condition? onlyOver, CancellationToken cancellationToken) =>
        client.UpdateAsync(HttpMethod.Put, "/points?wait=true", new UpsertRequest(points) { UpdateFilter = onlyOver }, QdrantJson.Default.UpsertRequest, cancellationToken);

    private Task DeleteAsync(Condition filter, CancellationToken cancellationToken) =>
        client.UpdateAsync(HttpMethod.Post, "/points/delete?wait=true", new DeleteRequest(filter), QdrantJson.Default.DeleteRequest, cancellationToken);

    private Task BatchAsync(IReadOnlyList<UpdateOperation> operations, CancellationToken cancellationToken) =>
        client.UpdateAsync(HttpMethod.Post, "/points/batch?wait=true", new BatchRequest(operations), QdrantJson.Default.BatchRequest, cancellationToken);
}
