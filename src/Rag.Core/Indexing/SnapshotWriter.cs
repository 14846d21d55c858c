using System.Runtime.InteropServices;

namespace Rag.Indexing;

/// <summary>Writes arrays with their lengths, and at the end a checksum (CRC-32C) of all of them.</summary>
internal sealed class SnapshotWriter(Stream stream)
{
    private uint _checksum;

    public void Write<T>(ReadOnlySpan<T> values)
        where T : unmanaged
    {
        var length = (long)values.Length;
        Bytes(MemoryMarshal.AsBytes(new ReadOnlySpan<long>(in length)));
        Bytes(MemoryMarshal.AsBytes(values));
    }

    public void Write(string? text) => Write<char>(text is null ? [] : ['=', .. text]);

    public void WriteCount(int count) => Write<int>([count]);

    public void End() => stream.Write(MemoryMarshal.AsBytes(new ReadOnlySpan<uint>(in _checksum)));

    private void Bytes(ReadOnlySpan<byte> bytes)
    {
        _checksum = Checksum.Add(_checksum, bytes);
        stream.Write(bytes);
    }
}

/// <summary>Reads what <see cref="SnapshotWriter"/> wrote. Throws <see cref="InvalidDataException"/> or <see cref="EndOfStreamException"/> on anything else.</summary>
internal sealed class SnapshotReader(Stream stream)
{
    private uint _checksum;

    public T[] Read<T>()
        where T : unmanaged
    {
        var length = 0L;
        Bytes(MemoryMarshal.AsBytes(new Span<long>(ref length)));
        if (length < 0 || length > (stream.Length - stream.Position) / Marshal.SizeOf<T>())
        {
            throw new InvalidDataException($"An array of {length} entries does not fit the file.");
        }

        var values = GC.AllocateUninitializedArray<T>((int)length);
        Bytes(MemoryMarshal.AsBytes(values.AsSpan()));
        return values;
    }

    public string? ReadText() => Read<char>() is { Length: > 0 } chars ? new(chars, 1, chars.Length - 1) : null;

    /// <summary>How many things follow, each of which takes at least eight bytes.</summary>
    public int ReadCount() => Read<int>() is [>= 0 and var count] && count <= stream.Length / 8 ? count : throw new InvalidDataException("A count does not fit the file.");

    /// <summary>Whether the checksum holds and nothing follows it.</summary>
    public bool AtEnd()
    {
        var expected = 0u;
        stream.ReadExactly(MemoryMarshal.AsBytes(new Span<uint>(ref expected)));
        return expected == _checksum && stream.Position == stream.Length;
    }

    private void Bytes(Span<byte> bytes)
    {
        stream.ReadExactly(bytes);
        _checksum = Checksum.Add(_checksum, bytes);
    }
}
