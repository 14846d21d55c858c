using static Rag.Analysis.SentenceBreak;

namespace Rag.Analysis;

/// <summary>Sentence boundaries by the default rules of Unicode Standard Annex #29 (Unicode 16), untailored; <see cref="SentenceSegmenter"/> is the tailoring.</summary>
internal static class SentenceBoundaries
{
    /// <summary>Where the sentence that begins at <paramref name="start"/> ends, the spaces after it included.</summary>
    /// <param name="text">The whole text.</param>
    /// <param name="start">0 or an earlier result of this method; less than the length of <paramref name="text"/>.</param>
    public static int Next(ReadOnlySpan<char> text, int start)
    {
        var previous = Other;
        var i = start;
        while (i < text.Length)
        {
            var value = At(text, i, out var length);
            switch (value)
            {
                case CR or LF or Separator:
                    return AfterSeparator(text, i); // SB3, SB4
                case ATerm or STerm:
                    if (EndsSentence(text, i + length, value, previous, out var next))
                    {
                        return next;
                    }

                    (previous, i) = (value, next);
                    continue;
                case Extend or Format:
                    break; // SB5
                default:
                    previous = value;
                    break;
            }

            i += length;
        }

        return text.Length;
    }

    // SB6 to SB11 after a terminator; next is where the sentence ends or where to read on
    private static bool EndsSentence(ReadOnlySpan<char> text, int after, SentenceBreak terminator, SentenceBreak previous, out int next)
    {
        next = Skip(text, after, Other);
        var follows = At(text, next, out _);
        if (terminator is ATerm && (follows is Numeric || (previous is Upper or Lower && follows is Upper)))
        {
            return false; // SB6, SB7
        }

        next = Skip(text, Skip(text, next, Close), Space);
        follows = At(text, next, out _);
        if (follows is CR or LF or Separator)
        {
            next = AfterSeparator(text, next); // SB9 to SB11
            return true;
        }

        return follows is not (SContinue or ATerm or STerm) // SB8a
            && !(terminator is ATerm && FirstDecisive(text, next) is Lower); // SB8
    }

    // what stands first after i among the things that decide SB8
    private static SentenceBreak FirstDecisive(ReadOnlySpan<char> text, int i)
    {
        while (i < text.Length)
        {
            var value = At(text, i, out var length);
            if (value is OtherLetter or Upper or Lower or Separator or CR or LF or STerm or ATerm)
            {
                return value;
            }

            i += length;
        }

        return Other;
    }

    private static int Skip(ReadOnlySpan<char> text, int i, SentenceBreak skipped)
    {
        while (i < text.Length && At(text, i, out var length) is var value && (value is Extend or Format || (value == skipped && value is not Other)))
        {
            i += length;
        }

        return i;
    }

    private static int AfterSeparator(ReadOnlySpan<char> text, int i) => text[i] == '\r' && i + 1 < text.Length && text[i + 1] == '\n' ? i + 2 : i + 1;

    private static SentenceBreak At(ReadOnlySpan<char> text, int i, out int length)
    {
        length = 0;
        return i < text.Length ? (SentenceBreak)SentenceBreaks.Table.At(text, i, out length) : Other;
    }
}
