using System.Globalization;
using System.Runtime.InteropServices;

namespace Rag.Pdf.Content;

/// <summary>The marked-content sequences that are open (14.6), and what they mean for the letters in them.</summary>
internal sealed class MarkedContent(List<Letter> letters)
{
    private const int Deepest = 1000;
    private const int MostText = 1_000_000; // characters of ActualText that one page may cost
    private readonly Stack<Sequence> _open = [];
    private Sequence _current = new(-1, LetterFlags.None, false, null, 0);
    private int _uncounted;
    private int _withText;
    private int _textLeft = MostText;

    /// <summary>The innermost marked-content id, or -1.</summary>
    public int Id => _current.Id;

    public LetterFlags Flags => _current.Flags;

    /// <summary>Whether optional content that is off hides what is painted.</summary>
    public bool IsHidden => _current.IsHidden;

    /// <summary>Whether even glyphs without text count, as their text is to be replaced.</summary>
    public bool IsReplaced => _withText > 0;

    /// <summary>Whether more text is taken that replaces what is shown.</summary>
    public bool TakesText => _textLeft > 0;

    public int Depth => _open.Count + _uncounted;

    /// <summary>Opens a sequence.</summary>
    /// <param name="id">Its id, or <see langword="null"/> where it has none.</param>
    /// <param name="flags">What its letters are.</param>
    /// <param name="isHidden">Whether it is not to be seen.</param>
    /// <param name="text">Its ActualText.</param>
    public void Begin(int? id = null, LetterFlags flags = LetterFlags.None, bool isHidden = false, string? text = null)
    {
        if (_open.Count >= Deepest)
        {
            _uncounted++;
            return;
        }

        text = (_textLeft -= text?.Length ?? 0) >= 0 ? text : null;
        _open.Push(_current);
        _current = new(id ?? _current.Id, _current.Flags | flags, _current.IsHidden || isHidden, text, letters.Count);
        _withText += text is null ? 0 : 1;
    }

    /// <summary>Closes the innermost sequence, unless only <paramref name="kept"/> are open.</summary>
    public void End(int kept)
    {
        if (Depth <= kept)
        {
            return;
        }

        if (_uncounted > 0)
        {
            _uncounted--;
            return;
        }

        if (_current.Text is { } text)
        {
            _withText--;
            Replace(_current.Start, text);
        }

        _current = _open.Pop();
    }

    /// <summary>Closes all sequences but <paramref name="depth"/>.</summary>
    public void EndAll(int depth)
    {
        while (Depth > depth)
        {
            End(depth);
        }
    }

    /// <summary>Gives the letters from <paramref name="start"/> on another text: to each its share in the order of reading (14.9.4). Those that get nothing go.</summary>
    private void Replace(int start, string text)
    {
        var all = CollectionsMarshal.AsSpan(letters);
        var count = letters.Count - start;
        if (count <= 0)
        {
            return;
        }

        var replaced = all[start..];
        if (text.AsSpan().ContainsAnyInRange('\u0590', '\u08FF') && OneLine(replaced))
        {
            // right to left: the first characters belong to the rightmost letters, in whichever order those were painted
            replaced.Sort((a, b) => b.X0.CompareTo(a.X0));
        }

        var parts = new StringInfo(text);
        var length = parts.LengthInTextElements;
        var kept = 0;
        var at = 0;
        for (var i = 0; i < count; i++)
        {
            var end = (int)((((i + 1L) * length) + count - 1) / count);
            var letter = replaced[i];
            if (end > at)
            {
                letter.Text = parts.SubstringByTextElements(at, end - at) is var part && string.IsNullOrWhiteSpace(part) ? " " : part;
                letter.Flags |= LetterFlags.Replaced;
                at = end;
                replaced[kept++] = letter;
            }
            else if (length > 0 && kept > 0 && letter.Y == replaced[kept - 1].Y)
            {
                Widen(ref replaced[kept - 1], letter);
            }
        }

        CollectionsMarshal.SetCount(letters, start + kept);
    }

    private static bool OneLine(ReadOnlySpan<Letter> letters)
    {
        foreach (ref readonly var letter in letters)
        {
            if (Math.Abs(letter.Y - letters[0].Y) > letter.Size / 2)
            {
                return false;
            }
        }

        return true;
    }

    private static void Widen(ref Letter letter, in Letter by)
    {
        letter.X0 = Math.Min(letter.X0, by.X0);
        letter.Y0 = Math.Min(letter.Y0, by.Y0);
        letter.X1 = Math.Max(letter.X1, by.X1);
        letter.Y1 = Math.Max(letter.Y1, by.Y1);
        letter.DX = by.X + by.DX - letter.X;
    }

    private readonly record struct Sequence(int Id, LetterFlags Flags, bool IsHidden, string? Text, int Start);
}
