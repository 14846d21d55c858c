namespace Rag.Pdf.Layout;

/// <summary>The columns of a table without vertical rules.</summary>
internal sealed class TableColumns
{
    private const int MaxColumns = 100; // more are no table
    private readonly List<(float U0, float U1)> _columns;

    private TableColumns(List<(float U0, float U1)> columns) => _columns = columns;

    public int Count => _columns.Count;

    /// <summary>The columns of <paramref name="rows"/>: those of the fullest rows first, then what other rows add beside them.</summary>
    public static TableColumns? Of(List<TextRow> rows)
    {
        var columns = new List<(float U0, float U1)>();
        foreach (var row in rows.Where(r => r.Cells.Count >= 2).OrderByDescending(r => r.Cells.Count))
        {
            foreach (var cell in row.Cells)
            {
                Add(columns, cell);
            }

            if (columns.Count > MaxColumns)
            {
                return null;
            }
        }

        columns.Sort();
        return columns.Count >= 2 ? new(columns) : null;
    }

    /// <summary>The table, one list of lines for each cell.</summary>
    public LayoutBlock ToTable(List<TextRow> rows)
    {
        var table = new List<List<TextLine>[]>(rows.Count);
        foreach (var row in rows)
        {
            var cells = new List<TextLine>[_columns.Count];
            for (var i = 0; i < cells.Length; i++)
            {
                cells[i] = [];
            }

            foreach (var cell in row.Cells)
            {
                cells[ColumnOf(cell)].Add(cell);
            }

            table.Add(cells);
        }

        return TableCells.ToTable(table);
    }

    // widens a column where the cell lies over one alone; a cell over several is a heading above them
    private static void Add(List<(float U0, float U1)> columns, TextLine cell)
    {
        var (found, several) = (-1, false);
        for (var i = 0; i < columns.Count; i++)
        {
            if (MathF.Min(columns[i].U1, cell.U1) - MathF.Max(columns[i].U0, cell.U0) > -0.2f * cell.Size)
            {
                several |= found >= 0;
                found = i;
            }
        }

        if (found < 0)
        {
            columns.Add((cell.U0, cell.U1));
        }
        else if (!several)
        {
            var widened = (U0: MathF.Min(columns[found].U0, cell.U0), U1: MathF.Max(columns[found].U1, cell.U1));
            var free = true;
            for (var i = 0; i < columns.Count; i++)
            {
                free &= i == found || columns[i].U0 > widened.U1 || columns[i].U1 < widened.U0;
            }

            if (free)
            {
                columns[found] = widened;
            }
        }
    }

    // the one that holds most of it; for a heading over several, the first
    private int ColumnOf(TextLine cell)
    {
        var (best, most) = (0, float.MinValue);
        for (var i = 0; i < _columns.Count; i++)
        {
            var shared = MathF.Min(_columns[i].U1, cell.U1) - MathF.Max(_columns[i].U0, cell.U0);
            if (shared > most + (0.3f * cell.Size))
            {
                (best, most) = (i, shared);
            }
        }

        return best;
    }
}
