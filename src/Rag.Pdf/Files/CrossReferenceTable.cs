namespace Rag.Pdf.Files;

/// <summary>Reads the rows of a cross-reference table (7.5.4), whatever their spacing.</summary>
internal static class CrossReferenceTable
{
    /// <summary>Reads all subsections.</summary>
    /// <param name="file">The file.</param>
    /// <param name="position">After <c>xref</c>; afterwards where no subsection begins any more, before <c>trailer</c> as a rule.</param>
    /// <param name="most">Rows read at most.</param>
    /// <param name="sound">Set to <see langword="false"/> where a subsection breaks off.</param>
    public static List<KeyValuePair<int, ObjectLocation>> Read(ReadOnlySpan<byte> file, ref int position, int most, ref bool sound)
    {
        var rows = new List<KeyValuePair<int, ObjectLocation>>();
        while (true)
        {
            position = Scanner.SkipWhite(file, position);
            if (!Scanner.TryDigits(file, ref position, out var first))
            {
                return rows;
            }

            position = Scanner.SkipWhite(file, position);
            if (!Scanner.TryDigits(file, ref position, out var count))
            {
                sound = false;
                return rows;
            }

            for (var i = 0; i < count; i++)
            {
                if (rows.Count >= most || !TryRow(file, ref position, out var row))
                {
                    sound = false;
                    break;
                }

                // the head of the free list is object 0 (7.5.4): some writers begin to count at 1
                if (i == 0 && first == 1 && row is { Kind: LocationKind.Free, Generation: 65535 })
                {
                    first = 0;
                }

                if (first <= int.MaxValue - count)
                {
                    rows.Add(new(first + i, row));
                }
            }
        }
    }

    private static bool TryRow(ReadOnlySpan<byte> file, ref int position, out ObjectLocation row)
    {
        row = default;
        var p = Scanner.SkipWhite(file, position);
        var start = p;
        if (!Scanner.TryDigits(file, ref p, out var offset))
        {
            // ten digits may exceed 32 bits: such an offset leads nowhere, but the row counts
            p = Scanner.EndOfRegular(file, p);
            if (p == start || !Scanner.IsDigit(file[start]))
            {
                return false;
            }

            offset = int.MaxValue;
        }

        p = Scanner.SkipWhite(file, p);
        if (!Scanner.TryDigits(file, ref p, out var generation))
        {
            return false;
        }

        p = Scanner.SkipWhite(file, p);
        if (p >= file.Length || file[p] is not ((byte)'n' or (byte)'f'))
        {
            return false;
        }

        // no object stands at offset 0: writers that leave numbers out write it so
        row = new(file[p] == 'n' && offset > 0 ? LocationKind.Direct : LocationKind.Free, offset, generation);
        position = p + 1;
        return true;
    }
}
