using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Text;

namespace Rag.Pdf.Layout;

/// <summary>Glyphs of a run to words: parted where white space was painted or a gap is wider than those inside the words of this run.</summary>
internal static class WordBuilder
{
    private const float WordGap = 0.13f;                // of the size; set tightly, TeX leaves .15 between words
    private const float WordGapBesideSpaces = 0.22f;    // where the run paints its spaces, gaps are kerning as a rule
    private const float IdeographGap = 0.6f;

    [MethodImpl(HotPath.Options)]
    public static TextLine ToLine(Run run, Frame frame)
    {
        if (!run.IsOrdered)
        {
            SetMarksBehindLetters(run.Glyphs);
            var sorted = run.Glyphs.OrderBy(g => g.U0).ToList();
            run.Glyphs.Clear();
            run.Glyphs.AddRange(sorted);
        }

        var glyphs = CollectionsMarshal.AsSpan(run.Glyphs);
        var threshold = Threshold(glyphs, run.Size);
        var words = new List<Word>(1 + (glyphs.Length / 5));
        var text = new StringBuilder(16);
        var from = 0;
        for (var i = 1; i <= glyphs.Length; i++)
        {
            if (i == glyphs.Length || IsBreak(glyphs, i, threshold, run.Size))
            {
                words.Add(ToWord(glyphs[from..i], text));
                from = i;
            }
        }

        if (run.HasRightToLeft)
        {
            RightToLeft.ToLogical(words);
        }

        return ToLine(run, frame, glyphs, words);
    }

    // a mark may begin before its letter, and may be painted before it
    private static void SetMarksBehindLetters(List<Glyph> glyphs)
    {
        var span = CollectionsMarshal.AsSpan(glyphs);
        for (var i = 0; i < span.Length; i++)
        {
            if (!Script.IsMark(span[i].Text[0]))
            {
                continue;
            }

            var middle = (span[i].U0 + span[i].U1) / 2;
            for (var j = Math.Max(0, i - 4); j < Math.Min(span.Length, i + 5); j++)
            {
                if (!Script.IsMark(span[j].Text[0]) && span[j].U0 <= middle && span[j].U1 >= middle)
                {
                    span[i].U0 = MathF.BitIncrement(span[j].U0);
                    span[i].U1 = span[j].U1;
                    break;
                }
            }
        }
    }

    [MethodImpl(HotPath.Options)]
    private static bool IsBreak(ReadOnlySpan<Glyph> glyphs, int i, float threshold, float size)
    {
        ref readonly var a = ref glyphs[i - 1];
        ref readonly var b = ref glyphs[i];
        if (((a.Style ^ b.Style) & GlyphStyle.RightToLeft) != 0 && char.IsLetter(a.Text[0]) && char.IsLetter(b.Text[0]))
        {
            return true; // programs put the space on either side of the word of the other script
        }

        if (((a.Style | b.Style) & GlyphStyle.RightToLeft) == 0 ? b.AfterSpace : HasSpaceBetween(a, b))
        {
            return true;
        }

        if (i == 1 && ListMarker.IsRoundBullet(a.Text))
        {
            return true;
        }

        var gap = b.U0 - a.U1;
        return (a.Style & b.Style & GlyphStyle.Ideograph) != 0 ? gap > IdeographGap * size : gap > threshold * MathF.Max(MathF.Min(a.Size, b.Size), 0.5f * size);
    }

    // painted from the right or from the left, and numbers the other way round: only the place tells
    private static bool HasSpaceBetween(in Glyph a, in Glyph b)
    {
        var (from, to) = (a.U1 - (0.1f * a.Size), b.U0 + (0.1f * b.Size));
        return (a.AfterSpace && a.SpaceBefore > from && a.SpaceBefore < to) || (b.AfterSpace && b.SpaceBefore > from && b.SpaceBefore < to)
            || (a.SpaceAfter > from && a.SpaceAfter < to) || (b.SpaceAfter > from && b.SpaceAfter < to);
    }

    // letters set apart (tracking) have a usual gap of their own; only more than that is a space
    [MethodImpl(HotPath.Options)]
    private static float Threshold(ReadOnlySpan<Glyph> glyphs, float size)
    {
        if (glyphs.Length < 3)
        {
            return WordGap;
        }

        Span<float> gaps = stackalloc float[64];
        var (count, spaces) = (0, 0);
        for (var i = 1; i < glyphs.Length && count < gaps.Length; i++)
        {
            if (glyphs[i].AfterSpace)
            {
                spaces++;
            }
            else
            {
                gaps[count++] = glyphs[i].U0 - glyphs[i - 1].U1;
            }
        }

        var usual = 0f;
        if (count > 0)
        {
            gaps = gaps[..count];
            gaps.Sort();
            usual = MathF.Max(0, gaps[count / 2] / size);
        }

        return usual + (spaces * 14 >= glyphs.Length && (glyphs[0].Style & GlyphStyle.RightToLeft) == 0 ? WordGapBesideSpaces : WordGap);
    }

    [MethodImpl(HotPath.Options)]
    private static Word ToWord(ReadOnlySpan<Glyph> glyphs, StringBuilder text)
    {
        text.Clear();
        var (top, bottom, end) = (float.MaxValue, float.MinValue, float.MinValue);
        var style = (GlyphStyle)0xFF;
        foreach (ref readonly var glyph in glyphs)
        {
            Append(text, glyph);
            top = MathF.Min(top, glyph.Top);
            bottom = MathF.Max(bottom, glyph.Bottom);
            end = MathF.Max(end, glyph.U1);
            style &= glyph.Style;
        }

        return new(glyphs.Length == 1 && glyphs[0].Text.Length == 1 ? glyphs[0].Text : text.ToString(), glyphs[0].U0, end, top, bottom, style | (glyphs[0].Style & GlyphStyle.RightToLeft));
    }

    // a ligature of right-to-left letters is in reading order already; the whole word is turned round later
    private static void Append(StringBuilder text, in Glyph glyph)
    {
        if (glyph.Text.Length > 1 && (glyph.Style & GlyphStyle.RightToLeft) != 0)
        {
            for (var i = glyph.Text.Length - 1; i >= 0; i--)
            {
                text.Append(glyph.Text[i]);
            }
        }
        else
        {
            text.Append(glyph.Text);
        }
    }

    [MethodImpl(HotPath.Options)]
    private static TextLine ToLine(Run run, Frame frame, ReadOnlySpan<Glyph> glyphs, List<Word> words)
    {
        var (top, bottom, order, last) = (float.MaxValue, float.MinValue, int.MaxValue, 0);
        Span<int> counts = stackalloc int[7];
        foreach (ref readonly var glyph in glyphs)
        {
            top = MathF.Min(top, glyph.Top);
            bottom = MathF.Max(bottom, glyph.Bottom);
            order = Math.Min(order, glyph.Order);
            last = Math.Max(last, glyph.Order);
            for (int style = (int)glyph.Style, bit = 0; style != 0; style >>= 1, bit++)
            {
                counts[bit] += style & 1;
            }
        }

        var most = 0;
        for (var bit = 0; bit < counts.Length; bit++)
        {
            most |= counts[bit] * 2 > glyphs.Length ? 1 << bit : 0;
        }

        return new()
        {
            Frame = frame,
            Words = words,
            U0 = run.U0,
            U1 = run.U1,
            Top = top,
            Bottom = bottom,
            Base = run.Base,
            Size = run.Size,
            Order = order,
            LastOrder = last,
            Length = glyphs.Length,
            MarkedContent = glyphs[0].MarkedContent,
            Style = (GlyphStyle)most,
        };
    }
}
