using System.Buffers;

namespace Rag.Analysis;

/// <summary>Tells whether a place in a sentence lies inside a quotation or parenthesis that is closed soon after.</summary>
internal ref struct Nesting(ReadOnlySpan<char> text, int start)
{
    private const int LongestTail = 400; // characters from a place to the closing mark; measured on no data, keeps the search bounded
    private const int Deepest = 8;
    private const string Pairs = "()[]{}“”‘’«»‹›„“「」『』（）【】《》〈〉";

    private static readonly SearchValues<char> Marks = SearchValues.Create(Pairs + "\"'");

    private readonly ReadOnlySpan<char> _text = text;
    private Closers _expected;
    private int _depth;
    private int _read = start;

    /// <summary>Whether the place before <paramref name="index"/> is enclosed; called with ascending places.</summary>
    public bool Encloses(int index)
    {
        ReadUpTo(index);
        while (_depth > 0)
        {
            if (IsClosedAfter(index, _expected[_depth - 1]))
            {
                return true;
            }

            _depth--;
        }

        return false;
    }

    /// <summary>Whether the place before <paramref name="index"/> may turn out to be enclosed when the text goes on.</summary>
    public bool MayEnclose(int index)
    {
        ReadUpTo(index);
        return _depth > 0 && _text.Length - index < LongestTail && _text[index..].IndexOf("\n\n") < 0;
    }

    private void ReadUpTo(int index)
    {
        while (_read < index)
        {
            var ahead = _text[_read..index].IndexOfAny(Marks);
            if (ahead < 0)
            {
                break;
            }

            Read(_read + ahead);
            _read += ahead + 1;
        }

        _read = Math.Max(_read, index);
    }

    private void Read(int i)
    {
        var mark = _text[i];
        for (var depth = _depth - 1; depth >= 0; depth--)
        {
            if (_expected[depth] == mark && (mark is not ('\'' or '’') || Closes(i)))
            {
                _depth = depth;
                return;
            }
        }

        var pair = Pairs.IndexOf(mark, StringComparison.Ordinal);
        if (mark is '"' or '\'' ? Opens(i) : pair % 2 == 0)
        {
            Push(mark is '"' or '\'' ? mark : Pairs[pair + 1]);
        }
    }

    private void Push(char closer)
    {
        if (_depth < Deepest)
        {
            _expected[_depth++] = closer;
        }
    }

    private readonly bool IsClosedAfter(int index, char closer)
    {
        var window = _text[index..Math.Min(_text.Length, index + LongestTail)];
        var paragraph = window.IndexOf("\n\n");
        window = paragraph < 0 ? window : window[..paragraph];
        for (var i = window.IndexOf(closer); i >= 0;)
        {
            if (closer is not ('\'' or '’' or '"') || Closes(index + i))
            {
                return true;
            }

            var further = window[(i + 1)..].IndexOf(closer);
            i = further < 0 ? -1 : i + 1 + further;
        }

        return false;
    }

    // an apostrophe inside a word neither opens nor closes; a straight mark opens before a word and closes after one
    private readonly bool Opens(int i) => (i == 0 || char.IsWhiteSpace(_text[i - 1]) || "([{\"'—-".Contains(_text[i - 1])) && i + 1 < _text.Length && !char.IsWhiteSpace(_text[i + 1]);

    private readonly bool Closes(int i) => i > 0 && (_text[i] == '"' || !char.IsWhiteSpace(_text[i - 1])) && (i + 1 == _text.Length || !char.IsLetterOrDigit(_text[i + 1]));

    [System.Runtime.CompilerServices.InlineArray(Deepest)]
    private struct Closers
    {
        private char _first;
    }
}
