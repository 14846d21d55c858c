namespace Rag.Api;

/// <summary>A stream that fails once more has been read than is allowed, however much it said it would hold.</summary>
internal sealed class LimitedStream(Stream inner, long most, Func<Exception> tooMuch) : Stream
{
    private long _read;

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException("The length of a request is not known before its end.");

    public override long Position
    {
        get => _read;
        set => throw new NotSupportedException("A request is read once.");
    }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        var read = await inner.ReadAsync(buffer, cancellationToken);
        _read += read;
        return _read <= most ? read : throw tooMuch();
    }

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) => ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException("A request is read asynchronously.");

    public override void Flush()
    {
        // nothing is written
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException("A request is read once.");

    public override void SetLength(long value) => throw new NotSupportedException("A request is read, not written.");

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException("A request is read, not written.");
}
