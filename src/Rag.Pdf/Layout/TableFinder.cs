namespace Rag.Pdf.Layout;

/// <summary>Finds tables without ruling lines: rows one under the other whose cells stand in columns.</summary>
internal static class TableFinder
{
    private const float MaxPitch = 2.7f;    // of the size, from row to row
    private const float LongCell = 17;      // of the size; text of such width beside the like is prose in columns
    private const int MaxRows = 400;        // no page has so many, and each row may begin a table
    private const int MaxLoneRows = 3;      // captions between rows: "Current assets:"

    /// <summary>Takes the lines of tables out of <paramref name="lines"/>.</summary>
    /// <param name="lines">Lines of one frame, sorted by baseline.</param>
    /// <param name="tables">Takes the tables.</param>
    /// <returns>The lines that are left, currency signs and bullets joined to what they stand before.</returns>
    public static List<TextLine> Find(List<TextLine> lines, List<LayoutBlock> tables)
    {
        var rows = TextRow.Of(lines);
        var left = new List<TextLine>(lines.Count);
        for (var i = 0; i < rows.Count;)
        {
            var end = rows[i].Cells.Count >= 2 ? End(rows, i) : i;
            if (end > i && TableColumns.Of(rows[i..end]) is { } columns && IsTable(rows, i, end, columns))
            {
                tables.Add(columns.ToTable(rows[i..end]));
                i = end;
            }
            else
            {
                left.AddRange(IsOneLine(rows[i].Cells) ? [rows[i].Cells.Aggregate(static (a, b) => TextLineJoin.Append(a, b))] : rows[i].Cells);
                i++;
            }
        }

        return left;
    }

    // behind the last row with several cells that can belong to a table which begins at start
    private static int End(List<TextRow> rows, int start)
    {
        var (u0, u1) = (rows[start].U0, rows[start].U1);
        var (end, lone) = (start + 1, 0);
        for (var i = start + 1; i < Math.Min(rows.Count, start + MaxRows); i++)
        {
            var row = rows[i];
            if (row.Base - rows[i - 1].Base > MaxPitch * MathF.Max(row.Size, rows[i - 1].Size))
            {
                break;
            }

            if (row.Cells.Count >= 2)
            {
                (u0, u1) = (MathF.Min(u0, row.U0), MathF.Max(u1, row.U1));
                (end, lone) = (i + 1, 0);
            }
            else if (++lone > MaxLoneRows || (row.Cells[0].Width > 0.75f * (u1 - u0) && IsLong(row.Cells[0])))
            {
                break;
            }
        }

        return end;
    }

    private static bool IsTable(List<TextRow> rows, int start, int end, TableColumns columns)
    {
        var (several, cells, longCells, numbers, shorts) = (0, 0, 0, 0, 0);
        for (var i = start; i < end; i++)
        {
            var row = rows[i];
            if (row.Cells.Count < 2)
            {
                continue;
            }

            several++;
            for (var c = 0; c < row.Cells.Count; c++)
            {
                var cell = row.Cells[c];
                cells++;
                longCells += IsLong(cell) ? 1 : 0;
                numbers += c > 0 && IsNumber(cell) ? 1 : 0;
                shorts += c > 0 && cell.Length <= 24 ? 1 : 0;
            }
        }

        var others = cells - several;
        if (columns.Count < 2 || several < 2 || longCells * 2 > cells)
        {
            return false;
        }

        if (numbers * 2 < others && ByColumns(rows, start, end))
        {
            return false;
        }

        if (columns.Count > 2)
        {
            return shorts * 10 >= others * 6;
        }

        return (numbers * 2 >= others && shorts * 10 >= others * 8) || (several >= 3 && shorts * 10 >= others * 9 && longCells == 0)
            || (several >= 3 && longCells * 4 <= cells && IsPaintedByRows(rows, start, end));
    }

    // a row that stands alone between other text: three cells or more, painted one after the other
    private static bool IsOneLine(List<TextLine> cells)
    {
        var isRow = cells.Count >= 3;
        for (var i = 1; i < cells.Count; i++)
        {
            var (a, b) = (cells[i - 1], cells[i]);
            isRow &= b.Order > a.Order && b.Order - a.LastOrder <= 3 && !IsLong(b) && LineTag.BlockOf(a.Tag) == LineTag.BlockOf(b.Tag);
        }

        return isRow;
    }

    // columns of text, since what stands below was painted before what stands beside
    private static bool ByColumns(List<TextRow> rows, int start, int end)
    {
        var (steps, byColumns) = (0, 0);
        for (var i = start; i + 1 < end; i++)
        {
            if (rows[i].Cells.Count >= 2 && rows[i + 1].Cells[0].U0 < rows[i].Cells[1].U0)
            {
                steps++;
                byColumns += rows[i + 1].Cells[0].Order > rows[i].Cells[0].Order && rows[i + 1].Cells[0].Order < rows[i].Cells[1].Order ? 1 : 0;
            }
        }

        return steps > 0 && byColumns * 10 >= steps * 8;
    }

    // columns are painted one after the other as a rule, tables row by row
    private static bool IsPaintedByRows(List<TextRow> rows, int start, int end)
    {
        var (byRows, steps, firstLength, firstCells) = (0, 0, 0, 0);
        for (var i = start; i < end; i++)
        {
            if (rows[i].Cells.Count < 2)
            {
                continue;
            }

            firstLength += rows[i].Cells[0].Length;
            firstCells++;
            if (i + 1 < end)
            {
                steps++;
                byRows += rows[i + 1].Cells[0].Order > rows[i].Cells[^1].Order && rows[i].Cells[^1].Order > rows[i].Cells[0].Order ? 1 : 0;
            }
        }

        return steps > 0 && byRows * 10 >= steps * 8 && firstLength <= 22 * firstCells;
    }

    private static bool IsLong(TextLine cell) => cell.Width >= LongCell * cell.Size;

    private static bool IsNumber(TextLine cell)
    {
        var (digits, letters) = (0, 0);
        foreach (var word in cell.Words)
        {
            foreach (var c in word.Text)
            {
                digits += char.IsDigit(c) ? 1 : 0;
                letters += char.IsLetter(c) ? 1 : 0;
            }
        }

        return digits > letters || (cell.Length == 1 && cell.Words[0].Text is "—" or "–" or "-");
    }
}
