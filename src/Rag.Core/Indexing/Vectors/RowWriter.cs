using System.Runtime.InteropServices;

namespace Rag.Indexing.Vectors;

/// <summary>Writes rows of numbers into a file that is going to be mapped, and keeps a checksum of every part, so that the parts can be checked by several threads.</summary>
internal sealed class RowWriter(Stream stream)
{
    /// <summary>Columns begin at multiples of this: the length of a cache line.</summary>
    public const int Alignment = 64;

    /// <summary>Bytes of each part but the last.</summary>
    public const int PartLength = 1 << 22;

    private readonly List<uint> _checksums = [];

    /// <summary>Bytes written.</summary>
    public long Length { get; private set; }

    /// <summary>The checksum of each part.</summary>
    public IReadOnlyList<uint> Checksums => _checksums;

    public void Write<T>(ReadOnlySpan<T> values)
        where T : unmanaged
    {
        for (var bytes = MemoryMarshal.AsBytes(values); !bytes.IsEmpty;)
        {
            var inPart = (int)(Length % PartLength);
            if (inPart == 0)
            {
                _checksums.Add(0);
            }

            var piece = bytes[..Math.Min(bytes.Length, PartLength - inPart)];
            _checksums[^1] = Checksum.Add(_checksums[^1], piece);
            stream.Write(piece);
            Length += piece.Length;
            bytes = bytes[piece.Length..];
        }
    }

    public void Align() => Write<byte>(new byte[Aligned(Length) - Length]);

    public static long Aligned(long place) => (place + Alignment - 1) / Alignment * Alignment;
}
