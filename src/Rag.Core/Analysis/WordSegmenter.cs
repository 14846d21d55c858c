using static Rag.Analysis.WordBreak;

namespace Rag.Analysis;

/// <summary>Splits text into words by the default rules of Unicode Standard Annex #29 (Unicode 16), untailored.</summary>
/// <remarks>Linear in the length of the text; allocates nothing; safe for concurrent use.</remarks>
public static class WordSegmenter
{
    /// <summary>The words of <paramref name="text"/> in order; spaces, punctuation and symbols are left out.</summary>
    public static WordEnumerator Words(ReadOnlySpan<char> text) => new(text);

    /// <summary>Where the segment (word, space run, mark) that begins at <paramref name="start"/> ends.</summary>
    /// <param name="text">The whole text.</param>
    /// <param name="start">0 or an earlier result of this method; less than the length of <paramref name="text"/>.</param>
    public static int NextBoundary(ReadOnlySpan<char> text, int start)
    {
        var table = WordBreaks.Table;
        var previous = (WordBreak)table.At(text, start, out var length);
        var i = start + length;
        if (previous is CR)
        {
            return i < text.Length && text[i] == '\n' ? i + 1 : i; // WB3
        }

        if (previous is LF or Newline)
        {
            return i; // WB3a
        }

        var beforePrevious = Other;
        var adjacent = previous; // the code point just before i, where previous skips Extend, Format and ZWJ
        while (i < text.Length)
        {
            if (adjacent >= Numeric)
            {
                while (i < text.Length && table[text[i]] >= (byte)Numeric)
                {
                    previous = adjacent = (WordBreak)table[text[i++]]; // WB5, WB8 to WB10, WB13a, WB13b
                }

                if (i == text.Length)
                {
                    break;
                }
            }

            var next = (WordBreak)table.At(text, i, out length);
            if (next is Extend or Format or ZWJ)
            {
                (adjacent, i) = (next, i + length); // WB4
                continue;
            }

            if (!(adjacent is ZWJ && next is Pictographic or PictographicLetter) // WB3c
                && !(adjacent is Space && next is Space) // WB3d
                && !Joins(beforePrevious, previous, next, text, i + length))
            {
                return i;
            }

            (beforePrevious, previous, adjacent, i) = (previous, next, next, i + length);
        }

        return text.Length;
    }

    private static bool IsLetter(WordBreak value) => value >= Hebrew;

    // WB5 to WB16 between previous and next; rest is the index after next
    private static bool Joins(WordBreak beforePrevious, WordBreak previous, WordBreak next, ReadOnlySpan<char> text, int rest) => previous switch
    {
        Numeric => next >= Numeric // WB8, WB10, WB13a
            || (next is MidNum or MidNumLet or SingleQuote && After(text, rest) is Numeric), // WB12
        >= Hebrew => next >= Numeric // WB5, WB9, WB13a
            || (next is MidLetter or MidNumLet or SingleQuote && IsLetter(After(text, rest))) // WB6
            || (previous is Hebrew && (next is SingleQuote || (next is DoubleQuote && After(text, rest) is Hebrew))), // WB7a, WB7b
        ExtendNumLet => next is Katakana or >= Numeric, // WB13a, WB13b
        Katakana => next is Katakana or ExtendNumLet, // WB13, WB13a
        MidLetter => IsLetter(beforePrevious) && IsLetter(next), // WB7
        MidNumLet or SingleQuote => (IsLetter(beforePrevious) && IsLetter(next)) || (beforePrevious is Numeric && next is Numeric), // WB7, WB11
        MidNum => beforePrevious is Numeric && next is Numeric, // WB11
        DoubleQuote => beforePrevious is Hebrew && next is Hebrew, // WB7c
        RegionalIndicator => next is RegionalIndicator && beforePrevious is not RegionalIndicator, // WB15, WB16
        _ => false,
    };

    // the next code point that WB4 does not skip
    private static WordBreak After(ReadOnlySpan<char> text, int i)
    {
        while (i < text.Length)
        {
            var value = (WordBreak)WordBreaks.Table.At(text, i, out var length);
            if (value is not (Extend or Format or ZWJ))
            {
                return value;
            }

            i += length;
        }

        return Other;
    }
}
