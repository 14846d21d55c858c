namespace Rag.Pdf.Layout;

/// <summary>Puts zones of one frame in order: what stands above in a column comes first; else as painted where that makes sense, else column by column.</summary>
internal static class ReadingOrder
{
    private const double MaxBackward = 0.2;     // share of steps up the page in a painting order that makes sense
    private const int MaxForColumns = 250;      // zones; the columns of more are not looked for

    public static List<Zone> Sort(List<Zone> zones)
    {
        var painted = zones.OrderBy(z => z.Order).ToList();
        return IsPaintedInOrder(painted) ? Topological(painted, columns: false) : Topological([.. zones.OrderBy(z => z.Top).ThenBy(z => z.U0)], columns: zones.Count <= MaxForColumns);
    }

    // a painter that jumps up within a column, or between columns line by line, did not follow the text
    private static bool IsPaintedInOrder(List<Zone> painted)
    {
        var (backward, interleaved) = (0, 0);
        for (var i = 1; i < painted.Count; i++)
        {
            var (a, b) = (painted[i - 1], painted[i]);
            backward += b.SharesColumn(a) && b.IsAbove(a) ? 1 : 0;
            interleaved += b.Order < a.LastOrder ? 1 : 0;
        }

        return backward + interleaved <= MaxBackward * Math.Max(painted.Count - 1, 5);
    }

    // Kahn's algorithm; of the zones that are free, the first in the given order
    private static List<Zone> Topological(List<Zone> zones, bool columns)
    {
        var waiting = new int[zones.Count];
        var after = new List<int>[zones.Count];
        for (var i = 0; i < zones.Count; i++)
        {
            after[i] = [];
            for (var j = 0; j < zones.Count; j++)
            {
                if (i != j && IsBefore(zones, i, j, columns))
                {
                    after[i].Add(j);
                    waiting[j]++;
                }
            }
        }

        var ordered = new List<Zone>(zones.Count);
        var done = new bool[zones.Count];
        for (var n = 0; n < zones.Count; n++)
        {
            var pick = -1;
            for (var i = 0; i < zones.Count; i++)
            {
                if (!done[i] && (pick < 0 || waiting[i] < waiting[pick])) // zero where there is no loop
                {
                    pick = i;
                    if (waiting[i] == 0)
                    {
                        break;
                    }
                }
            }

            done[pick] = true;
            ordered.Add(zones[pick]);
            foreach (var j in after[pick])
            {
                waiting[j]--;
            }
        }

        return ordered;
    }

    // Breuel, "High performance document layout analysis" (2003): above in the same column; or left, with nothing between them that spans both
    private static bool IsBefore(List<Zone> zones, int i, int j, bool columns)
    {
        var (a, b) = (zones[i], zones[j]);
        if (a.SharesColumn(b))
        {
            return a.IsAbove(b) && !b.IsAbove(a);
        }

        if (!columns || a.U0 >= b.U0)
        {
            return false;
        }

        var (top, bottom) = (MathF.Min(a.Bottom, b.Bottom), MathF.Max(a.Top, b.Top));
        foreach (var c in zones)
        {
            if (c != a && c != b && c.SharesColumn(a) && c.SharesColumn(b) && c.Top >= MathF.Min(top, bottom) && c.Bottom <= MathF.Max(top, bottom))
            {
                return false;
            }
        }

        return true;
    }
}
