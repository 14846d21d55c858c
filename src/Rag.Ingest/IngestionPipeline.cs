using System.Diagnostics;
using Microsoft.Extensions.AI;
using Rag.Enrichment;
using Rag.Ingest.Chunking;
using Rag.Ingest.Reading;
using Rag.Ingest.Sources;
using Rag.Storage;

namespace Rag.Ingest;

/// <summary>Brings a store in line with files: reads what is new or changed, cuts it into chunks, embeds them if asked, and stores each document in one step.</summary>
/// <remarks>
/// <para>
/// Documents come from an <see cref="IDocumentSource"/>; files and folders (<see cref="FileSource"/>) are the usual one. A source finds, gives bytes and knows ids; what happens to the bytes is the same for all.
/// </para>
/// <para>
/// A source's item, a file as a rule, is unchanged when the SHA-256 of its bytes and the settings (chunker, enrichers, options, embedding model, version of this library) are what the store has;
/// so a sync that was stopped or crashed goes on where it was. Labels that come from the source are not compared: where they alone change, they are replaced, and nothing is embedded again. A file found in a folder that holds no document
/// (no reader for its format, no text) is skipped; one that is given by itself fails; in both cases a document that the store has of it is removed.
/// Of files above 16 MB, one at a time is in memory.
/// </para>
/// <para>
/// What holds files (an archive, a mailbox, a message with attachments) is a document, and each entry that can be read is one of its own, with the id
/// <c>CONTAINER/ENTRY</c>; so are those of containers inside, three deep. When a container changes, entries that did not are left as they are and those that
/// vanished are removed; entries that cannot be read are named in its warnings. An unchanged container is not unpacked.
/// </para>
/// <para>Safe for concurrent use.</para>
/// </remarks>
/// <param name="readers">Reads the formats.</param>
/// <param name="chunker">Cuts documents into chunks.</param>
/// <param name="store">Takes the documents.</param>
/// <param name="embedder">Embeds context and text of each chunk; <see langword="null"/> for a store without vectors.</param>
/// <param name="enricher">Adds to the context of chunks before they are embedded and stored; <see langword="null"/> to leave them as the chunker made them.</param>
/// <param name="documentEnrichers">Find out about each document what is stored as its <see cref="Document.Findings"/>, in this order; <see langword="null"/> for none.</param>
public sealed class IngestionPipeline(
    DocumentReaders readers, IChunker chunker, IChunkStore store, IEmbeddingGenerator<string, Embedding<float>>? embedder = null, IChunkEnricher? enricher = null, IEnumerable<IDocumentEnricher>? documentEnrichers = null)
{
    private readonly DocumentEnrichment _enrichment = new([.. documentEnrichers ?? []], enricher);

    /// <summary>Syncs files and folders: what <see cref="FileSource"/> finds there.</summary>
    /// <param name="paths">Files and folders, absolute or relative to the current folder. A file under several of them is taken once, with the first.</param>
    /// <param name="options">Tags, tenant, groups, deletion; default <c>new()</c>.</param>
    /// <param name="progress">Told after each file, one call at a time, on the threads that do the work.</param>
    /// <param name="cancellationToken">Stops the sync; documents stored so far stay, none is half-stored.</param>
    /// <returns>What was done and what could not be: a file's failure is in the report and stops nothing.</returns>
    /// <exception cref="StoreException">The store cannot be read or written. Faults of the embedder and of enrichers likewise end the sync.</exception>
    /// <exception cref="OperationCanceledException">The sync was cancelled.</exception>
    public Task<SyncReport> SyncAsync(IReadOnlyList<string> paths, SyncOptions? options = null, IProgress<SyncProgress>? progress = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(paths);
        return SyncAsync(new FileSource(paths), options, progress, cancellationToken);
    }

    /// <summary>Syncs what a source finds.</summary>
    /// <param name="source">Where the documents come from.</param>
    /// <param name="options">Tags, tenant, groups, deletion; default <c>new()</c>.</param>
    /// <param name="progress">Told after each item, one call at a time, on the threads that do the work.</param>
    /// <param name="cancellationToken">Stops the sync; documents stored so far stay, none is half-stored.</param>
    /// <returns>What was done and what could not be: an item's failure is in the report and stops nothing.</returns>
    /// <exception cref="StoreException">The store cannot be read or written. Faults of the embedder and the enricher likewise end the sync.</exception>
    /// <exception cref="OperationCanceledException">The sync was cancelled.</exception>
    public async Task<SyncReport> SyncAsync(IDocumentSource source, SyncOptions? options = null, IProgress<SyncProgress>? progress = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(source);
        options ??= new();
        var started = Stopwatch.GetTimestamp();
        var stored = await store.ListDocumentsAsync(options.Tenant, cancellationToken);
        var known = new StoredDocuments(stored);
        var documents = new DocumentIngestion(readers, chunker, store, known, _enrichment, embedder is null ? null : new(embedder), options);
        var (tally, gone) = (new SyncTally(progress), new List<StoredDocument>());
        using var ingestion = new SourceIngestion(readers, documents);
        var parallel = new ParallelOptions { MaxDegreeOfParallelism = options.Parallelism, CancellationToken = cancellationToken };
        await Parallel.ForEachAsync(
            PlanAsync(source.FindAsync(new(options, stored, documents.IsCurrent), cancellationToken), new(known, options.TakesOver), documents, tally, gone),
            parallel,
            async (planned, token) => tally.Add(await ingestion.IngestAsync(planned.File, planned.Item, token)));
        foreach (var document in options.DeleteMissing ? gone : [])
        {
            await store.DeleteDocumentAsync(document.Id, options.Tenant, cancellationToken);
            tally.Add(new FileResult(document.Path ?? document.Id, SyncOutcome.Deleted));
        }

        if (_enrichment.Signs || NearDuplicates.AreTracked(stored))
        {
            await NearDuplicates.UpdateAsync(store, options.Tenant, cancellationToken);
        }

        return tally.ToReport(Stopwatch.GetElapsedTime(started));
    }

    // What is to be read; the rest is told. Deletions wait for the end, since a document may have moved.
    private static async IAsyncEnumerable<(PlannedFile File, SourceItem.Found Item)> PlanAsync(IAsyncEnumerable<SourceItem> items, SyncPlan plan, DocumentIngestion documents, SyncTally tally, List<StoredDocument> gone)
    {
        await foreach (var item in items)
        {
            switch (item)
            {
                case SourceItem.Found found when plan.Of(found) is { } file:
                    tally.Expect(item.More);
                    yield return (file, found);
                    break;
                case SourceItem.Unchanged unchanged:
                    tally.Expect(item.More);
                    tally.Add(documents.Keep(unchanged.Document));
                    break;
                case SourceItem.Gone { Document: var document }:
                    tally.Expect(item.More);
                    gone.Add(document);
                    break;
                default:
                    tally.Add(item);
                    break;
            }
        }
    }
}
