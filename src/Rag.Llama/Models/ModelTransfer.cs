namespace Rag.Llama.Models;

/// <summary>Appends a stream to a file on its way, checking space and size as it goes.</summary>
internal sealed class ModelTransfer(CatalogModel model, PartialFile part, Func<long> freeBytes)
{
    private const int BufferBytes = 1 << 17;

    /// <summary>Checks what is to come before any of it is asked for.</summary>
    public void Expect(long? total)
    {
        if (model.Bytes is { } expected && total is not null && total != expected)
        {
            throw WrongSize(total.Value, expected);
        }

        if ((total ?? model.Bytes) - part.Length is { } missing && freeBytes() is var free && free < missing)
        {
            throw new ModelDownloadException($"'{model.FileName}' needs {missing} more bytes on the disk, but {free} are free: make room or choose another folder, then go on.");
        }
    }

    /// <summary>Reads to the end; gives why the source broke off, if it did.</summary>
    public async Task<Exception?> CopyAsync(Stream source, long? total, IProgress<DownloadProgress>? progress, CancellationToken cancellationToken)
    {
        var buffer = new byte[BufferBytes];
        while (true)
        {
            int read;
            try
            {
                read = await source.ReadAsync(buffer, cancellationToken);
            }
            catch (Exception exception) when (exception is IOException or HttpRequestException || (exception is OperationCanceledException && !cancellationToken.IsCancellationRequested))
            {
                return exception;
            }

            if (read == 0)
            {
                return null;
            }

            await AppendAsync(buffer.AsMemory(0, read), cancellationToken);
            progress?.Report(new(part.Length, total ?? model.Bytes));
        }
    }

    /// <summary>Puts the file in its place if it is the right one, else removes it.</summary>
    public void Finish()
    {
        if (model.Bytes is { } expected && part.Length != expected)
        {
            var length = part.Length;
            part.Discard();
            throw WrongSize(length, expected);
        }

        if (model.Sha256 is { } sha256 && part.Hash() is var actual && actual != sha256)
        {
            part.Discard();
            throw new ModelDownloadException($"'{model.FileName}' has the SHA-256 {actual}, but the catalogue says {sha256}. What arrived is removed: try again, and if it stays so, the publisher has changed the file or someone else has.");
        }

        part.Commit();
    }

    private async Task AppendAsync(ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken)
    {
        if (model.Bytes is { } expected && part.Length + bytes.Length > expected)
        {
            var length = part.Length + bytes.Length;
            part.Discard();
            throw WrongSize(length, expected);
        }

        try
        {
            await part.AppendAsync(bytes, cancellationToken);
        }
        catch (IOException exception)
        {
            throw new ModelDownloadException($"'{model.FileName}' cannot be written after {part.Length} bytes: {exception.Message} Make room or choose another folder, then go on.", exception);
        }
    }

    private ModelDownloadException WrongSize(long actual, long expected) =>
        new($"'{model.FileName}' has {expected} bytes by the catalogue, but {actual} or more are offered: the publisher has changed the file, or the address gives something else.");
}
