namespace Rag.Analysis;

/// <summary>Splits text into sentences: the rules of Unicode Standard Annex #29, tailored to prose with abbreviations, quotations, lists, tables and code.</summary>
/// <remarks>
/// Beyond the annex: abbreviations, initials and ordinals do not end a sentence unless the next word says so; a quotation or parenthesis of
/// up to 400 characters is not divided; list markers and bullets begin a sentence; a blank line always ends one, a single
/// line break does when the lines look like a list, a table, a heading or code, and does not inside wrapped prose.
/// Time is linear in the length of the part. Pure and safe for concurrent use.
/// </remarks>
public static class SentenceSegmenter
{
    /// <summary>The sentences of a part of a text.</summary>
    /// <param name="text">The whole text.</param>
    /// <param name="within">The part to split; nothing outside it is looked at.</param>
    /// <param name="language">ISO 639-1 code that chooses abbreviations and sentence-initial words; <see langword="null"/> for all languages' abbreviations and English words.</param>
    /// <returns>Spans of <paramref name="text"/>, ascending, without white space at their ends, that cover every other character of <paramref name="within"/>.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="within"/> reaches beyond <paramref name="text"/>.</exception>
    public static IReadOnlyList<TextSpan> Split(string text, TextSpan within, string? language = null)
    {
        ArgumentNullException.ThrowIfNull(text);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(within.End, text.Length, nameof(within));
        var sentences = new List<TextSpan>();
        var part = text.AsSpan(within.Start, within.Length);
        var scanner = new SentenceScanner(part, language);
        var start = SkipBlank(part, 0);
        while (start < part.Length)
        {
            var end = scanner.Next(start);
            var length = part[start..end].TrimEnd().Length;
            sentences.Add(new(within.Start + start, within.Start + start + length));
            start = SkipBlank(part, end);
        }

        return sentences;
    }

    /// <summary>Whether a sentence of a text that goes on may turn out to be the beginning of a longer one: it opens a quotation or parenthesis, or the line behind it is not whole.</summary>
    internal static bool MayGoOn(string text, TextSpan sentence)
    {
        var behind = text.AsSpan(sentence.End);
        var next = SkipBlank(behind, 0);
        var lines = behind[..next].Count('\n');
        return (lines == 1 && !behind[next..].Contains('\n')) || new Nesting(text, sentence.Start).MayEnclose(sentence.End);
    }

    private static int SkipBlank(ReadOnlySpan<char> text, int i)
    {
        while (i < text.Length && char.IsWhiteSpace(text[i]))
        {
            i++;
        }

        return i;
    }
}
