namespace Rag.Analysis;

/// <summary>Splits text into sentences.</summary>
public static class SentenceSegmenter
{
    /// <summary>The sentences of a part of a text.</summary>
    /// <param name="text">The whole text.</param>
    /// <param name="within">The part to split.</param>
    /// <param name="language">ISO 639-1 code that chooses the abbreviations; <see langword="null"/> for those of all languages.</param>
    /// <returns>Spans of <paramref name="text"/>, ascending, without white space at their ends, that cover every other character of <paramref name="within"/>.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="within"/> reaches beyond <paramref name="text"/>.</exception>
    public static IReadOnlyList<TextSpan> Split(string text, TextSpan within, string? language = null)
    {
        ArgumentNullException.ThrowIfNull(text);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(within.End, text.Length, nameof(within));
        var sentences = new List<TextSpan>();
        var part = text.AsSpan(0, within.End);
        var start = within.Start;
        while (start < part.Length)
        {
            var end = Next(part, start);
            Add(sentences, part, start, end);
            start = end;
        }

        return sentences;
    }

    private static int Next(ReadOnlySpan<char> text, int start)
    {
        for (var i = start; i < text.Length;)
        {
            i = SentenceBoundaries.Next(text, i);
            if (text[i - 1] is not ('\n' or '\r') || IsBlankLine(text, i) || text[..i].TrimEnd() is [..,  '.' or '!' or '?' or ':'])
            {
                return i;
            }
        }

        return text.Length;
    }

    private static bool IsBlankLine(ReadOnlySpan<char> text, int i)
    {
        while (i < text.Length && text[i] is ' ' or '\t')
        {
            i++;
        }

        return i == text.Length || text[i] is '\n' or '\r';
    }

    private static void Add(List<TextSpan> sentences, ReadOnlySpan<char> text, int start, int end)
    {
        while (start < end && char.IsWhiteSpace(text[start]))
        {
            start++;
        }

        while (end > start && char.IsWhiteSpace(text[end - 1]))
        {
            end--;
        }

        if (end > start)
        {
            sentences.Add(new(start, end));
        }
    }
}
