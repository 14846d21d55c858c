using System.Runtime.CompilerServices;
namespace Rag.Pdf.Layout;

/// <summary>Joins lines that were parted at a wide gap of justified text: one that the lines above and below run across, so that it is no gutter.</summary>
internal static class GapCloser
{
    private const float MaxGap = 2.5f;
    private const float Near = 2.1f; // of the size, from baseline to baseline

    /// <summary>Joins in place.</summary>
    public static void Close(List<TextLine> lines)
    {
        lines.Sort(static (a, b) => a.Base != b.Base ? a.Base.CompareTo(b.Base) : a.U0.CompareTo(b.U0));
        for (var i = 0; i < lines.Count; i++)
        {
            for (var j = Right(lines, i); j >= 0; j = Right(lines, i))
            {
                lines[i] = TextLineJoin.Append(lines[i], lines[j]);
                lines.RemoveAt(j);
                i -= j < i ? 1 : 0;
            }
        }
    }

    // the line that goes on at the right of this one, or -1
    [MethodImpl(HotPath.Options)]
    private static int Right(List<TextLine> lines, int i)
    {
        var line = lines[i];
        var (best, gap) = (-1, MaxGap * line.Size);
        for (var step = -1; step <= 1; step += 2)
        {
            for (var j = i + step; j >= 0 && j < lines.Count && MathF.Abs(lines[j].Base - line.Base) <= 0.15f * line.Size; j += step)
            {
                var g = lines[j].U0 - line.U1;
                if (g > 0 && g < gap && MathF.Abs(lines[j].Size - line.Size) < 0.2f * line.Size)
                {
                    (best, gap) = (j, g);
                }
            }
        }

        return best >= 0 && IsCrossed(lines, i, line.U1, lines[best].U0) ? best : -1;
    }

    [MethodImpl(HotPath.Options)]
    private static bool IsCrossed(List<TextLine> lines, int i, float from, float to)
    {
        var line = lines[i];
        var crossed = false;
        for (var step = -1; step <= 1; step += 2)
        {
            var (seen, crosses) = (false, false);
            var nearest = float.MaxValue;
            for (var j = i + step; j >= 0 && j < lines.Count; j += step)
            {
                var distance = MathF.Abs(lines[j].Base - line.Base);
                if (distance > Near * line.Size || distance > nearest + (0.3f * line.Size))
                {
                    break;
                }

                if (distance < 0.5f * line.Size || lines[j].U1 < from - (3 * line.Size) || lines[j].U0 > to + (3 * line.Size))
                {
                    continue;
                }

                nearest = MathF.Min(nearest, distance);
                seen = true;
                crosses |= lines[j].U0 < from - line.Size && lines[j].U1 > to + line.Size;
            }

            if (seen && !crosses)
            {
                return false;
            }

            crossed |= crosses;
        }

        return crossed;
    }
}
