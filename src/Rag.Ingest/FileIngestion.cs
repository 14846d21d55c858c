using Rag.Ingest.Reading;

namespace Rag.Ingest;

/// <summary>Takes one file at a time from disk to store; several at once from several threads.</summary>
internal sealed class FileIngestion(DocumentReaders readers, DocumentIngestion documents) : IDisposable
{
    // Beyond this, text, blocks and chunks of a few files at once would not fit a small machine.
    private const long LargeFile = 16 << 20;
    private const int HeadBytes = 64 << 10;

    // What these hold may be named beyond their head.
    private const string ZipArchive = "application/zip";
    private const string CompoundFile = "application/x-ole-storage";

    private readonly SemaphoreSlim _large = new(1);

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
        ReadOnlyMemory<byte> bytes;
        try
        {
            if (IsLarge(file.Path) && MediaTypes.Detect(await HeadAsync(file.Path, cancellationToken), file.Path) is var type && !readers.Supported.Contains(type) && type is not (ZipArchive or CompoundFile))
            {
                return await documents.PassOverAsync(file, documents.NotSupported(type), cancellationToken);
            }

            bytes = await SourceFile.ReadAsync(file.Path, file.DocumentId, readers.Limits, cancellationToken);
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            return DocumentIngestion.Failed(file, e);
        }

        return await documents.IngestAsync(file, bytes, new(readers), 1, cancellationToken);
    }

    private static bool IsLarge(string path) => new FileInfo(path) is { Exists: true, Length: > LargeFile };

    // A film is passed over without reading all of it.
    private static async Task<byte[]> HeadAsync(string path, CancellationToken cancellationToken)
    {
        await using var source = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        var head = new byte[HeadBytes];
        await source.ReadExactlyAsync(head, cancellationToken);
        return head;
    }
}
