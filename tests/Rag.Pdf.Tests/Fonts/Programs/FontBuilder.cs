using System.Buffers.Binary;
using System.Text;

namespace Rag.Pdf.Tests.Fonts.Programs;

/// <summary>Writes small font programs for tests.</summary>
internal static class FontBuilder
{
    public static byte[] U16(params int[] numbers) => [.. numbers.SelectMany(n => new[] { (byte)(n >> 8), (byte)n })];

    public static byte[] U32(params uint[] numbers) => [.. numbers.SelectMany(n =>
    {
        var bytes = new byte[4];
        BinaryPrimitives.WriteUInt32BigEndian(bytes, n);
        return bytes;
    })];

    /// <summary>An OpenType file of these tables.</summary>
    public static byte[] OpenType(params (string Tag, byte[] Data)[] tables)
    {
        var offset = 12 + 16 * tables.Length;
        var file = new List<byte>([.. U32(0x00010000), .. U16(tables.Length, 0, 0, 0)]);
        foreach (var (tag, data) in tables)
        {
            file.AddRange([.. Encoding.Latin1.GetBytes(tag), .. U32(0, (uint)offset, (uint)data.Length)]);
            offset += data.Length;
        }

        return [.. file, .. tables.SelectMany(t => t.Data)];
    }

    /// <summary>A cmap table of one subtable.</summary>
    public static byte[] CMap(int platform, int encoding, byte[] subtable) => [.. U16(0, 1, platform, encoding), .. U32(12), .. subtable];

    /// <summary>A subtable of format 4 with one segment a pair.</summary>
    public static byte[] Format4(params (int First, int Last, int Glyph)[] segments)
    {
        (int First, int Last, int Glyph)[] all = [.. segments, (0xFFFF, 0xFFFF, 0)];
        return
        [
            .. U16(4, 0, 0, 2 * all.Length, 0, 0, 0), .. U16([.. all.Select(s => s.Last)]), .. U16(0), .. U16([.. all.Select(s => s.First)]),
            .. U16([.. all.Select(s => s.Glyph - s.First & 0xFFFF)]), .. U16(new int[all.Length]),
        ];
    }

    /// <summary>A post table of format 2: these names for glyphs from 0 on.</summary>
    public static byte[] Post(params string[] names) =>
    [
        .. U32(0x00020000, 0, 0, 0, 0, 0, 0, 0), .. U16(names.Length), .. U16([.. Enumerable.Range(258, names.Length)]),
        .. names.SelectMany(n => (byte[])[(byte)n.Length, .. Encoding.Latin1.GetBytes(n)]),
    ];

    /// <summary>An INDEX of a CFF file.</summary>
    public static byte[] Index(params byte[][] items)
    {
        if (items.Length == 0)
        {
            return U16(0);
        }

        var offsets = new List<int> { 1 };
        foreach (var item in items)
        {
            offsets.Add(offsets[^1] + item.Length);
        }

        return [.. U16(items.Length), 2, .. U16([.. offsets]), .. items.SelectMany(i => i)];
    }

    /// <summary>A CFF file: glyphs named so from 1 on, or for CIDs where <paramref name="cids"/> are given; its encoding maps codes from <paramref name="firstCode"/> on to them.</summary>
    public static byte[] Cff(string[] names, int firstCode, int[]? cids = null)
    {
        var count = (cids?.Length ?? names.Length) + 1;
        var strings = Index([.. names.Select(Encoding.Latin1.GetBytes)]);
        byte[] charset = [0, .. U16(cids ?? [.. Enumerable.Range(391, names.Length)])];
        byte[] encoding = [1, 1, (byte)firstCode, (byte)(count - 2)];
        var charStrings = Index([.. Enumerable.Range(0, count).Select(_ => (byte[])[14])]);
        byte[] Top(int start) =>
        [
            .. cids is null ? (byte[])[] : [.. Operand(391), .. Operand(391), .. Operand(0), 12, 30],
            .. Operand(start), 15, .. Operand(start + charset.Length), 16, .. Operand(start + charset.Length + encoding.Length), 17,
        ];
        byte[] head = [1, 0, 4, 2, .. Index("X"u8.ToArray())];
        byte[] rest = [.. strings, .. Index()];
        var place = head.Length + Index(Top(0)).Length + rest.Length;
        return [.. head, .. Index(Top(place)), .. rest, .. charset, .. encoding, .. charStrings];
    }

    // always five bytes, so that the size does not depend on the value
    private static byte[] Operand(int value) => [29, .. U32((uint)value)];
}
