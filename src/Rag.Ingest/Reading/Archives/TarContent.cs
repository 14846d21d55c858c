namespace Rag.Ingest.Reading.Archives;

/// <summary>The bytes of one file in a TAR archive, which is read forward only.</summary>
internal sealed class TarContent(Stream archive, long size) : Stream
{
    private const int Block = 512;

    private readonly long _size = size;
    private long _left = size;
    private int _padding = (int)((Block - (size % Block)) % Block);

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => _size;

    public override long Position { get => _size - _left; set => throw new NotSupportedException(); }

    public override int Read(Span<byte> buffer)
    {
        var wanted = (int)Math.Min(buffer.Length, _left);
        var read = wanted == 0 ? 0 : archive.Read(buffer[..wanted]);
        _left -= read;
        if (read == 0 && wanted > 0)
        {
            var missing = _left;
            (_left, _padding) = (0, 0);
            throw new EndOfStreamException($"It ends {missing:N0} bytes before the end of an entry.");
        }

        return read;
    }

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    /// <summary>All that is left of it.</summary>
    public byte[] ReadAll()
    {
        var bytes = new byte[_left];
        this.ReadExactly(bytes);
        return bytes;
    }

    /// <summary>Goes on to the next header.</summary>
    public void PassOver(Action<int> onRead)
    {
        var buffer = new byte[Block * 16];
        while (_left > 0)
        {
            onRead(Read(buffer));
        }

        for (var read = 1; _padding > 0 && read > 0; _padding -= read)
        {
            read = archive.Read(buffer.AsSpan(0, _padding)); // the last one may be cut off
        }
    }

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
}
