using System.Buffers.Binary;
using System.Text;

namespace Rag.Storage;

/// <summary>Pages, lines, blocks and boxes of words as compact blobs: variable-length integers (seven bits a byte, lowest first), mostly differences.</summary>
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

        var before = "";
        foreach (var name in numbering.Names ?? [])
        {
            var shared = name.AsSpan().CommonPrefixLength(before); // names of rows differ in their ends
            var rest = Encoding.UTF8.GetBytes(name, shared, name.Length - shared);
            Write(bytes, shared);
            Write(bytes, rest.Length);
            bytes.AddRange(rest);
            before = name;
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

        return starts.Length > 0 ? new(starts, first, rest.IsEmpty ? null : Names(rest, starts.Length)) : throw new InvalidDataException("a page or line table is empty");
    }

    public static byte[] Encode(IReadOnlyList<Block> blocks)
    {
        var bytes = new List<byte>(5 * blocks.Count);
        Write(bytes, blocks.Count);
        var (previous, before) = (0, "");
        foreach (var block in blocks)
        {
            Write(bytes, (int)block.Kind);
            Write(bytes, block.Level);
            Write(bytes, block.Span.Start - previous); // wraps and comes back when blocks do not ascend
            Write(bytes, block.Span.Length);
            Write(bytes, block.Page is { } page ? page + 1 : 0);
            Write(bytes, (block.Box is null ? 0 : 1) | (string.IsNullOrEmpty(block.Context) ? 0 : 2));
            previous = block.Span.End;
            if (block.Box is { } box)
            {
                Write(bytes, box.Page);
                Array.ForEach([box.X0, box.Y0, box.X1, box.Y1], edge => Write(bytes, edge));
            }

            if (block.Context is { Length: > 0 } context)
            {
                context = context == before ? "" : before = context; // neighbours often share theirs
                Write(bytes, Encoding.UTF8.GetByteCount(context));
                bytes.AddRange(Encoding.UTF8.GetBytes(context));
            }
        }

        return [.. bytes];
    }

    public static IReadOnlyList<Block> DecodeBlocks(byte[] bytes)
    {
        ReadOnlySpan<byte> rest = bytes;
        var blocks = new Block[Count(Read(ref rest), rest)];
        var (previous, context) = (0, "");
        for (var i = 0; i < blocks.Length; i++)
        {
            var kind = (BlockKind)Read(ref rest);
            var level = Read(ref rest);
            var start = previous + Read(ref rest);
            previous = Positive(start) + Positive(Read(ref rest));
            var page = Read(ref rest);
            var parts = Read(ref rest);
            var box = (parts & 1) == 0 ? null : new PageBox(Read(ref rest), ReadDouble(ref rest), ReadDouble(ref rest), ReadDouble(ref rest), ReadDouble(ref rest));
            context = (parts & 2) != 0 && ReadText(ref rest) is { Length: > 0 } other ? other : context;
            blocks[i] = new(kind, new(start, previous), level, page == 0 ? null : page - 1, box) { Context = (parts & 2) == 0 ? null : context };
        }

        return blocks;
    }

    /// <summary>Boxes of words: the gap to the word before, the length, and where the box lies beside the one before; 7 to 8 bytes a word of running text.</summary>
    public static byte[]? Encode(WordBoxes? boxes)
    {
        if (boxes is null)
        {
            return null;
        }

        var bytes = new List<byte>((8 * boxes.Count) + 8);
        Write(bytes, boxes.Count);
        var before = default(BoxUnits);
        foreach (var word in boxes)
        {
            var box = new BoxUnits(word);
            var isNewPage = box.Page != before.Page;
            Write(bytes, ((box.Start - before.End) << 1) | (isNewPage ? 1 : 0));
            Write(bytes, box.End - box.Start);
            if (isNewPage)
            {
                Write(bytes, box.Page);
            }

            WriteSigned(bytes, box.X0 - before.X1);
            WriteSigned(bytes, box.Y0 - before.Y0);
            WriteSigned(bytes, box.X1 - box.X0);
            WriteSigned(bytes, box.Y1 - box.Y0 - (before.Y1 - before.Y0));
            before = box;
        }

        return [.. bytes];
    }

    /// <summary>Appends those words that <see cref="Encode(WordBoxes?)"/> wrote which touch a span and follow the last one of the list. The others cost a few nanoseconds each.</summary>
    public static void DecodeBoxes(byte[] bytes, TextSpan span, List<WordBox> words)
    {
        ReadOnlySpan<byte> rest = bytes;
        var from = words is [.., var last] ? Math.Max(last.Span.End, span.Start) : span.Start;
        var before = default(BoxUnits);
        for (var count = Count(Read(ref rest), rest); count > 0; count--)
        {
            var gap = Read(ref rest);
            var start = Positive(before.End + (gap >>> 1));
            var end = Positive(start + Read(ref rest));
            if (end <= start)
            {
                throw new InvalidDataException("a word in a box table is empty or runs backwards");
            }

            var page = (gap & 1) == 0 ? before.Page : Read(ref rest);
            var (x0, y0) = (before.X1 + ReadSigned(ref rest), before.Y0 + ReadSigned(ref rest));
            var x1 = x0 + ReadSigned(ref rest);
            before = new(start, end, page, x0, y0, x1, y0 + before.Y1 - before.Y0 + ReadSigned(ref rest));
            if (start >= span.End)
            {
                return;
            }

            if (end > from)
            {
                words.Add(before.ToWordBox());
            }
        }
    }

    private static string[] Names(ReadOnlySpan<byte> rest, int count)
    {
        var names = new string[count];
        var before = "";
        for (var i = 0; i < count; i++)
        {
            var shared = Read(ref rest);
            var length = Read(ref rest);
            if (shared < 0 || shared > before.Length || length < 0 || length > rest.Length)
            {
                throw new InvalidDataException("a name in a page or line table is longer than the table");
            }

            names[i] = before = string.Concat(before.AsSpan(0, shared), Encoding.UTF8.GetString(rest[..length]));
            rest = rest[length..];
        }

        return names;
    }

    private static void WriteSigned(List<byte> bytes, int value) => Write(bytes, (value << 1) ^ (value >> 31));

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

        throw new InvalidDataException("a page, line, block or box table ends too soon");
    }

    private static string ReadText(ref ReadOnlySpan<byte> bytes)
    {
        var length = Count(Read(ref bytes), bytes);
        var text = Encoding.UTF8.GetString(bytes[..length]);
        bytes = bytes[length..];
        return text;
    }

    private static int ReadSigned(ref ReadOnlySpan<byte> bytes) => Read(ref bytes) is var value && (value & 1) == 0 ? value >>> 1 : ~(value >>> 1);

    private static double ReadDouble(ref ReadOnlySpan<byte> bytes)
    {
        if (!BinaryPrimitives.TryReadDoubleLittleEndian(bytes, out var value))
        {
            throw new InvalidDataException("a block or box table ends too soon");
        }

        bytes = bytes[sizeof(double)..];
        return value;
    }

    private static int Positive(int value) => value >= 0 ? value : throw new InvalidDataException("a page, line, block or box table runs backwards");

    // Every entry takes at least a byte, so a larger count is damage and must not reserve memory.
    private static int Count(int count, ReadOnlySpan<byte> rest) =>
        count >= 0 && count <= rest.Length ? count : throw new InvalidDataException($"a table of {count} entries has {rest.Length} bytes");

    // What WordBoxes keeps of a word, in its units.
    private readonly record struct BoxUnits(int Start, int End, int Page, int X0, int Y0, int X1, int Y1)
    {
        public BoxUnits(WordBox word)
            : this(word.Span.Start, word.Span.End, word.Box.Page, Units(word.Box.X0), Units(word.Box.Y0), Units(word.Box.X1), Units(word.Box.Y1))
        {
        }

        public WordBox ToWordBox() => new(new(Start, End), new(Page, Points(X0), Points(Y0), Points(X1), Points(Y1)));

        private static int Units(double points) => (int)(points * WordBoxes.UnitsPerPoint);

        private static double Points(int units) => (double)units / WordBoxes.UnitsPerPoint;
    }
}
