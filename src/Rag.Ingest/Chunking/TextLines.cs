namespace Rag.Ingest.Chunking;

/// <summary>Finds lines, paragraphs and words in a stretch of text. Nothing that it gives is blank.</summary>
internal static class TextLines
{
    /// <summary>The stretch without the white space around it; empty for a blank one.</summary>
    /// <param name="text">The text.</param>
    /// <param name="span">The stretch.</param>
    /// <param name="keepIndentation">Whether the white space that begins its first line with words stays.</param>
    public static TextSpan Trim(string text, TextSpan span, bool keepIndentation = false)
    {
        var (start, end) = (span.Start, span.End);
        while (end > start && char.IsWhiteSpace(text[end - 1]))
        {
            end--;
        }

        while (start < end && char.IsWhiteSpace(text[start]))
        {
            start++;
        }

        while (keepIndentation && start < end && start > span.Start && text[start - 1] is ' ' or '\t')
        {
            start--;
        }

        return new(start, end);
    }

    /// <summary>Lines with their indentation.</summary>
    public static IEnumerable<TextSpan> Lines(string text, TextSpan span)
    {
        for (var start = span.Start; start < span.End;)
        {
            var newline = text.IndexOf('\n', start, span.End - start);
            var end = newline < 0 ? span.End : newline + 1;
            var line = Trim(text, new(start, end), keepIndentation: true);
            if (line.Length > 0)
            {
                yield return line;
            }

            start = end;
        }
    }

    /// <summary>Runs of lines without a blank line among them.</summary>
    public static IEnumerable<TextSpan> Paragraphs(string text, TextSpan span)
    {
        TextSpan? paragraph = null;
        foreach (var line in Lines(text, span))
        {
            if (paragraph is { } full && text.AsSpan(full.End, line.Start - full.End).Count('\n') > 1)
            {
                yield return full;
                paragraph = null;
            }

            paragraph = new(paragraph?.Start ?? line.Start, line.End);
        }

        if (paragraph is { } last)
        {
            yield return last;
        }
    }

    /// <summary>Runs of characters that are not white space.</summary>
    public static IEnumerable<TextSpan> Words(string text, TextSpan span)
    {
        for (var i = span.Start; i < span.End;)
        {
            if (char.IsWhiteSpace(text[i]))
            {
                i++;
                continue;
            }

            var start = i;
            while (i < span.End && !char.IsWhiteSpace(text[i]))
            {
                i++;
            }

            yield return new(start, i);
        }
    }
}
