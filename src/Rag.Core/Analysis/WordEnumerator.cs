using static Rag.Analysis.WordBreak;

namespace Rag.Analysis;

/// <summary>Goes through the words of a text; made by <see cref="WordSegmenter.Words"/>, consumed by <c>foreach</c>.</summary>
public ref struct WordEnumerator
{
    private readonly ReadOnlySpan<char> _text;
    private int _next;

    internal WordEnumerator(ReadOnlySpan<char> text) => _text = text;

    /// <summary>The word reached by the last <see cref="MoveNext"/>.</summary>
    public Word Current { get; private set; }

    /// <summary>This enumerator.</summary>
    public readonly WordEnumerator GetEnumerator() => this;

    /// <summary>Goes to the next word; <see langword="false"/> at the end of the text.</summary>
    public bool MoveNext()
    {
        while (_next < _text.Length)
        {
            var start = _next;
            if (_text[start] == ' ')
            {
                _next++; // the commonest segment of one character; what follows is a boundary or no word
                continue;
            }

            _next = WordSegmenter.NextBoundary(_text, start);
            if (Kind(_text[start.._next]) is { } kind)
            {
                Current = new(start, _next, kind);
                return true;
            }
        }

        return false;
    }

    private static WordKind? Kind(ReadOnlySpan<char> segment)
    {
        var i = 0;
        while (true)
        {
            switch ((WordBreak)WordBreaks.Table.At(segment, i, out var length))
            {
                case >= Hebrew and < Hangul or Numeric:
                    return WordKind.Alphanumeric;
                case Hangul:
                    return WordKind.Hangul;
                case Ideographic:
                    return WordKind.Ideograph;
                case Hiragana:
                    return WordKind.Hiragana;
                case Katakana:
                    return WordKind.Katakana;
                case SoutheastAsian:
                    return WordKind.SoutheastAsian;
                case ExtendNumLet when i + length < segment.Length:
                    i += length; // leading underscores
                    break;
                default:
                    return null;
            }
        }
    }
}
