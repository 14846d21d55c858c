namespace Rag.Pdf.Layout;

/// <summary>What the outline (bookmarks) of a file says about one page: lines that it names are headings.</summary>
internal sealed class PageOutline
{
    private readonly Dictionary<string, int> _levels = [];
    private readonly int _longest;
    private static readonly char[] Digits = [.. "0123456789"]; // the outline may leave out the number of a section

    /// <summary>Takes the items that lead to the page.</summary>
    public PageOutline(IEnumerable<PdfOutlineItem> items)
    {
        foreach (var item in items)
        {
            var key = Key(item.Title);
            if (key.Length > 0)
            {
                _levels.TryAdd(key, Math.Clamp(item.Level, 1, 6));
                _longest = Math.Max(_longest, key.Length);
            }
        }
    }

    /// <summary>The level of the heading that <paramref name="lines"/> are, or 0.</summary>
    /// <param name="lines">A block.</param>
    /// <param name="length">Its characters.</param>
    public int LevelOf(List<TextLine> lines, int length) =>
        length <= 2 * _longest && Key(string.Concat(lines.Select(l => l.Text))) is { Length: > 0 } key && (_levels.TryGetValue(key, out var level) || _levels.TryGetValue(key.TrimStart(Digits), out level))
            ? level
            : 0;

    // titles differ from headings in spaces, dashes and quotes
    private static string Key(string text) => string.Concat(text.Where(char.IsLetterOrDigit)).ToUpperInvariant();
}
