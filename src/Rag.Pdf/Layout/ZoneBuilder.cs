using System.Runtime.CompilerServices;
namespace Rag.Pdf.Layout;

/// <summary>Lines to zones: a line goes on with the one under it where that is the only one under it, and it the only one above that.</summary>
internal static class ZoneBuilder
{
    private const float MaxPitch = 2.5f;    // of the size, from baseline to baseline
    private const float MaxRatio = 1.22f;   // of the sizes of lines that follow each other

    /// <summary>Zones of <paramref name="lines"/>, all of one frame.</summary>
    public static List<Zone> Build(List<TextLine> lines)
    {
        lines.Sort(static (a, b) => a.Base != b.Base ? a.Base.CompareTo(b.Base) : a.U0.CompareTo(b.U0));
        var next = new int[lines.Count];
        var above = new int[lines.Count];
        Array.Fill(next, -1);
        Array.Fill(above, -1);
        Span<int> below = stackalloc int[2];
        for (var i = 0; i < lines.Count; i++)
        {
            var count = Below(lines, i, below);
            next[i] = count == 1 ? below[0] : -1;
            foreach (var j in below[..count])
            {
                above[j] = above[j] == -1 ? i : -2; // -2: several
            }
        }

        var zones = new List<Zone>();
        var taken = new bool[lines.Count];
        for (var i = 0; i < lines.Count; i++)
        {
            if (taken[i])
            {
                continue;
            }

            var chain = new List<TextLine>();
            for (var j = i; ; j = next[j])
            {
                taken[j] = true;
                chain.Add(lines[j]);
                var k = next[j];
                if (k < 0 || taken[k] || above[k] != j || !Follows(lines[j], lines[k]) || HasLineBetween(lines, j, k))
                {
                    break;
                }
            }

            zones.Add(new(chain));
        }

        return zones;
    }

    // the lines right under it, two at most: more are no use
    [MethodImpl(HotPath.Options)]
    private static int Below(List<TextLine> lines, int i, Span<int> below)
    {
        var line = lines[i];
        var count = 0;
        for (var j = i + 1; j < lines.Count && lines[j].Base - line.Base <= MaxPitch * MathF.Max(line.Size, lines[j].Size); j++)
        {
            var other = lines[j];
            if (other.Base - line.Base < 0.4f * line.Size || other.Overlap(line) <= 0.02f)
            {
                continue;
            }

            var hidden = false;
            foreach (var b in below[..count])
            {
                hidden |= lines[b].Overlap(other) > 0.02f && other.Base - lines[b].Base > 0.4f * other.Size;
            }

            if (!hidden)
            {
                below[count++] = j;
                if (count == below.Length)
                {
                    break;
                }
            }
        }

        return count;
    }

    // a line beside the column that was painted between the two and stands between them: the items of a list that is set in, terms and their meanings
    private static bool HasLineBetween(List<TextLine> lines, int i, int j)
    {
        var (line, next) = (lines[i], lines[j]);
        for (var k = i + 1; k < j; k++)
        {
            var other = lines[k];
            if (other.Order > line.Order && other.Order < next.Order && other.Base - line.Base > 0.4f * line.Size && next.Base - other.Base > 0.4f * next.Size)
            {
                return true;
            }
        }

        return false;
    }

    private static bool Follows(TextLine line, TextLine next) =>
        MathF.Max(line.Size, next.Size) <= MaxRatio * MathF.Min(line.Size, next.Size)
        && next.Base - line.Base <= MaxPitch * MathF.Max(line.Size, next.Size);
}
