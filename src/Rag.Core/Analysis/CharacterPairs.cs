namespace Rag.Analysis;

/// <summary>Indexes scripts without spaces by overlapping pairs of characters; a character that stands alone is a term itself.</summary>
internal struct CharacterPairs
{
    private int _start; // the last character, [_start, _end); none when _end is 0
    private int _end;
    private bool _isPaired;

    /// <summary>Gives the pairs that the characters of <paramref name="word"/> complete.</summary>
    public void Add(Word word, ReadOnlySpan<char> text, ref int position, TermReceiver receive)
    {
        var isWhole = word.Kind is not (WordKind.Katakana or WordKind.Hangul); // one letter with its marks
        for (var i = word.Start; i < word.End;)
        {
            var next = isWhole ? word.End : i + (char.IsHighSurrogate(text[i]) && i + 1 < word.End ? 2 : 1);
            if (_end == i && i > 0)
            {
                receive(text[_start..next], position++, new(_start, next));
                _isPaired = true;
            }
            else
            {
                Flush(text, ref position, receive);
            }

            (_start, _end, i) = (i, next, next);
        }
    }

    /// <summary>Ends the run of characters.</summary>
    public void Flush(ReadOnlySpan<char> text, ref int position, TermReceiver receive)
    {
        if (_end == 0)
        {
            return;
        }

        if (!_isPaired)
        {
            receive(text[_start.._end], position, new(_start, _end));
        }

        position++;
        (_end, _isPaired) = (0, false);
    }
}
