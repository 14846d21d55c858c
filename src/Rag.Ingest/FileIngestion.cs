using System.Diagnostics;
using Rag.Analysis;
using Rag.Enrichment;
using Rag.Ingest.Chunking;
using Rag.Ingest.Reading;
using Rag.Storage;

namespace Rag.Ingest;

/// <summary>Takes one file at a time from disk to store; several at once from several threads.</summary>
internal sealed class FileIngestion(DocumentReaders readers, IChunker chunker, IChunkStore store, IChunkEnricher? enricher, ChunkEmbedder? embedder, SyncOptions options) : IDisposable
{
    // Beyond this, text, blocks and chunks of a few files at once would not fit a small machine.
    private const long LargeFile = 16 << 20;
    private const int HeadBytes = 64 << 10;

    // What these hold may be named beyond their head.
    private const string ZipArchive = "application/zip";
    private const string CompoundFile = "application/x-ole-storage";

    private readonly SemaphoreSlim _large = new(1);
    private readonly string _settings = DocumentVersion.Settings(enricher is null ? chunker.Name : $"{chunker.Name} {enricher.Name}", options);

    /// <summary>Stores the file's document, unless the store has it already.</summary>
    public async Task<FileResult> IngestAsync(PlannedFile file, CancellationToken cancellationToken)
    {
        if (file.Error is not null)
        {
            return new(file.Path, SyncOutcome.Failed, Reason: file.Error);
        }

        if (!IsLarge(file.Path))
        {
            return await ReadAndStoreAsync(file, cancellationToken);
        }

        await _large.WaitAsync(cancellationToken);
        try
        {
            return await ReadAndStoreAsync(file, cancellationToken);
        }
        finally
        {
            _large.Release();
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _large.Dispose();

    private async Task<FileResult> ReadAndStoreAsync(PlannedFile file, CancellationToken cancellationToken)
    {
        ReadResult read;
        try
        {
            read = await ReadAsync(file, cancellationToken);
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            return new(file.Path, SyncOutcome.Failed, Reason: e is DocumentFormatException ? e.Message : $"'{file.DocumentId}' cannot be read: {e.Message}");
        }

        // From here on a fault is the store's or a model's: it would meet every file, so it ends the sync.
        switch (read)
        {
            case ReadResult.Unchanged(var count):
                return new(file.Path, SyncOutcome.Unchanged, count);
            case ReadResult.NoDocument when file.Stored is { } stored && !(options.TakesOver && stored.Path != file.Path):
                await store.DeleteDocumentAsync(file.DocumentId, options.Tenant, cancellationToken);
                return new(file.Path, SyncOutcome.Deleted);
            case ReadResult.NoDocument(var reason) nothing:
                return new(file.Path, file.IsNamed ? SyncOutcome.Failed : SyncOutcome.Skipped, Reason: reason) { Warnings = nothing.Warnings }; // scanned pages, as a rule
            case ReadResult.Changed(var document, var chunks):
                chunks = enricher is null ? chunks : await enricher.EnrichAsync(document, chunks, cancellationToken);
                var embedded = embedder is null ? [.. chunks.Select(c => new EmbeddedChunk(c))] : await embedder.EmbedAsync(chunks, cancellationToken);
                await store.ReplaceDocumentAsync(document, embedded, cancellationToken);
                return new(file.Path, file.Stored is null ? SyncOutcome.Added : SyncOutcome.Updated, chunks.Count) { Warnings = document.Warnings };
            default:
                throw new UnreachableException();
        }
    }

    private async Task<ReadResult> ReadAsync(PlannedFile file, CancellationToken cancellationToken)
    {
        if (IsLarge(file.Path) && MediaTypes.Detect(await HeadAsync(file.Path, cancellationToken), file.Path) is var type && !IsSupported(type) && type is not (ZipArchive or CompoundFile))
        {
            return NotSupported(type);
        }

        var bytes = await SourceFile.ReadAsync(file.Path, file.DocumentId, readers.Limits, cancellationToken);
        if (bytes.IsEmpty)
        {
            return new ReadResult.NoDocument("It is empty.");
        }

        var mediaType = MediaTypes.Detect(bytes.Span, file.Path);
        if (!IsSupported(mediaType))
        {
            return NotSupported(mediaType);
        }

        var version = DocumentVersion.Of(bytes.Span, _settings);
        if (file.Stored is { } stored && stored.Version == version && stored.Path == file.Path && HasVectors(stored))
        {
            return new ReadResult.Unchanged(stored.Chunks);
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
            Tags = options.Tags,
            Tenant = options.Tenant,
            Groups = options.Groups,
        };
        return new ReadResult.Changed(document, chunker.Split(document));
    }

    // Of the model, so that a store that was re-embedded need not be read again; none where none are wanted.
    private bool HasVectors(StoredDocument stored) => stored.Chunks == 0 || (stored.Vectors is { } vectors ? embedder?.IsModelOf(vectors) == true : embedder is null);

    private static bool IsLarge(string path) => new FileInfo(path) is { Exists: true, Length: > LargeFile };

    // A film is passed over without reading all of it.
    private static async Task<byte[]> HeadAsync(string path, CancellationToken cancellationToken)
    {
        await using var source = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        var head = new byte[HeadBytes];
        await source.ReadExactlyAsync(head, cancellationToken);
        return head;
    }

    private bool IsSupported(string mediaType) => readers.Supported.Contains(mediaType);

    private ReadResult.NoDocument NotSupported(string mediaType) =>
        new($"{MediaTypes.NameOf(mediaType)} is not supported yet. Supported: {readers.SupportedNames}.");
}
