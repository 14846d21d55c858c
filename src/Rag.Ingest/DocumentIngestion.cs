using System.Diagnostics;
using Rag.Analysis;
using Rag.Ingest.Chunking;
using Rag.Ingest.Reading;
using Rag.Storage;

namespace Rag.Ingest;

/// <summary>Takes the bytes of one source to the store, and where it is a container those of its entries. Safe for concurrent use with different sources.</summary>
/// <remarks>A container's own document is stored last, with the version of its bytes: where the store has that version, it has all entries.</remarks>
internal sealed class DocumentIngestion(DocumentReaders readers, IChunker chunker, IChunkStore store, StoredDocuments stored, DocumentEnrichment enrichment, ChunkEmbedder? embedder, SyncOptions options)
{
    private readonly string _settings = DocumentVersion.Settings(chunker.Name + enrichment.Suffix, options);

    /// <summary>Stores what the source holds, unless the store has it already.</summary>
    /// <param name="file">Where it belongs.</param>
    /// <param name="bytes">Its bytes.</param>
    /// <param name="unpacking">The outermost container, whose limits hold for all inside.</param>
    /// <param name="depth">1 for a file, more for an entry.</param>
    /// <param name="cancellationToken">Stops it between two documents.</param>
    public async Task<FileResult> IngestAsync(PlannedFile file, ReadOnlyMemory<byte> bytes, Unpacking unpacking, int depth, CancellationToken cancellationToken)
    {
        ReadResult read;
        try
        {
            read = await ReadAsync(file, bytes, cancellationToken);
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            return Failed(file, e);
        }

        // From here on a fault is the store's or a model's: it would meet every file, so it ends the sync.
        switch (read)
        {
            case ReadResult.Unchanged:
                await RelabelAsync(file, cancellationToken);
                return Keep(file.Stored!);
            case ReadResult.NoDocument nothing:
                return await PassOverAsync(file, nothing, cancellationToken);
            case ReadResult.Changed(var document, var chunks):
                return await StoreAsync(file, document, chunks, bytes, unpacking, depth, cancellationToken);
            default:
                throw new UnreachableException();
        }
    }

    /// <summary>Whether the store has the document in the way in which this sync would store it, should its source not have changed.</summary>
    public bool IsCurrent(StoredDocument known) => known.Version.EndsWith($"-{_settings}", StringComparison.Ordinal) && HasVectors(known);

    /// <summary>Says that a source is as the store has it, and so are its entries.</summary>
    public FileResult Keep(StoredDocument known) => new(known.Path ?? known.Id, SyncOutcome.Unchanged, known.Chunks)
    {
        Entries = [.. stored.Under(known.Id).Where(d => StoredDocuments.IsInside(d, known.Id, known.Path)).Select(d => new FileResult(d.Path!, SyncOutcome.Unchanged, d.Chunks) { DocumentId = d.Id })],
    };

    /// <summary>What becomes of a source without a document: one that the store has of it is removed.</summary>
    public async Task<FileResult> PassOverAsync(PlannedFile file, ReadResult.NoDocument nothing, CancellationToken cancellationToken)
    {
        if (file.Stored is not { } old || (options.TakesOver && old.Path != file.Path))
        {
            return new(file.Path, file.IsNamed ? SyncOutcome.Failed : SyncOutcome.Skipped, Reason: nothing.Reason) { Warnings = nothing.Warnings }; // scanned pages, as a rule
        }

        var entries = await DeleteVanishedAsync(file, [], cancellationToken);
        await store.DeleteDocumentAsync(file.DocumentId, options.Tenant, cancellationToken);
        return new(file.Path, SyncOutcome.Deleted, Reason: nothing.Reason) { Entries = entries };
    }

    /// <summary>Says that there is no reader.</summary>
    public ReadResult.NoDocument NotSupported(string mediaType) =>
        new($"{MediaTypes.NameOf(mediaType)} is not supported yet. Supported: {readers.SupportedNames}.");

