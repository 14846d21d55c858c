namespace Rag.Analysis;

/// <summary>Tells line breaks that separate units (list items, rows, headings, statements) from those inside wrapped prose.</summary>
internal ref struct LineBreaks(ReadOnlySpan<char> text)
{
    // a line at least this long that ends without a mark has been wrapped; plain text is commonly wrapped at 72 to 80 columns, or half as many wide ones
    private const int WrappedLine = 60;
    private const int WrappedWideLine = 20;
    private const string Separators = "\n\r\u0085\u2028\u2029";
    private const string Particles = "のはがをにでともへや的"; // a line of Japanese or Chinese that ends so goes on

    private readonly ReadOnlySpan<char> _text = text;
    private int _blockEnd = -1;
    private bool _blockIsProse;

    /// <summary>Whether the line break at <paramref name="i"/> ends a sentence.</summary>
    /// <param name="i">Index of a line or paragraph separator.</param>
    /// <param name="next">Where the next line's text begins.</param>
    public bool Breaks(int i, out int next)
    {
        next = i + 1;
        if (_text[i] == '\r' && next < _text.Length && _text[next] == '\n')
        {
            next++;
        }

        if (_text[i] == '\u2029' || IsBlankAfter(_text, next))
        {
            return true;
        }

        while (char.IsWhiteSpace(_text[next]))
        {
            next++;
        }

        var line = _text[..i];
        line = line[(line.LastIndexOfAny(Separators) + 1)..].Trim();
        if (line.IsEmpty || ".,;:!?)]、。".Contains(_text[next]))
        {
            return false;
        }

        if (ListMarker.BeginsLine(_text, next) || line[0] == '|' || line[^1] is ';' or '{' or '}' or ':' || _text[next] == '}')
        {
            return true;
        }

        return IsWide(line[^1]) && IsWide(_text[next])
            ? line.Length < WrappedWideLine && !Particles.Contains(line[^1])
            : char.IsLower(_text[next]) ? !IsInProse(i) : line.Length < WrappedLine && line[^1] != ',';
    }

    /// <summary>The end of the line that <paramref name="i"/> lies in.</summary>
    public static int LineEnd(ReadOnlySpan<char> text, int i)
    {
        var length = text[i..].IndexOfAny(Separators);
        return length < 0 ? text.Length : i + length;
    }

    /// <summary>Whether nothing but blanks stands between <paramref name="i"/> and the end of its line.</summary>
    public static bool IsBlankAfter(ReadOnlySpan<char> text, int i)
    {
        while (i < text.Length && char.IsWhiteSpace(text[i]) && !Separators.Contains(text[i]))
        {
            i++;
        }

        return i == text.Length || Separators.Contains(text[i]);
    }

    private static bool IsWide(char c) => c >= '\u3000' && c is not (>= '가' and <= '힣');

    // prose ends some line, up to the next blank one, with the mark of a sentence; a list of names does not
    private bool IsInProse(int i)
    {
        if (i < _blockEnd)
        {
            return _blockIsProse;
        }

        _blockIsProse = false;
        while (i < _text.Length)
        {
            var end = LineEnd(_text, i + 1);
            var line = _text[(i + 1)..end].TrimEnd();
            if (line.IsEmpty && end > i + 1)
            {
                break;
            }

            _blockIsProse |= !line.IsEmpty && ".!?:…)\"”".Contains(line[^1]);
            i = end;
        }

        _blockEnd = i;
        return _blockIsProse;
    }
}
