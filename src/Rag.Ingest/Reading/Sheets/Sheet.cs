namespace Rag.Ingest.Reading.Sheets;

/// <summary>A cell with something in it.</summary>
/// <param name="Column">From 0.</param>
/// <param name="Text">As the program shows it.</param>
/// <param name="IsNumber">Whether it is a number or a date, which a header hardly is.</param>
/// <param name="Columns">How many columns it covers.</param>
internal readonly record struct SheetCell(int Column, string Text, bool IsNumber = false, int Columns = 1)
{
    public int LastColumn => Column + Columns - 1;
}

/// <summary>A row of a sheet.</summary>
/// <param name="Number">From 1.</param>
/// <param name="Cells">Those with something in them, by column.</param>
internal sealed record SheetRow(int Number, List<SheetCell> Cells);

/// <summary>A sheet of a workbook as its cells come.</summary>
/// <param name="name">Its name.</param>
internal sealed class Sheet(string name)
{
    // A longer text is given once: repeating it in each row it spans would let a small file ask for a very long text.
    private const int LongestRepeated = 200;
    private const int MostRepeats = 100_000;

    private int _repeats;

    public string Name { get; } = name;

    public List<SheetRow> Rows { get; private set; } = [];

    /// <summary>Ranges that have names of their own, such as Excel's tables.</summary>
    public List<(CellRange Range, string Name)> Captions { get; } = [];

    /// <summary>Comments on cells.</summary>
    public List<(CellRange Cell, string Text)> Comments { get; } = [];

    /// <summary>Words of what is drawn on the sheet, each with the cell at its upper left corner.</summary>
    public List<(CellRange Cell, string Text)> Drawings { get; } = [];

    /// <summary>Cells that were merged; their text is the first one's.</summary>
    public List<CellRange> Merges { get; } = [];

    /// <summary>Puts rows and cells in order, where the file did not, and gives the text of merged cells to each of their rows, so that a row says all by itself. To be called when all is there.</summary>
    public void Complete()
    {
        Rows = Sorted(Rows, row => row.Number);
        for (var i = 0; i < Rows.Count; i++)
        {
            Rows[i] = Rows[i] with { Cells = Sorted(Rows[i].Cells, cell => cell.Column) };
        }

        foreach (var merge in Merges)
        {
            Merge(merge);
        }
    }

    private void Merge(CellRange merge)
    {
        var first = RowAtOrAfter(merge.Top);
        if (first == Rows.Count || Rows[first].Number != merge.Top || CellAtOrAfter(Rows[first].Cells, merge.Left) is var at && (at == Rows[first].Cells.Count || Rows[first].Cells[at].Column != merge.Left))
        {
            return;
        }

        var cell = Rows[first].Cells[at] with { Columns = merge.Right - merge.Left + 1 };
        Rows[first].Cells[at] = cell;
        for (var i = first + 1; cell.Text.Length <= LongestRepeated && i < Rows.Count && Rows[i].Number <= merge.Bottom && _repeats < MostRepeats; i++, _repeats++)
        {
            var place = CellAtOrAfter(Rows[i].Cells, merge.Left);
            if (place == Rows[i].Cells.Count || Rows[i].Cells[place].Column > merge.Right)
            {
                Rows[i].Cells.Insert(place, cell);
            }
        }
    }

    /// <summary>Where the first cell at that column or behind it stands.</summary>
    public static int CellAtOrAfter(List<SheetCell> cells, int column) => FirstAtOrAfter(cells, column, cell => cell.Column);

    private int RowAtOrAfter(int number) => FirstAtOrAfter(Rows, number, row => row.Number);

    private static int FirstAtOrAfter<T>(List<T> items, int key, Func<T, int> keyOf)
    {
        var (low, high) = (0, items.Count);
        while (low < high)
        {
            var middle = (low + high) >>> 1;
            (low, high) = keyOf(items[middle]) < key ? (middle + 1, high) : (low, middle);
        }

        return low;
    }

    private static List<T> Sorted<T>(List<T> items, Func<T, int> key)
    {
        for (var i = 1; i < items.Count; i++)
        {
            if (key(items[i]) < key(items[i - 1]))
            {
                return [.. items.OrderBy(key)];
            }
        }

        return items;
    }
}
