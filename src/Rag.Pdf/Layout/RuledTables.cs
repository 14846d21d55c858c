using Rag.Pdf.Content;

namespace Rag.Pdf.Layout;

/// <summary>Finds tables whose cells are ruled on all sides.</summary>
internal static class RuledTables
{
    private const float Near = 3;           // points: rules that meet, and rules that are one
    private const float MinLength = 8;
    private const int MaxRules = 2_000;     // more are a drawing
    private const int MaxCells = 20_000;

    /// <summary>Takes the lines of ruled tables out of <paramref name="lines"/>.</summary>
    public static void Find(List<TextLine> lines, IReadOnlyList<Rectangle> rules, List<LayoutBlock> tables)
    {
        var upright = rules.Where(r => r.Height > r.Width && r.Height >= MinLength).OrderBy(r => r.X0).ToList();
        var level = rules.Where(r => r.Width >= r.Height && r.Width >= MinLength).ToList();
        if (upright.Count < 2 || level.Count < 2 || upright.Count + level.Count > MaxRules)
        {
            return;
        }

        foreach (var (xs, ys) in Grids(upright, level))
        {
            var inside = new HashSet<TextLine>();
            if (ToTable(lines, xs, ys, inside) is { } table)
            {
                tables.Add(table);
                lines.RemoveAll(inside.Contains);
            }
        }
    }

    /// <summary>Parts lines where a rule stands between two of their words.</summary>
    public static void Split(List<TextLine> lines, IReadOnlyList<Rectangle> rules)
    {
        var upright = rules.Where(r => r.Height > r.Width && r.Height >= MinLength).ToList();
        if (upright.Count is < 2 or > MaxRules || lines.Count > PageZones.MostLines)
        {
            return;
        }

        for (var i = 0; i < lines.Count; i++)
        {
            foreach (var rule in upright)
            {
                var line = lines[i];
                if (rule.X0 > line.U0 && rule.X1 < line.U1 && rule.Y0 < line.Base && rule.Y1 > line.Base - (0.5f * line.Size)
                    && TextLineJoin.Split(line, (rule.X0 + rule.X1) / 2) is var (left, right))
                {
                    lines[i] = left;
                    lines.Add(right);
                }
            }
        }
    }

    // connected rules, as the places of their columns and rows
    private static IEnumerable<(List<float> Xs, List<float> Ys)> Grids(List<Rectangle> upright, List<Rectangle> level)
    {
        var group = new int[upright.Count];
        for (var i = 0; i < group.Length; i++)
        {
            group[i] = i;
        }

        int Root(int i)
        {
            while (group[i] != i)
            {
                i = group[i] = group[group[i]];
            }

            return i;
        }

        // borders of cells, end to end
        for (var a = 0; a < upright.Count; a++)
        {
            for (var b = a + 1; b < upright.Count && upright[b].X0 - upright[a].X0 <= Near; b++)
            {
                if (upright[b].Y0 <= upright[a].Y1 + Near && upright[a].Y0 <= upright[b].Y1 + Near)
                {
                    group[Root(b)] = Root(a);
                }
            }
        }

        var owner = new int[level.Count];
        for (var h = 0; h < level.Count; h++)
        {
            owner[h] = -1;
            for (var v = 0; v < upright.Count; v++)
            {
                if (Meet(upright[v], level[h]))
                {
                    if (owner[h] < 0)
                    {
                        owner[h] = v;
                    }
                    else
                    {
                        group[Root(v)] = Root(owner[h]);
                    }
                }
            }
        }

        foreach (var root in Enumerable.Range(0, group.Length).Select(Root).Distinct().ToList())
        {
            // ends count as well: tables are often left open at their sides, and cells are ruled one by one
            var columns = upright.Where((_, v) => Root(v) == root).ToList();
            var rows = level.Where((_, h) => owner[h] >= 0 && Root(owner[h]) == root).ToList();
            var xs = Places(columns.Select(r => (r.X0 + r.X1) / 2).Concat(rows.SelectMany(r => (float[])[r.X0, r.X1])));
            var ys = Places(rows.Select(r => (r.Y0 + r.Y1) / 2).Concat(columns.SelectMany(r => (float[])[r.Y0, r.Y1])));
            if (xs.Count >= 3 && ys.Count >= 3 && xs.Count * ys.Count <= MaxCells)
            {
                yield return (xs, ys);
            }
        }
    }

    private static bool Meet(Rectangle v, Rectangle h) => v.X1 >= h.X0 - Near && v.X0 <= h.X1 + Near && h.Y1 >= v.Y0 - Near && h.Y0 <= v.Y1 + Near;

    private static List<float> Places(IEnumerable<float> values)
    {
        var places = new List<float>();
        foreach (var value in values.Order())
        {
            if (places.Count == 0 || value - places[^1] > Near)
            {
                places.Add(value);
            }
        }

        return places;
    }

    private static LayoutBlock? ToTable(List<TextLine> lines, List<float> xs, List<float> ys, HashSet<TextLine> inside)
    {
        var rows = new List<List<TextLine>[]>();
        for (var y = 0; y + 1 < ys.Count; y++)
        {
            rows.Add([.. Enumerable.Range(0, xs.Count - 1).Select(_ => new List<TextLine>())]);
        }

        foreach (var line in lines)
        {
            var (x, y) = ((line.U0 + MathF.Min(line.U1, line.U0 + (2 * line.Size))) / 2, line.Base - (0.3f * line.Size));
            var column = xs.FindLastIndex(e => e <= x);
            var row = ys.FindLastIndex(e => e <= y);
            if (column >= 0 && column < xs.Count - 1 && row >= 0 && row < ys.Count - 1)
            {
                rows[row][column].Add(line);
                inside.Add(line);
            }
        }

        var filled = rows.Sum(r => r.Count(c => c.Count > 0));
        if (filled < 4 || rows.Count(r => r.Count(c => c.Count > 0) >= 2) < 2)
        {
            return null;
        }

        var used = Enumerable.Range(0, xs.Count - 1).Where(c => rows.Any(r => r[c].Count > 0)).ToList();
        var cells = rows.Where(r => r.Any(c => c.Count > 0)).Select(r => (List<TextLine>[])[.. used.Select(c => r[c])]).ToList();
        return used.Count < 2 ? null : TableCells.ToTable(cells);
    }
}
