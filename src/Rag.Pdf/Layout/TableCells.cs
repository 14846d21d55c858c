namespace Rag.Pdf.Layout;

/// <summary>Makes tables from cells.</summary>
internal static class TableCells
{
    /// <summary>The table, with currency signs that stand at the end of a cell put before the number in the next one, to which they belong.</summary>
    public static LayoutBlock ToTable(List<List<TextLine>[]> rows)
    {
        foreach (var row in rows)
        {
            for (var i = 0; i + 1 < row.Length; i++)
            {
                if (row[i] is [.., { Words: [_, .., { Text: "$" or "€" or "£" or "¥" } sign] } last] && row[i + 1] is [var next, ..] && TextLineJoin.Split(last, sign.U0) is var (left, right))
                {
                    row[i][^1] = left;
                    row[i + 1][0] = TextLineJoin.Append(right, next, joined: true);
                }
            }
        }

        return new() { Kind = PdfBlockKind.Table, Lines = [.. rows.SelectMany(r => r.SelectMany(c => c))], Rows = rows };
    }
}
