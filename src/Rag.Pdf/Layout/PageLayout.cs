using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Rag.Pdf.Content;
using Rag.Pdf.Structure;

namespace Rag.Pdf.Layout;

/// <summary>From what a page shows to its text: letters, lines, tables and zones, reading order, blocks.</summary>
internal static class PageLayout
{
    /// <summary>Lines of a page of which tables, columns and order are looked for, which costs their square: four times as many as the fullest tables have. Those of more come as they were painted.</summary>
    public const int MostLines = 3_000;

    private const float ScanCovers = 0.4f; // of the page

    /// <summary>The first half: lines. It needs no other page.</summary>
    /// <param name="content">What the page shows.</param>
    /// <param name="tags">What the structure tree says of a marked-content id, where the document is tagged.</param>
    /// <param name="builder">Makes the lines.</param>
    /// <param name="options">What is left out.</param>
    public static PageLines Lines(PageContent content, Func<int, StructureContent?>? tags, LineBuilder builder, PdfOptions options)
    {
        var skip = options.SkipHiddenText ? LetterFlags.Hidden : LetterFlags.None;
        var letters = CollectionsMarshal.AsSpan(content.Letters);
        ShowClippedEnds(letters);
        var (visible, invisible, hidden) = (0, 0, 0);
        foreach (ref readonly var letter in letters)
        {
            if ((letter.Flags & LetterFlags.Hidden) == 0)
            {
                visible++;
            }
            else if (!string.IsNullOrWhiteSpace(letter.Text))
            {
                hidden++;
                invisible += (letter.Flags & LetterFlags.Hidden) == LetterFlags.Invisible ? 1 : 0;
            }
        }

        // text recognised in a scan lies invisible over its image: it is what the reader sees
        var covered = content.Images.Sum(i => i.Width * i.Height) >= ScanCovers * content.Width * content.Height;
        if (visible * 10 < invisible && (covered || (visible == 0 && content.Images.Count > 0)))
        {
            skip &= ~LetterFlags.Invisible;
            hidden -= invisible;
        }

        var lines = builder.Build(content.Letters, skip);
        RuledTables.Split(lines, content.Rules);
        return new(content, lines) { IsScanned = covered && lines.Count == 0, Hidden = hidden, IsTagged = tags is not null && PageTags.Apply(lines, tags) };
    }

    // what a clip cuts off a line or a row of a table belongs to it: page generators crop figures at the margin
    [MethodImpl(HotPath.Options)]
    private static void ShowClippedEnds(Span<Letter> letters)
    {
        HashSet<(float Base, float Size)>? shown = null;
        foreach (ref var letter in letters)
        {
            if ((letter.Flags & LetterFlags.Hidden) != LetterFlags.Invisible || (letter.Flags & LetterFlags.Clipped) == 0)
            {
                continue;
            }

            if (shown is null)
            {
                shown = [];
                foreach (ref readonly var other in letters)
                {
                    if ((other.Flags & LetterFlags.Hidden) == 0 && !string.IsNullOrWhiteSpace(other.Text))
                    {
                        shown.Add((MathF.Round(other.Y), MathF.Round(other.Size)));
                    }
                }
            }

            if (shown.Contains((MathF.Round(letter.Y), MathF.Round(letter.Size))))
            {
                letter.Flags &= ~(LetterFlags.Invisible | LetterFlags.Clipped);
            }
        }
    }

    /// <summary>The second half: the page.</summary>
    /// <param name="page">The lines of the page.</param>
    /// <param name="window">Pages around it, itself included, in order: what repeats on them is no running text, and most of their text has the size of the body.</param>
    /// <param name="number">1-based.</param>
    /// <param name="label">Its printed number.</param>
    /// <param name="outline">What the outline says about the page.</param>
    /// <param name="options">What is left out.</param>
    public static PdfPage Page(PageLines page, IReadOnlyList<PageLines> window, int number, string label, PageOutline outline, PdfOptions options)
    {
        var lines = page.Lines;
        if (options.SkipRunningHeads && RunningHeads.Find(page, window) is { Count: > 0 } heads)
        {
            lines = [.. lines.Where(l => !heads.Contains(l))];
        }

        if (options.SkipRunningHeads && page.IsTagged)
        {
            lines = [.. lines.Where(l => !l.Has(GlyphStyle.Artifact))];
        }

        var builder = new BlockBuilder(BodySize(window), page.Content.Height, IsTyped(window), outline);
        foreach (var zone in Zones(page, lines))
        {
            builder.Add(zone);
        }

        var writer = new PageWriter(new(window));
        foreach (var block in builder.Blocks.Where(b => b.Kind != PdfBlockKind.Footnote).Concat(builder.Blocks.Where(b => b.Kind == PdfBlockKind.Footnote)))
        {
            writer.Write(block);
        }

        return new(number, label, page.Content.Width, page.Content.Height, writer.Text, writer.Blocks, writer.Words) { IsScanned = page.IsScanned };
    }

    // the frame with the most text gives the order; what stands across it comes where it was painted
    private static List<Zone> Zones(PageLines page, List<TextLine> lines)
    {
        if (lines.Count > MostLines)
        {
            return AsPainted(lines);
        }

        var ordered = new List<Zone>();
        foreach (var frame in lines.GroupBy(l => l.Frame).OrderByDescending(f => f.Sum(l => l.Length)))
        {
            var zones = Zones(page, frame.Key, [.. frame]);
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

    private static List<Zone> Zones(PageLines page, Frame frame, List<TextLine> lines)
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

    private static bool IsTyped(IReadOnlyList<PageLines> window)
    {
        var (fixedPitch, all) = (0, 0);
        foreach (var page in window)
        {
            fixedPitch += page.FixedLength;
            all += page.Length;
        }

        return fixedPitch * 2 > all;
    }

    private static float BodySize(IReadOnlyList<PageLines> window)
    {
        var lengths = new Dictionary<float, int>();
        var (body, most) = (10f, 0);
        foreach (var page in window)
        {
            foreach (var (size, length) in page.Sizes)
            {
                var sum = lengths[size] = lengths.GetValueOrDefault(size) + length;
                if (sum > most)
                {
                    (body, most) = (size, sum);
                }
            }
        }

        return MathF.Max(body, 1);
    }
}