    /// <summary>Says why a source cannot be read.</summary>
    public static FileResult Failed(PlannedFile file, Exception e) =>
        new(file.Path, SyncOutcome.Failed, Reason: e is DocumentFormatException ? e.Message : $"'{file.DocumentId}' cannot be read: {e.Message}");

    private async Task<FileResult> StoreAsync(PlannedFile file, Document document, IReadOnlyList<Chunk> chunks, ReadOnlyMemory<byte> bytes, Unpacking unpacking, int depth, CancellationToken cancellationToken)
    {
        var (entries, problems) = (new List<FileResult>(), new LeftOut());
        if (readers.ContainerOf(document.MediaType) is not null && depth > Unpacking.MaxDepth)
        {
            document = document with { Warnings = [.. document.Warnings, Unpacking.TooDeep] };
        }
        else if (readers.ContainerOf(document.MediaType) is { } container)
        {
            try
            {
                await IngestEntriesAsync(file, document, container, bytes, unpacking, depth, entries, problems, cancellationToken);
            }
            catch (DocumentFormatException e)
            {
                return Failed(file, e) with { Entries = entries };
            }

            document = document with { Warnings = [.. document.Warnings, .. problems.Warnings()] };
        }

        (document, chunks) = await enrichment.EnrichAsync(document, chunks, cancellationToken);
        var embedded = embedder is null ? [.. chunks.Select(c => new EmbeddedChunk(c))] : await embedder.EmbedAsync(chunks, cancellationToken);
        if (depth == 1)
        {
            entries.AddRange(await DeleteVanishedAsync(file, entries, cancellationToken));
        }

        await store.ReplaceDocumentAsync(document, embedded, cancellationToken);
        return new(file.Path, file.Stored is null ? SyncOutcome.Added : SyncOutcome.Updated, chunks.Count) { Warnings = document.Warnings, Entries = entries };
    }

    private async Task IngestEntriesAsync(PlannedFile file, Document document, IContainerReader container, ReadOnlyMemory<byte> bytes, Unpacking unpacking, int depth, List<FileResult> results, LeftOut problems, CancellationToken cancellationToken)
    {
        var isKnown = file.Stored is not null;
        await foreach (var (id, entry) in unpacking.EntriesAsync(container, file.DocumentId, bytes, cancellationToken))
        {
            if (entry.Problem is not null || entry.Content.IsEmpty)
            {
                problems.Add(entry.Name, entry.Problem ?? "it is empty");
                continue;
            }

            if (!isKnown)
            {
                // Should the sync stop here, it can be seen, deleted and gone on with.
                await store.ReplaceDocumentAsync(document with { Version = "" }, [], cancellationToken);
                isKnown = true;
            }

            var path = file.Path + id[file.DocumentId.Length..];
            var old = stored.Find(id);
            var inside = new PlannedFile(path, id, IsNamed: false, old, old is null || IsOurs(old, file) ? null : "the store has a document of its id that came from elsewhere") { Tags = file.Tags };
            var result = inside.Error is null
                ? await IngestAsync(inside, entry.Content, unpacking, depth + 1, cancellationToken) with { DocumentId = id }
                : new(path, SyncOutcome.Failed, Reason: inside.Error);
            if (result.Outcome is SyncOutcome.Added or SyncOutcome.Updated or SyncOutcome.Unchanged)
            {
                results.Add(result with { Entries = [] });
            }
            else
            {
                problems.Add(entry.Name, result.Reason.Split(" Supported: ")[0]); // the list of formats is not for each entry
            }

            results.AddRange(result.Entries);
        }
    }

    private async Task<List<FileResult>> DeleteVanishedAsync(PlannedFile file, List<FileResult> entries, CancellationToken cancellationToken)
    {
        var (kept, deleted) = (entries.Where(e => e.Outcome != SyncOutcome.Deleted).Select(e => e.DocumentId).ToHashSet(StringComparer.Ordinal), new List<FileResult>());
        foreach (var document in Inside(file).Where(d => !kept.Contains(d.Id)))
        {
            if (await store.DeleteDocumentAsync(document.Id, options.Tenant, cancellationToken))
            {
                deleted.Add(new(document.Path!, SyncOutcome.Deleted) { DocumentId = document.Id });
            }
        }

        return deleted;
    }

