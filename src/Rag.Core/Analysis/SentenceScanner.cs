using System.Buffers;

namespace Rag.Analysis;

/// <summary>Finds the end of one sentence after the other.</summary>
internal ref struct SentenceScanner(ReadOnlySpan<char> text, string? language)
{
    private const string Bullets = "•⁃‣●◦▪";
    private const string Terminators = ".!?…‼‽⁇⁈⁉。！？\uFF0E\uFF61։؟۔।॥။።፧។";
    private const string WideTerminators = "。！？\uFF0E\uFF61"; // need no space after them
    private const string Closers = ")]}\"'’”»›」』）】》〉］";
    private const string Openers = "([{\"'`*_‘“„«‹¿¡「『（【《〈［";
    private const string Continuers = ",;:)]}%/、，；：»”」』）";

    private static readonly SearchValues<char> Events = SearchValues.Create(Terminators + Bullets + "\n\r\u0085\u2028\u2029");
    private static readonly SearchValues<char> TerminatorSet = SearchValues.Create(Terminators);

    private readonly ReadOnlySpan<char> _text = text;
    private readonly Abbreviations _abbreviations = Abbreviations.For(language);
    private LineBreaks _lines = new(text);

    /// <summary>Where the sentence that begins at <paramref name="start"/>, a character that is not blank, ends.</summary>
    public int Next(int start)
    {
        if (_text[start] == '|')
        {
            return LineBreaks.LineEnd(_text, start); // a table row stays whole
        }

        var nesting = new Nesting(_text, start);
        var i = start;
        while (i < _text.Length)
        {
            var ahead = _text[i..].IndexOfAny(Events);
            if (ahead < 0)
            {
                break;
            }

            i += ahead;
            if (Bullets.Contains(_text[i]))
            {
                if (i > start && char.IsWhiteSpace(_text[i - 1]))
                {
                    return ListMarker.EndOfItem(_text, start, i);
                }

                i++;
            }
            else if (!TerminatorSet.Contains(_text[i]))
            {
                if (_lines.Breaks(i, out var next))
                {
                    return ListMarker.EndOfItem(_text, start, i);
                }

                i = next;
            }
            else if (Ends(start, i, out var next) && !nesting.Encloses(next))
            {
                return ListMarker.EndOfItem(_text, start, next);
            }
            else
            {
                i = next;
            }
        }

        return ListMarker.EndOfItem(_text, start, _text.Length);
    }

    // whether the terminator at i ends the sentence; next is where it does, or where to read on
    private readonly bool Ends(int start, int i, out int next)
    {
        next = AfterTerminators(i, out var isPause);
        var closed = AfterClosers(next);
        var isQuoted = closed > next && _text[closed - 1] is '"' or '\'' or '”' or '’' or '»';
        var isSingle = next == i + 1 && _text[i] == '.';
        next = AfterReferences(closed, i);
        var follows = next;
        while (follows < _text.Length && char.IsWhiteSpace(_text[follows]))
        {
            if (_text[follows] is '\n' && LineBreaks.IsBlankAfter(_text, follows + 1))
            {
                return true;
            }

            follows++;
        }

        if (follows == _text.Length)
        {
            return true;
        }

        if (isPause || (isQuoted && _text[follows] == '('))
        {
            return false;
        }

        return follows == next
            ? WideTerminators.Contains(_text[i]) && IsStart(follows) && !(_text[i] == '\uFF0E' && char.IsDigit(_text[follows]))
            : IsStart(follows) && !(isSingle && _abbreviations.Continues(_text, start, i, follows));
    }

    // after a run of terminators; a pause is an ellipsis of three spaced dots
    private readonly int AfterTerminators(int i, out bool isPause)
    {
        var next = i + 1;
        while (next < _text.Length && TerminatorSet.Contains(_text[next]))
        {
            next++;
        }

        var dots = next - i;
        while (_text[i] == '.' && next + 1 < _text.Length && _text[next] == ' ' && _text[next + 1] == '.')
        {
            (next, dots) = (next + 2, dots + 1);
        }

        isPause = dots == 3 && next - i == 5;
        return next;
    }

    private readonly int AfterClosers(int i)
    {
        while (i < _text.Length && Closers.Contains(_text[i]))
        {
            i++;
        }

        // French writes a space inside the quotation mark
        return i + 1 < _text.Length && _text[i] is ' ' or '\u00A0' or '\u202F' && _text[i + 1] == '»' ? i + 2 : i;
    }

    // after footnote marks such as [1][2], or .11 12 after a word
    private readonly int AfterReferences(int i, int terminator)
    {
        while (i + 2 < _text.Length && _text[i] == '[' && char.IsAsciiDigit(_text[i + 1]) && _text.Slice(i, Math.Min(8, _text.Length - i)).IndexOf(']') is > 0 and var length)
        {
            i += length + 1;
        }

        if (i < _text.Length && char.IsAsciiDigit(_text[i]) && terminator > 1 && (_text[terminator - 1] == ')' || (char.IsLower(_text[terminator - 1]) && char.IsLower(_text[terminator - 2]))))
        {
            var end = i;
            while (end < _text.Length && (char.IsAsciiDigit(_text[end]) || (_text[end] == ' ' && end + 1 < _text.Length && char.IsAsciiDigit(_text[end + 1]))))
            {
                end++;
            }

            return end - i < 12 && end + 1 < _text.Length && _text[end] == ' ' && char.IsUpper(_text[end + 1]) ? end : i;
        }

        return i;
    }

    // whether a sentence can begin at i
    private readonly bool IsStart(int i)
    {
        var c = _text[i];
        if (Continuers.Contains(c) || TerminatorSet.Contains(c))
        {
            return false;
        }

        if (ListMarker.TryRead(_text, i, out _))
        {
            return true;
        }

        while (i < _text.Length && (Openers.Contains(_text[i]) || _text[i] is '-' or '–' or '—' || (_text[i] == ' ' && i > 0 && _text[i - 1] is '-' or '–' or '—')))
        {
            i++;
        }

        return i == _text.Length || !char.IsLower(_text[i]);
    }
}
