namespace Rag.Pdf.Fonts.Programs;

/// <summary>Walks a subtable of <c>cmap</c> (OpenType specification): formats 0, 4, 6, 10, 12 and 13.</summary>
internal static class GlyphMap
{
    // More than any font has glyphs: what a hostile table may make us do.
    private const int MaxEntries = 200_000;

    /// <summary>Gives each pair of code and glyph that is not the missing one.</summary>
    public static void Read(FontBytes map, Action<int, int> add)
    {
        switch (map.U16(0))
        {
            case 0:
                Array(map, 0, 256, 6, 1, add);
                break;
            case 4:
                Segments(map, add);
                break;
            case 6:
                Array(map, map.U16(6), map.U16(8), 10, 2, add);
                break;
            case 10:
                Array(map, map.U32(12), map.U32(16), 20, 2, add);
                break;
            case 12 or 13:
                Groups(map, map.U16(0) == 12, add);
                break;
        }
    }

    private static void Array(FontBytes map, long first, long count, int offset, int size, Action<int, int> add)
    {
        count = Math.Min(Math.Min(count, MaxEntries), (map.Length - offset) / size);
        for (var i = 0; i < count && first + i <= 0x10FFFF; i++)
        {
            Add(first + i, map.Number(offset + (long)i * size, size), add);
        }
    }

    private static void Segments(FontBytes map, Action<int, int> add)
    {
        var count = map.U16(6) / 2;
        var left = MaxEntries;
        for (var i = 0; i < count; i++)
        {
            var (end, start) = (map.U16(14 + 2L * i), map.U16(16 + 2L * (count + i)));
            var (delta, place) = (map.U16(16 + 2L * (2 * count + i)), 16 + 2L * (3 * count + i));
            var range = map.U16(place);
            for (var code = start; code <= end && code < 0xFFFF && left-- > 0; code++)
            {
                // the range offset counts from its own place
                var glyph = range == 0 ? code : map.U16(place + range + 2L * (code - start));
                Add(code, glyph == 0 ? 0 : (uint)(glyph + delta & 0xFFFF), add);
            }
        }
    }

    private static void Groups(FontBytes map, bool isRising, Action<int, int> add)
    {
        var count = Math.Min(map.U32(12), (uint)map.Length / 12);
        var left = MaxEntries;
        for (var i = 0; i < count; i++)
        {
            var at = 16 + 12L * i;
            long start = map.U32(at), end = Math.Min(map.U32(at + 4), 0x10FFFF);
            for (var code = start; code <= end && left-- > 0; code++)
            {
                Add(code, map.U32(at + 8) + (isRising ? (uint)(code - start) : 0), add);
            }
        }
    }

    private static void Add(long code, uint glyph, Action<int, int> add)
    {
        if (glyph is > 0 and < 65536)
        {
            add((int)code, (int)glyph);
        }
    }
}
