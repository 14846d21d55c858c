namespace Rag.Ingest.Reading;

/// <summary>The bytes of a file as they were at one moment.</summary>
internal static class SourceFile
{
    /// <summary>Reads the file, once more if it changed meanwhile.</summary>
    /// <exception cref="DocumentFormatException">It cannot be read, or keeps changing.</exception>
    public static async Task<ReadOnlyMemory<byte>> ReadAsync(string path, string documentId, ReaderLimits limits, CancellationToken cancellationToken)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(path);
        cancellationToken.ThrowIfCancellationRequested();
        try
        {
            return await ReadUnchangedAsync(path, documentId, limits, cancellationToken)
                ?? await ReadUnchangedAsync(path, documentId, limits, cancellationToken)
                ?? throw new DocumentFormatException(documentId, $"{path} changed while it was read, twice. Try again when nothing writes to it.");
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new DocumentFormatException(documentId, $"there is no file {path}. Check the path.", e);
        }
        catch (UnauthorizedAccessException e)
        {
            throw new DocumentFormatException(documentId, $"there is no permission to read {path}. Grant it, or leave the file out.", e);
        }
        catch (IOException e)
        {
            throw new DocumentFormatException(documentId, $"reading {path} failed ({e.Message.TrimEnd('.')}). Check the file and its disk.", e);
        }
    }

    private static async Task<ReadOnlyMemory<byte>?> ReadUnchangedAsync(string path, string documentId, ReaderLimits limits, CancellationToken cancellationToken)
    {
        if (Directory.Exists(path))
        {
            throw new DocumentFormatException(documentId, $"{path} is a folder. Name a file, or ingest the folder.");
        }

        var before = Stamp(path);
        if (before.Length == 0)
        {
            return ReadOnlyMemory<byte>.Empty; // not opened: a pipe has no length either, and opening one waits for its writer
        }

        if (before.Length > limits.MaxBytes)
        {
            throw new DocumentFormatException(documentId, $"it has {before.Length:N0} bytes, more than the {limits.MaxBytes:N0} of ReaderLimits.MaxBytes. Split it, or raise the limit.");
        }

        var options = new FileStreamOptions { Share = FileShare.ReadWrite | FileShare.Delete, Options = FileOptions.SequentialScan | FileOptions.Asynchronous, BufferSize = 0 };
        await using var stream = new FileStream(path, options);
        var bytes = await SourceBytes.ReadAllAsync(stream, documentId, limits, cancellationToken);
        return Stamp(path) == before && bytes.Length == before.Length ? bytes : null;
    }

    private static (long Length, DateTime Written) Stamp(string path)
    {
        var file = new FileInfo(path);
        return (file.Length, file.LastWriteTimeUtc);
    }
}
