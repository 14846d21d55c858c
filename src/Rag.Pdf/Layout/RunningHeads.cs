using System.Text;

namespace Rag.Pdf.Layout;

/// <summary>Finds the running heads, feet and page numbers of a page: outermost lines that pages around it have at the same height, numbers aside.</summary>
internal static class RunningHeads
{
    private const float Margin = 0.16f;     // of the page's height
    private const int MaxRows = 5;          // where so many repeat, it is the page that repeats: copies of a form
    private const float SameHeight = 0.012f;

    /// <summary>The lines of <paramref name="page"/> that are no part of the running text.</summary>
    /// <param name="page">The page.</param>
    /// <param name="window">Pages around it, itself included.</param>
    public static HashSet<TextLine> Find(PageLines page, IReadOnlyList<PageLines> window)
    {
        var found = new HashSet<TextLine>();
        var wanted = Math.Min(2, window.Count - 1);
        if (wanted < 1)
        {
            return found;
        }

        foreach (var edge in (IReadOnlyList<PageEdge>[])[page.Head, page.Foot])
        {
            var heads = new List<TextLine>();
            var rows = 0;
            foreach (var row in edge)
            {
                var same = 0;
                foreach (var other in window)
                {
                    same += other != page && Has(edge == page.Head ? other.Head : other.Foot, row) ? 1 : 0;
                }

                if (same < wanted)
                {
                    break; // what stands further in is no head either
                }

                heads.AddRange(row.Lines);
                rows++;
            }

            if (rows < MaxRows)
            {
                found.UnionWith(heads);
            }
        }

        return found;
    }

    /// <summary>The outermost rows of a page, from the outside in.</summary>
    public static IReadOnlyList<PageEdge> Edge(List<TextLine> lines, float height, bool head)
    {
        var near = lines.Where(l => l.Frame.Degrees == 0 && (head ? l.Bottom < Margin * height : l.Top > (1 - Margin) * height))
            .OrderBy(l => head ? l.Base : -l.Base).ToList();
        var rows = new List<PageEdge>();
        for (var i = 0; i < near.Count && rows.Count < MaxRows;)
        {
            var row = new List<TextLine>();
            var first = near[i];
            for (; i < near.Count && MathF.Abs(near[i].Base - first.Base) <= 0.4f * first.Size; i++)
            {
                row.Add(near[i]);
            }

            row.Sort(static (a, b) => a.U0.CompareTo(b.U0));
            rows.Add(new(row, Pattern(row), first.Base / height));
        }

        return rows;
    }

    private static bool Has(IReadOnlyList<PageEdge> edge, PageEdge row)
    {
        foreach (var other in edge)
        {
            if (MathF.Abs(other.Height - row.Height) <= SameHeight && other.Pattern == row.Pattern)
            {
                return true;
            }
        }

        return false;
    }

    // numbers as #, also roman ones that stand alone; the sides of left and right pages do not count
    private static string Pattern(List<TextLine> row)
    {
        var words = new List<string>();
        foreach (var line in row)
        {
            foreach (var word in line.Words)
            {
                var text = new StringBuilder(word.Text.Length);
                foreach (var c in word.Text)
                {
                    if (!char.IsDigit(c))
                    {
                        text.Append(c);
                    }
                    else if (text.Length == 0 || text[^1] != '#')
                    {
                        text.Append('#');
                    }
                }

                words.Add(word.Text.All(static c => c is 'i' or 'v' or 'x' or 'l') ? "#" : text.ToString());
            }
        }

        words.Sort(StringComparer.Ordinal);
        return string.Join(' ', words);
    }
}

/// <summary>A row near the upper or lower edge of a page.</summary>
/// <param name="Lines">Its lines.</param>
/// <param name="Pattern">Its words with numbers as <c>#</c>.</param>
/// <param name="Height">Its baseline, as a share of the page's height.</param>
internal sealed record PageEdge(IReadOnlyList<TextLine> Lines, string Pattern, float Height);
