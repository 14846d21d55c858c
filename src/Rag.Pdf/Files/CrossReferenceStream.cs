namespace Rag.Pdf.Files;

/// <summary>Reads the rows of a cross-reference stream (7.5.8).</summary>
internal static class CrossReferenceStream
{
    /// <summary>Reads all subsections.</summary>
    /// <param name="bytes">The decoded stream.</param>
    /// <param name="widths">Its <c>W</c>: bytes of each of the three fields.</param>
    /// <param name="dictionary">Its dictionary, for <c>Index</c> and <c>Size</c>.</param>
    /// <param name="most">Rows read at most.</param>
    public static List<KeyValuePair<int, ObjectLocation>> Read(ReadOnlySpan<byte> bytes, PdfArray widths, PdfDictionary dictionary, int most)
    {
        var rows = new List<KeyValuePair<int, ObjectLocation>>();
        int a = Width(widths, 0), b = Width(widths, 1), c = Width(widths, 2);
        if (a < 0 || b < 0 || c < 0 || a + b + c == 0)
        {
            return rows;
        }

        var index = dictionary.Array("Index");
        var sections = index is null ? 1 : index.Count / 2;
        for (var s = 0; s < sections; s++)
        {
            var first = index is null ? 0 : index.Number(2 * s) ?? -1;
            var count = index is null ? int.MaxValue : index.Number((2 * s) + 1) ?? 0;
            for (var i = 0; i < count && bytes.Length >= a + b + c && rows.Count < most; i++)
            {
                var kind = a == 0 ? 1 : Field(bytes[..a]); // 7.5.8.2: the default type is 1
                var second = Field(bytes.Slice(a, b));
                var third = Field(bytes.Slice(a + b, c));
                bytes = bytes[(a + b + c)..];
                if (first + i is >= 0 and <= int.MaxValue and var number && Row(kind, second, third) is { } row)
                {
                    rows.Add(new((int)number, row));
                }
            }
        }

        return rows;
    }

    private static int Width(PdfArray widths, int index) => widths.Number(index) is >= 0 and <= 8 and var width ? (int)width : -1;

    private static ObjectLocation? Row(ulong kind, ulong second, ulong third) => kind switch
    {
        0 => new(LocationKind.Free, 0, 0),
        1 when second is 0 => new(LocationKind.Free, 0, 0),
        1 => new(LocationKind.Direct, (int)Math.Min(second, int.MaxValue), (int)Math.Min(third, int.MaxValue)),
        2 when second <= int.MaxValue => new(LocationKind.Compressed, (int)second, 0),
        _ => null, // other types are references to the null object (7.5.8.3)
    };

    private static ulong Field(ReadOnlySpan<byte> bytes)
    {
        ulong value = 0;
        foreach (var b in bytes)
        {
            value = (value << 8) | b;
        }

        return value;
    }
}
