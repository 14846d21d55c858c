namespace Rag.Pdf.Layout;

/// <summary>Tables as their tags say.</summary>
internal static class TaggedTables
{
    private const int MaxColumns = 100;
    private const int LongCell = 400; // characters: tables whose cells are longer on average lay out a page

    /// <summary>Takes the lines of tagged tables out of <paramref name="lines"/>.</summary>
    public static void Find(List<TextLine> lines, List<LayoutBlock> tables)
    {
        foreach (var group in lines.Where(l => l.Tag is { Cell: not null, Row: not null, Table: not null }).GroupBy(l => l.Tag!.Table!).ToList())
        {
            if (ToTable([.. group]) is { } table)
            {
                tables.Add(table);
                var taken = group.ToHashSet();
                lines.RemoveAll(taken.Contains);
            }
        }
    }

    private static LayoutBlock? ToTable(List<TextLine> lines)
    {
        var rows = new List<List<List<TextLine>>>();
        var spans = new int[MaxColumns]; // rows for which a cell above still reaches down
        foreach (var row in lines.GroupBy(l => l.Tag!.Row!).OrderBy(r => r.Key.Order))
        {
            var cells = new List<List<TextLine>>();
            foreach (var cell in row.GroupBy(l => l.Tag!.Cell!).OrderBy(c => c.Key.Order))
            {
                Skip(cells, spans);
                var column = cells.Count;
                cells.Add([.. cell.OrderBy(l => l.Base).ThenBy(l => l.U0)]);
                for (var i = 0; i < Math.Min(cell.Key.ColumnSpan, MaxColumns - column); i++)
                {
                    spans[column + i] = cell.Key.RowSpan - 1;
                    if (i > 0)
                    {
                        cells.Add([]);
                    }
                }

                if (cells.Count >= MaxColumns)
                {
                    return null;
                }
            }

            Skip(cells, spans);
            rows.Add(cells);
        }

        var columns = rows.Max(r => r.Count);
        var used = Enumerable.Range(0, columns).Where(c => rows.Any(r => c < r.Count && r[c].Count > 0)).ToList();
        if (rows.Count < 2 || used.Count < 2 || lines.Sum(l => l.Length) > LongCell * rows.Sum(r => r.Count(c => c.Count > 0)))
        {
            return null;
        }

        return TableCells.ToTable(rows.ConvertAll(r => (List<TextLine>[])[.. used.Select(c => c < r.Count ? r[c] : [])]));
    }

    // columns into which cells of rows above reach
    private static void Skip(List<List<TextLine>> cells, int[] spans)
    {
        while (cells.Count < MaxColumns && spans[cells.Count] > 0)
        {
            spans[cells.Count]--;
            cells.Add([]);
        }
    }
}
