using Rag.Pdf.Content;

namespace Rag.Pdf.Layout;

/// <summary>Lines of a page to zones: gaps closed, tables found, columns told, all put in order.</summary>
internal static class PageZones
{
    /// <summary>Lines of a page of which tables, columns and order are looked for, which costs their square. Those of more come as they were painted.</summary>
    public const int MostLines = 3_000;

    /// <summary>The zones of a page in order. The frame with the most text gives it; what stands across that comes where it was painted.</summary>
    /// <param name="page">Its rules, images and beads.</param>
    /// <param name="lines">Its lines, those of the running text.</param>
    public static List<Zone> Of(PageLines page, List<TextLine> lines)
    {
        if (lines.Count > MostLines)
        {
            return AsPainted(lines);
        }

        var ordered = new List<Zone>();
        foreach (var frame in lines.GroupBy(l => l.Frame).OrderByDescending(f => f.Sum(l => l.Length)))
        {
            var zones = Of(page, frame.Key, [.. frame]);
            if (ordered.Count == 0)
            {
                ordered = zones;
                continue;
            }

            foreach (var zone in zones)
            {
                var before = ordered.FindLastIndex(z => z.Order < zone.Order);
                ordered.Insert(before + 1, zone);
            }
        }

        return ordered;
    }

    private static List<Zone> AsPainted(List<TextLine> lines)
    {
        var zones = new List<Zone>();
        var from = 0;
        lines = [.. lines.OrderBy(l => l.Order)];
        for (var i = 1; i <= lines.Count; i++)
        {
            if (i == lines.Count || lines[i].Frame != lines[from].Frame)
            {
                zones.Add(new(lines[from..i]));
                from = i;
            }
        }

        return zones;
    }

    private static List<Zone> Of(PageLines page, Frame frame, List<TextLine> lines)
    {
        GapCloser.Close(lines);
        lines = [.. TextRow.Of(lines).SelectMany(r => r.Cells)];
        var tables = new List<LayoutBlock>();
        TaggedTables.Find(lines, tables);
        if (frame.Degrees == 0)
        {
            RuledTables.Find(lines, page.Rules, tables);
        }

        // columns of prose stand side by side like cells, but are filled line by line, or tagged as paragraphs of several lines
        var prose = ZoneBuilder.Build(lines).Where(z => z.IsProse).SelectMany(z => z.Lines).ToHashSet();
        prose.UnionWith(lines.GroupBy(l => LineTag.BlockOf(l.Tag)).Where(b => b.Key is { Cell: null } && b.Max(l => l.Base) - b.Min(l => l.Base) > b.First().Size).SelectMany(b => b));
        var others = TableFinder.Find([.. lines.Where(l => !prose.Contains(l))], tables);
        var zones = ZoneBuilder.Build([.. prose, .. others]);
        zones.AddRange(tables.Select(t => new Zone(t.Lines, t)));
        if (page.Beads.Count == 0)
        {
            return ReadingOrder.Sort(zones);
        }

        var ordered = new List<Zone>();
        foreach (var bead in page.Beads)
        {
            var inside = zones.Where(z => IsInside(z, frame, bead)).ToList();
            ordered.AddRange(ReadingOrder.Sort(inside));
            zones.RemoveAll(inside.Contains);
        }

        ordered.AddRange(ReadingOrder.Sort(zones));
        return ordered;
    }

    private static bool IsInside(Zone zone, Frame frame, Rectangle bead)
    {
        var box = frame.ToPage(zone.U0, zone.Top, zone.U1, zone.Bottom);
        var (x, y) = ((box.X0 + box.X1) / 2, (box.Y0 + box.Y1) / 2);
        return x >= bead.X0 && x <= bead.X1 && y >= bead.Y0 && y <= bead.Y1;
    }
}
