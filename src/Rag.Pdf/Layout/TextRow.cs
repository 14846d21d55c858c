namespace Rag.Pdf.Layout;

/// <summary>Lines of a page that stand on one baseline, from left to right.</summary>
internal sealed class TextRow(List<TextLine> cells)
{
    private const float SameBase = 0.3f;

    public List<TextLine> Cells => cells;

    public float Base { get; } = cells[0].Base;

    public float Size { get; } = cells.Max(c => c.Size);

    public float U0 => cells[0].U0;

    public float U1 => cells.Max(c => c.U1);

    /// <summary>The rows of <paramref name="lines"/>, which are sorted by baseline; signs and bullets that stand apart are joined to what they belong to.</summary>
    public static List<TextRow> Of(List<TextLine> lines)
    {
        var rows = new List<TextRow>();
        for (var i = 0; i < lines.Count;)
        {
            var cells = new List<TextLine>();
            var first = lines[i];
            for (; i < lines.Count && lines[i].Base - first.Base <= SameBase * MathF.Min(first.Size, lines[i].Size); i++)
            {
                cells.Add(lines[i]);
            }

            cells.Sort(static (a, b) => a.U0.CompareTo(b.U0));
            rows.Add(new(Tidy(cells)));
        }

        return rows;
    }

    // of a section: 1, 2.1
    private static bool IsPlainNumber(string text) => text.Length <= 5 && char.IsAsciiDigit(text[0]) && text.All(static c => char.IsAsciiDigit(c) || c == '.');

    // currency signs, closing brackets and bullets that stand apart belong to what is beside them
    private static List<TextLine> Tidy(List<TextLine> cells)
    {
        for (var i = 0; i + 1 < cells.Count; i++)
        {
            var (a, b) = (cells[i], cells[i + 1]);
            var gap = (b.U0 - a.U1) / MathF.Max(a.Size, b.Size);
            var text = a.Words[0].Text;
            var prefix = a.Words.Count == 1 && ((text.Length <= 2 && text is "$" or "€" or "£" or "¥" or "(" or "$(" or "US" && gap < 8) || (ListMarker.IsBullet(text) && gap < 4 && b.Length > 1 && i == 0)
                || (ListMarker.IsNumber(text) && gap < 5 && cells.Count == 2 && b.Words[0].Text.Any(char.IsLetter))
                || (IsPlainNumber(text) && a.Has(GlyphStyle.Bold) && b.Has(GlyphStyle.Bold) && gap < 3 && b.Words[0].Text.Any(char.IsLetter)));
            var suffix = b.Words.Count == 1 && b.Words[0].Text is ")" or "%" or ")%" or "%)" or "†" or "*" && gap < 2.5f;
            if (prefix || suffix)
            {
                cells[i] = TextLineJoin.Append(a, b, joined: suffix || text is "$" or "€" or "£" or "¥" or "(" or "$(");
                cells.RemoveAt(i + 1);
                i--;
            }
        }

        return cells;
    }
}
