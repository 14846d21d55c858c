using System.Buffers;

namespace Rag.Pdf.Files.Filters;

/// <summary>What a filter writes: a buffer from the pool that doubles when it is full, up to a limit at which the rest is dropped with a warning.</summary>
internal sealed class PooledBytes
{
    private const int Least = 4096;

    private readonly int _most;
    private readonly PdfWarnings _warnings;
    private byte[] _buffer;
    private int _count;

    /// <param name="expected">Bytes likely to come.</param>
    /// <param name="most">Bytes kept at most.</param>
    /// <param name="warnings">Takes that the rest was dropped.</param>
    public PooledBytes(long expected, int most, PdfWarnings warnings)
    {
        _most = most;
        _warnings = warnings;
        _buffer = ArrayPool<byte>.Shared.Rent((int)Math.Clamp(expected, Math.Min(Least, most), Math.Min(most, 1 << 22)));
    }

    public int Count => _count;

    /// <summary>Takes what was damaged, and that the limit was reached.</summary>
    public PdfWarnings Warnings => _warnings;

    public Span<byte> Written => _buffer.AsSpan(0, _count);

    /// <summary>Room to write into, then <see cref="Advance"/>; empty once the limit is reached.</summary>
    public Span<byte> Room()
    {
        if (_count == Math.Min(_buffer.Length, _most) && _count < _most)
        {
            var larger = ArrayPool<byte>.Shared.Rent((int)Math.Min(_most, Math.Max(Least, (long)_buffer.Length * 2)));
            Written.CopyTo(larger);
            ArrayPool<byte>.Shared.Return(_buffer);
            _buffer = larger;
        }

        return _buffer.AsSpan(_count, Math.Min(_buffer.Length, _most) - _count);
    }

    public void Advance(int count) => _count += count;

    /// <summary>Writes a byte; <see langword="false"/> when it did not fit.</summary>
    public bool TryWrite(byte value)
    {
        var room = Room();
        if (room.IsEmpty)
        {
            WarnFull();
            return false;
        }

        room[0] = value;
        _count++;
        return true;
    }

    /// <summary>Writes bytes, which may lie in <see cref="Written"/>'s past copy; <see langword="false"/> when not all did fit.</summary>
    public bool TryWrite(ReadOnlySpan<byte> bytes)
    {
        while (!bytes.IsEmpty)
        {
            var room = Room();
            if (room.IsEmpty)
            {
                WarnFull();
                return false;
            }

            var part = Math.Min(room.Length, bytes.Length);
            bytes[..part].CopyTo(room);
            _count += part;
            bytes = bytes[part..];
        }

        return true;
    }

    /// <summary>Says that the limit was reached.</summary>
    public void WarnFull() => _warnings.Add($"A stream decodes to more than {_most} bytes; the rest was cut off.");

    /// <summary>Keeps only the first <paramref name="count"/> bytes.</summary>
    public void Cut(int count) => _count = count;

    /// <summary>Hands over what was written; nothing is written afterwards.</summary>
    public DecodedBytes ToDecoded() => new(_buffer.AsMemory(0, _count), _buffer);
}
