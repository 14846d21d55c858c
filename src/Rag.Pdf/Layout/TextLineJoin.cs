namespace Rag.Pdf.Layout;

/// <summary>Puts lines side by side into one, and parts them.</summary>
internal static class TextLineJoin
{
    /// <summary><paramref name="right"/> behind <paramref name="left"/>, as one line with the baseline and size of the longer one.</summary>
    public static TextLine Append(TextLine left, TextLine right, bool joined = false)
    {
        var rightToLeft = left.Has(GlyphStyle.RightToLeft) && right.Has(GlyphStyle.RightToLeft);
        var (first, second) = rightToLeft ? (right, left) : (left, right);
        var words = new List<Word>(first.Words.Count + second.Words.Count);
        words.AddRange(first.Words);
        words.AddRange(second.Words);
        if (joined)
        {
            words[first.Words.Count] = words[first.Words.Count] with { Joined = true };
        }

        var main = left.Length >= right.Length ? left : right;
        return new()
        {
            Frame = left.Frame,
            Words = words,
            U0 = MathF.Min(left.U0, right.U0),
            U1 = MathF.Max(left.U1, right.U1),
            Top = MathF.Min(left.Top, right.Top),
            Bottom = MathF.Max(left.Bottom, right.Bottom),
            Base = main.Base,
            Size = main.Size,
            Order = Math.Min(left.Order, right.Order),
            LastOrder = Math.Max(left.LastOrder, right.LastOrder),
            Style = main.Style,
            Length = left.Length + right.Length,
            MarkedContent = main.MarkedContent,
            Tag = main.Tag,
        };
    }

    /// <summary>Parts <paramref name="line"/> at <paramref name="u"/>, or gives <see langword="null"/> where that is inside a word or outside of the line.</summary>
    public static (TextLine Left, TextLine Right)? Split(TextLine line, float u)
    {
        var at = line.Words.FindIndex(w => w.U0 >= u);
        return at <= 0 || line.Words[at - 1].U1 > u || line.Has(GlyphStyle.RightToLeft) ? null : (Part(line, 0, at), Part(line, at, line.Words.Count));
    }

    private static TextLine Part(TextLine line, int from, int to)
    {
        var words = line.Words.GetRange(from, to - from);
        return new()
        {
            Frame = line.Frame,
            Words = words,
            U0 = words[0].U0,
            U1 = words[^1].U1,
            Top = words.Min(w => w.Top),
            Bottom = words.Max(w => w.Bottom),
            Base = line.Base,
            Size = line.Size,
            Order = line.Order,
            LastOrder = line.LastOrder,
            Style = line.Style,
            Length = words.Sum(w => w.Text.Length),
            MarkedContent = line.MarkedContent,
            Tag = line.Tag,
        };
    }
}