    // Labels of a source may change where its bytes do not: a commit, a validator. They are replaced alone.
    private async Task RelabelAsync(PlannedFile file, CancellationToken cancellationToken)
    {
        var labels = file.Tags.Where(tag => !options.Tags.ContainsKey(tag.Key)).ToList();
        foreach (var known in Inside(file).Prepend(file.Stored!).Where(d => labels.Exists(tag => d.Tags.GetValueOrDefault(tag.Key, "") != tag.Value)))
        {
            if (await store.GetDocumentAsync(known.Id, options.Tenant, cancellationToken) is { } document)
            {
                var tags = WithLabels(document.Tags, file);
                var chunks = await store.GetChunksAsync(known.Id, options.Tenant, cancellationToken);
                await store.ReplaceDocumentAsync(document with { Tags = tags }, [.. chunks.Select(c => c with { Chunk = c.Chunk with { Tags = tags } })], cancellationToken);
            }
        }
    }

    // Those of the sync go before those of the source, and both before those of the document itself.
    private IReadOnlyDictionary<string, string> WithLabels(IReadOnlyDictionary<string, string> tags, PlannedFile file)
    {
        if (tags.Count == 0 && file.Tags.Count == 0)
        {
            return options.Tags;
        }

        var all = new Dictionary<string, string>(tags);
        foreach (var (name, value) in file.Tags)
        {
            all[name] = value;
        }

        foreach (var (name, value) in options.Tags)
        {
            all[name] = value;
        }

        return all.Where(tag => tag.Value.Length > 0 || !file.Tags.ContainsKey(tag.Key)).ToDictionary();
    }

    private IEnumerable<StoredDocument> Inside(PlannedFile file) => stored.Under(file.DocumentId).Where(d => IsOurs(d, file));

    // Of this container, or of the file whose place it takes; never a document that others may see.
    private bool IsOurs(StoredDocument document, PlannedFile file) =>
        StoredDocuments.IsInside(document, file.DocumentId, file.Path) || StoredDocuments.IsInside(document, file.DocumentId, file.Stored?.Path)
        || (options.TakesOver && document.Groups.ToHashSet(StringComparer.Ordinal).SetEquals(options.Groups));

    private async Task<ReadResult> ReadAsync(PlannedFile file, ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken)
    {
        if (bytes.IsEmpty)
        {
            return new ReadResult.NoDocument("It is empty.");
        }

        var mediaType = MediaTypes.Detect(bytes.Span, file.Path);
        if (!readers.Supported.Contains(mediaType))
        {
            return NotSupported(mediaType);
        }

        var version = DocumentVersion.Of(bytes.Span, _settings);
        if (file.Stored is { } known && known.Version == version && known.Path == file.Path && HasVectors(known))
        {
            return new ReadResult.Unchanged();
        }

        var document = await readers.ReadAsync(bytes, file.DocumentId, file.Path, mediaType, cancellationToken);
        if (string.IsNullOrWhiteSpace(document.Text))
        {
            return new ReadResult.NoDocument("It has no text.") { Warnings = document.Warnings };
        }

        document = document with
        {
            Path = file.Path,
            Version = version,
            Language = options.Language ?? document.Language ?? LanguageDetector.Detect(document.Text),
            Tags = WithLabels(document.Tags, file),
            Tenant = options.Tenant,
            Groups = options.Groups,
        };
        return new ReadResult.Changed(document, chunker.Split(document));
    }

    // Of the model, so that a store that was re-embedded need not be read again; none where none are wanted.
    private bool HasVectors(StoredDocument known) => known.Chunks == 0 || (known.Vectors is { } vectors ? embedder?.IsModelOf(vectors) == true : embedder is null);
}
