using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Text;

namespace Rag.Llama.Gguf;

/// <summary>Reads numbers and texts from a file's front to its end, through a buffer; refuses to go past the end before it takes any memory.</summary>
internal sealed class GgufStream(Stream stream, string path)
{
    private readonly byte[] _buffer = new byte[1 << 16];
    private readonly long _start = stream.Position;
    private readonly long _length = stream.Length - stream.Position;
    private int _next;
    private int _filled;

    /// <summary>Bytes read so far.</summary>
    public long Position { get; private set; }

    /// <summary>Bytes left.</summary>
    public long Remaining => _length - Position;

    public string Path => path;

    /// <summary>What the bytes being read are, for the message when the file ends there.</summary>
    public string Reading { get; set; } = "header";

    public T Read<T>()
        where T : unmanaged
    {
        var size = Unsafe.SizeOf<T>();
        if (_filled - _next < size)
        {
            Refill(size);
        }

        var value = MemoryMarshal.Read<T>(_buffer.AsSpan(_next));
        _next += size;
        Position += size;
        return value;
    }

    /// <summary>A text's length in bytes, which are there.</summary>
    public int ReadLength(long limit)
    {
        var bytes = Read<ulong>();
        if (bytes > (ulong)Remaining)
        {
            throw Cut($"a text of {bytes} bytes");
        }

        return bytes <= (ulong)limit ? (int)bytes : throw new GgufException(path, $"the {Reading} has a text of {bytes} bytes, but {limit} are the most: ask the publisher for a correct file.");
    }

    public string ReadText(long limit)
    {
        var bytes = ReadLength(limit);
        if (bytes > _buffer.Length)
        {
            var all = new byte[bytes];
            ReadBytes(all);
            return Encoding.UTF8.GetString(all);
        }

        if (_filled - _next < bytes)
        {
            Refill(bytes);
        }

        var text = Encoding.UTF8.GetString(_buffer, _next, bytes);
        _next += bytes;
        Position += bytes;
        return text;
    }

    /// <summary>Reads as many bytes as <paramref name="target"/> holds, which are there.</summary>
    public void ReadBytes(Span<byte> target)
    {
        Position += target.Length;
        while (target.Length > 0)
        {
            if (_next == _filled)
            {
                Position -= target.Length;
                Refill(1);
                Position += target.Length;
            }

            var piece = Math.Min(target.Length, _filled - _next);
            _buffer.AsSpan(_next, piece).CopyTo(target);
            _next += piece;
            target = target[piece..];
        }
    }

    public void Skip(long bytes)
    {
        if (bytes > Remaining)
        {
            throw Cut($"{bytes} bytes");
        }

        Position += bytes;
        if (bytes <= _filled - _next)
        {
            _next += (int)bytes;
            return;
        }

        _next = _filled = 0;
        stream.Position = _start + Position;
    }

    public GgufException Cut(string wanted) =>
        new(path, $"the file ends within the {Reading}: {wanted} are to come at byte {Position}, but it has {_length}. It was cut off or is damaged: download it again.");

    private void Refill(int wanted)
    {
        if (wanted > Remaining)
        {
            throw Cut($"{wanted} bytes");
        }

        _buffer.AsSpan(_next, _filled - _next).CopyTo(_buffer);
        _filled -= _next;
        _next = 0;
        _filled += stream.ReadAtLeast(_buffer.AsSpan(_filled), wanted - _filled, throwOnEndOfStream: false);
        if (_filled < wanted)
        {
            throw Cut($"{wanted} bytes");
        }
    }
}
