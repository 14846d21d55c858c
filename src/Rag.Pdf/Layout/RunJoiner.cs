namespace Rag.Pdf.Layout;

/// <summary>Runs to lines: those on one baseline and next to each other are one line, however they were painted.</summary>
internal static class RunJoiner
{
    private const float SameBase = 0.18f;
    private const float MaxGap = 0.75f;     // of the size: a little less than within a run, since the painter moved here
    private const int MaxCopied = 1_000;    // glyphs of a line that may have been painted twice

    /// <summary>Adds the lines that <paramref name="runs"/> make.</summary>
    public static void Join(List<Run> runs, Frame frame, List<TextLine> lines)
    {
        var others = lines.Count;
        runs.Sort(static (a, b) => a.Base != b.Base ? a.Base.CompareTo(b.Base) : a.U0.CompareTo(b.U0));
        var row = new List<Run>();
        for (var i = 0; i < runs.Count;)
        {
            row.Clear();
            var (rowBase, size) = (runs[i].Base, runs[i].Size);
            for (; i < runs.Count && runs[i].Base - rowBase <= SameBase * MathF.Min(size, runs[i].Size); i++)
            {
                row.Add(runs[i]);
            }

            JoinRow(row, frame, lines);
        }

        if (lines.Count - others <= PageZones.MostLines)
        {
            AttachScripts(lines, others);
        }
    }

    private static void JoinRow(List<Run> row, Frame frame, List<TextLine> lines)
    {
        row.Sort(static (a, b) => a.U0 != b.U0 ? a.U0.CompareTo(b.U0) : a.Glyphs[0].Order.CompareTo(b.Glyphs[0].Order));
        Run? current = null;
        foreach (var run in row)
        {
            if (current is not null)
            {
                if (IsCopy(current, run))
                {
                    continue;
                }

                var size = MathF.Max(current.Size, run.Size);
                var gap = run.U0 - current.U1;
                var comparable = MathF.Min(current.Size, run.Size) > 0.55f * size;
                if (gap <= MaxGap * MathF.Min(current.Size, run.Size) && comparable && (gap > -0.6f * size || run.HasRightToLeft))
                {
                    current.Append(run);
                    continue;
                }

                lines.Add(WordBuilder.ToLine(current, frame));
            }

            current = run;
        }

        lines.Add(WordBuilder.ToLine(current!, frame));
    }

    // a shadow, or bold by painting a line twice
    private static bool IsCopy(Run a, Run b)
    {
        if (a.Glyphs.Count < b.Glyphs.Count || a.Glyphs.Count > MaxCopied || MathF.Abs(a.Base - b.Base) > 0.2f * b.Size || b.U1 > a.U1 + (0.3f * b.Size))
        {
            return false;
        }

        var from = 0;
        while (from < a.Glyphs.Count && a.Glyphs[from].U0 < b.U0 - (0.3f * b.Size))
        {
            from++;
        }

        if (from + b.Glyphs.Count > a.Glyphs.Count)
        {
            return false;
        }

        for (var i = 0; i < b.Glyphs.Count; i++)
        {
            if (a.Glyphs[from + i].Text != b.Glyphs[i].Text || MathF.Abs(a.Glyphs[from + i].U0 - b.Glyphs[i].U0) > 0.3f * b.Size)
            {
                return false;
            }
        }

        return true;
    }

    // a mark of a footnote that was painted apart from its line
    private static void AttachScripts(List<TextLine> lines, int from)
    {
        for (var i = lines.Count - 1; i >= from; i--)
        {
            var small = lines[i];
            if (small.Length > 4)
            {
                continue;
            }

            for (var j = from; j < lines.Count; j++)
            {
                var line = lines[j];
                var above = line.Base - small.Base;
                if (j == i || small.Size >= 0.8f * line.Size || above <= -0.3f * line.Size || above >= 0.65f * line.Size)
                {
                    continue;
                }

                var (behind, before) = ((small.U0 - line.U1) / line.Size, (line.U0 - small.U1) / line.Size);
                if (behind is > -0.2f and < 0.2f || before is > -0.2f and < 0.8f)
                {
                    lines[j] = before > behind ? TextLineJoin.Append(small, line) : TextLineJoin.Append(line, small, joined: true);
                    lines.RemoveAt(i);
                    break;
                }
            }
        }
    }
}
