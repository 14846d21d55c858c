using System.Buffers.Binary;

namespace Rag.Pdf.Fonts.Programs;

/// <summary>Big-endian numbers of a font program. What lies outside reads as zero, so that wild offsets do no harm.</summary>
internal readonly struct FontBytes(ReadOnlyMemory<byte> bytes)
{
    public int Length => bytes.Length;

    public ReadOnlySpan<byte> Span => bytes.Span;

    public int U8(long offset) => Holds(offset, 1) ? bytes.Span[(int)offset] : 0;

    public int U16(long offset) => Holds(offset, 2) ? BinaryPrimitives.ReadUInt16BigEndian(bytes.Span[(int)offset..]) : 0;

    public int I16(long offset) => (short)U16(offset);

    public uint U32(long offset) => Holds(offset, 4) ? BinaryPrimitives.ReadUInt32BigEndian(bytes.Span[(int)offset..]) : 0;

    /// <summary>A number of one to four bytes.</summary>
    public uint Number(long offset, int size)
    {
        uint number = 0;
        for (var i = 0; i < size; i++)
        {
            number = number << 8 | (uint)U8(offset + i);
        }

        return number;
    }

    /// <summary>The bytes from <paramref name="offset"/> on, as far as there are any.</summary>
    public FontBytes Slice(long offset, long length = long.MaxValue) =>
        Holds(offset, 0) ? new(bytes.Slice((int)offset, (int)Math.Clamp(length, 0, bytes.Length - offset))) : new(default);

    private bool Holds(long offset, int size) => offset >= 0 && offset <= bytes.Length - size;
}
