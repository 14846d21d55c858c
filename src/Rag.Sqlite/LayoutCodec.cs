using System.Buffers.Binary;

namespace Rag.Sqlite;

/// <summary>Pages, lines and blocks as compact blobs: variable-length integers (seven bits a byte, lowest first), mostly differences.</summary>
internal static class LayoutCodec
{
    public static byte[]? Encode(Numbering? numbering)
    {
        if (numbering is null)
        {
            return null;
        }

        var bytes = new List<byte>(numbering.Count + 8);
        Write(bytes, numbering.First);
        Write(bytes, numbering.Count);
        var previous = 0;
        foreach (var start in numbering.Starts)
        {
            Write(bytes, start - previous);
            previous = start;
        }

        return [.. bytes];
    }

    public static Numbering? DecodeNumbering(byte[]? bytes)
    {
        if (bytes is null)
        {
            return null;
        }

        ReadOnlySpan<byte> rest = bytes;
        var first = Read(ref rest);
        var starts = new int[Count(Read(ref rest), rest)];
        var previous = 0;
        for (var i = 0; i < starts.Length; i++)
        {
            starts[i] = previous += Positive(Read(ref rest));
        }

        return starts.Length > 0 ? new(starts, first) : throw new InvalidDataException("a page or line table is empty");
    }

    public static byte[] Encode(IReadOnlyList<Block> blocks)
    {
        var bytes = new List<byte>(5 * blocks.Count);
        Write(bytes, blocks.Count);
        var previous = 0;
        foreach (var block in blocks)
        {
            Write(bytes, (int)block.Kind);
            Write(bytes, block.Level);
            Write(bytes, block.Span.Start - previous); // wraps and comes back when blocks do not ascend
            Write(bytes, block.Span.Length);
            Write(bytes, block.Page is { } page ? page + 1 : 0);
            Write(bytes, block.Box is null ? 0 : 1);
            previous = block.Span.End;
            if (block.Box is { } box)
            {
                Write(bytes, box.Page);
                Array.ForEach([box.X0, box.Y0, box.X1, box.Y1], edge => Write(bytes, edge));
            }
        }

        return [.. bytes];
    }

    public static IReadOnlyList<Block> DecodeBlocks(byte[] bytes)
    {
        ReadOnlySpan<byte> rest = bytes;
        var blocks = new Block[Count(Read(ref rest), rest)];
        var previous = 0;
        for (var i = 0; i < blocks.Length; i++)
        {
            var kind = (BlockKind)Read(ref rest);
            var level = Read(ref rest);
            var start = previous + Read(ref rest);
            previous = Positive(start) + Positive(Read(ref rest));
            var page = Read(ref rest);
            var box = Read(ref rest) == 0 ? null : new PageBox(Read(ref rest), ReadDouble(ref rest), ReadDouble(ref rest), ReadDouble(ref rest), ReadDouble(ref rest));
            blocks[i] = new(kind, new(start, previous), level, page == 0 ? null : page - 1, box);
        }

        return blocks;
    }

    private static void Write(List<byte> bytes, int value)
    {
        var rest = (uint)value;
        for (; rest >= 0x80; rest >>= 7)
        {
            bytes.Add((byte)(rest | 0x80));
        }

        bytes.Add((byte)rest);
    }

    private static void Write(List<byte> bytes, double value)
    {
        Span<byte> buffer = stackalloc byte[sizeof(double)];
        BinaryPrimitives.WriteDoubleLittleEndian(buffer, value);
        bytes.AddRange(buffer);
    }

    private static int Read(ref ReadOnlySpan<byte> bytes)
    {
        var value = 0u;
        for (var i = 0; i < bytes.Length && i < 5; i++)
        {
            value |= (bytes[i] & 0x7Fu) << (7 * i);
            if (bytes[i] < 0x80)
            {
                bytes = bytes[(i + 1)..];
                return (int)value;
            }
        }

        throw new InvalidDataException("a page, line or block table ends too soon");
    }

    private static double ReadDouble(ref ReadOnlySpan<byte> bytes)
    {
        if (!BinaryPrimitives.TryReadDoubleLittleEndian(bytes, out var value))
        {
            throw new InvalidDataException("a block table ends too soon");
        }

        bytes = bytes[sizeof(double)..];
        return value;
    }

    private static int Positive(int value) => value >= 0 ? value : throw new InvalidDataException("a page, line or block table runs backwards");

    // Every entry takes at least a byte, so a larger count is damage and must not reserve memory.
    private static int Count(int count, ReadOnlySpan<byte> rest) =>
        count >= 0 && count <= rest.Length ? count : throw new InvalidDataException($"a table of {count} entries has {rest.Length} bytes");
}
