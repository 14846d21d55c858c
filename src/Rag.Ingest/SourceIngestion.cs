using Rag.Ingest.Reading;
using Rag.Ingest.Sources;

namespace Rag.Ingest;

/// <summary>Takes one item of a source at a time to the store; several at once from several threads.</summary>
internal sealed class SourceIngestion(DocumentReaders readers, DocumentIngestion documents) : IDisposable
{
    // Beyond this, text, blocks and chunks of a few files at once would not fit a small machine.
    private const long LargeFile = 16 << 20;

    // What these hold may be named beyond their head.
    private const string ZipArchive = "application/zip";
    private const string CompoundFile = "application/x-ole-storage";

    private readonly SemaphoreSlim _large = new(1);

    /// <summary>Stores the item's document, unless the store has it already.</summary>
    public async Task<FileResult> IngestAsync(PlannedFile file, SourceItem.Found item, CancellationToken cancellationToken)
    {
        if (file.Error is not null)
        {
            return new(file.Path, SyncOutcome.Failed, Reason: file.Error);
        }

        if (item.Length <= LargeFile)
        {
            return await ReadAndStoreAsync(file, item, cancellationToken);
        }

        await _large.WaitAsync(cancellationToken);
        try
        {
            return await ReadAndStoreAsync(file, item, cancellationToken);
        }
        finally
        {
            _large.Release();
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _large.Dispose();

    private async Task<FileResult> ReadAndStoreAsync(PlannedFile file, SourceItem.Found item, CancellationToken cancellationToken)
    {
        ReadOnlyMemory<byte> bytes;
        try
        {
            // A film is passed over without reading all of it.
            if (item.Length > LargeFile && item.ReadHeadAsync is { } readHeadAsync && MediaTypes.Detect((await readHeadAsync(cancellationToken)).Span, file.Path) is var type && !readers.Supported.Contains(type) && type is not (ZipArchive or CompoundFile))
            {
                return await documents.PassOverAsync(file, documents.NotSupported(type), cancellationToken);
            }

            if (await item.ReadAsync(readers.Limits, cancellationToken) is not { } read)
            {
                return new(file.Path, SyncOutcome.Skipped, Reason: "It was removed before it could be read.");
            }

            bytes = read;
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            return DocumentIngestion.Failed(file, e);
        }

        return await documents.IngestAsync(file, bytes, new(readers), 1, cancellationToken);
    }
}
