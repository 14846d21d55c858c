using System.Runtime.InteropServices;

namespace Rag.Ingest.Reading.Sheets;

/// <summary>Cells that stand together, with an empty row or column, or the edge of the sheet, around them.</summary>
/// <param name="Rows">Its rows, of which only the cells in its columns belong to it.</param>
/// <param name="Left">Its first column, from 0.</param>
/// <param name="Right">Its last column.</param>
internal sealed record SheetRegion(List<SheetRow> Rows, int Left, int Right)
{
    // each cut by rows and by columns again; a sheet with more is no set of tables
    private const int MaxCuts = 16;

    public CellRange Range => new(Rows[0].Number, Left, Rows[^1].Number, Right);

    /// <summary>The regions of a sheet from top to bottom, then from left to right. Rows that go on after an empty row, with the same columns and a number in the first, belong to the region above.</summary>
    public static List<SheetRegion> Of(Sheet sheet)
    {
        var regions = new List<SheetRegion>();
        Cut(sheet.Rows, 0, int.MaxValue, 0, regions);
        return regions;
    }

    /// <summary>The cells of a row of it.</summary>
    public ReadOnlySpan<SheetCell> Cells(SheetRow row) => Within(row, Left, Right);

    private static ReadOnlySpan<SheetCell> Within(SheetRow row, int left, int right)
    {
        var cells = CollectionsMarshal.AsSpan(row.Cells);
        if (cells.IsEmpty || (cells[0].Column >= left && cells[^1].Column <= right))
        {
            return cells; // as in most sheets
        }

        return cells[Sheet.CellAtOrAfter(row.Cells, left)..(right == int.MaxValue ? cells.Length : Sheet.CellAtOrAfter(row.Cells, right + 1))];
    }

    private static void Cut(IReadOnlyList<SheetRow> rows, int left, int right, int cuts, List<SheetRegion> regions)
    {
        var band = new List<SheetRow>();
        foreach (var row in rows)
        {
            if (Within(row, left, right).IsEmpty)
            {
                continue;
            }

            if (band.Count > 0 && row.Number > band[^1].Number + 1)
            {
                CutBand(band, left, right, cuts, regions);
                band = [];
            }

            band.Add(row);
        }

        if (band.Count > 0)
        {
            CutBand(band, left, right, cuts, regions);
        }
    }

    private static void CutBand(List<SheetRow> band, int left, int right, int cuts, List<SheetRegion> regions)
    {
        var runs = Runs(band, left, right);
        if (runs.Count == 1 || cuts == MaxCuts)
        {
            Add(new(band, runs[0].Left, runs[^1].Right), regions);
            return;
        }

        var starts = runs.ConvertAll(run => run.Left);
        var parts = runs.ConvertAll(_ => new List<SheetRow>());
        foreach (var row in band)
        {
            foreach (var cell in Within(row, left, right))
            {
                var run = starts.BinarySearch(cell.Column) is >= 0 and var exact ? exact : ~starts.BinarySearch(cell.Column) - 1;
                if (parts[run].Count == 0 || parts[run][^1] != row)
                {
                    parts[run].Add(row);
                }
            }
        }

        for (var i = 0; i < runs.Count; i++)
        {
            Cut(parts[i], runs[i].Left, runs[i].Right, cuts + 1, regions);
        }
    }

    // stretches of columns without an empty one
    private static List<(int Left, int Right)> Runs(List<SheetRow> rows, int left, int right)
    {
        var ends = new SortedDictionary<int, int>(); // last column covered, by first column
        foreach (var row in rows)
        {
            foreach (var cell in Within(row, left, right))
            {
                ends[cell.Column] = Math.Max(ends.GetValueOrDefault(cell.Column), cell.LastColumn);
            }
        }

        var runs = new List<(int Left, int Right)>();
        foreach (var (start, end) in ends)
        {
            if (runs.Count > 0 && start <= runs[^1].Right + 1)
            {
                runs[^1] = (runs[^1].Left, Math.Max(runs[^1].Right, end));
            }
            else
            {
                runs.Add((start, end));
            }
        }

        return runs;
    }

    private static void Add(SheetRegion region, List<SheetRegion> regions)
    {
        if (regions.Count > 0 && regions[^1] is { Rows.Count: > 1 } above && above.Left == region.Left && above.Right == region.Right && region.Range.Top > above.Range.Bottom && HasNumber(region))
        {
            above.Rows.AddRange(region.Rows);
        }
        else
        {
            regions.Add(region);
        }
    }

    private static bool HasNumber(SheetRegion region)
    {
        foreach (var cell in region.Cells(region.Rows[0]))
        {
            if (cell.IsNumber)
            {
                return true;
            }
        }

        return false;
    }
}
