using System.Buffers;

namespace Rag.Analysis;

/// <summary>The parts of a name as programmers write it: <c>DbContext</c>, <c>snake_case</c>, <c>System.Text.Json</c>, <c>C#</c>, <c>v1.2.3</c>.</summary>
internal static class Identifiers
{
    private static readonly SearchValues<char> Separators = SearchValues.Create("_.:·");
    private static readonly SearchValues<char> NumberCharacters = SearchValues.Create("0123456789.,:;_");

    /// <summary>The word with the mark that belongs to it: a <c>#</c> or <c>++</c> after one letter, a stop before a word that follows a blank (<c>.NET</c>).</summary>
    public static TextSpan WithMark(ReadOnlySpan<char> text, TextSpan word)
    {
        var (start, end) = (word.Start, word.End);
        if (end - start == 1 && end < text.Length && char.IsAsciiLetter(text[start]))
        {
            end += text[end] == '#' ? 1 : text[end..].StartsWith("++") ? 2 : 0;
        }

        if (start > 0 && text[start - 1] == '.' && char.IsAsciiLetter(text[start]) && (start == 1 || char.IsWhiteSpace(text[start - 2]) || text[start - 2] is '(' or '"' or '/'))
        {
            start--;
        }

        return new(start, end);
    }

    /// <summary>Whether the word is a number, which is not taken apart: <c>3.14</c>, <c>1,000</c>.</summary>
    public static bool IsNumber(ReadOnlySpan<char> word) => !word.ContainsAnyExcept(NumberCharacters);

    /// <summary>Whether the word is a letter <c>v</c> and a number.</summary>
    public static bool IsVersion(ReadOnlySpan<char> word) => word.Length > 1 && word[0] is 'v' or 'V' && char.IsAsciiDigit(word[1]) && IsNumber(word[1..]);

    /// <summary>Whether the word is single letters with stops between them, such as <c>U.S.A</c>.</summary>
    public static bool IsAcronym(ReadOnlySpan<char> word)
    {
        for (var i = 0; i < word.Length; i++)
        {
            if (i % 2 == 0 ? !char.IsLetter(word[i]) : word[i] != '.')
            {
                return false;
            }
        }

        return word.Length > 2 && word.Length % 2 == 1;
    }

    /// <summary>The end of the part at <paramref name="start"/> that reaches to the next stop, underscore or colon.</summary>
    public static int SegmentEnd(ReadOnlySpan<char> text, int start, int end)
    {
        var length = text[start..end].IndexOfAny(Separators);
        return length < 0 ? end : start + length;
    }

    /// <summary>The end of the part at <paramref name="start"/> in camel case: before a capital after a small letter or digit, or before the last of several capitals that a word follows.</summary>
    public static int CamelEnd(ReadOnlySpan<char> text, int start, int end)
    {
        for (var i = start + 1; i < end; i++)
        {
            if (char.IsUpper(text[i]) && (!char.IsUpper(text[i - 1]) || (i + 2 < end && char.IsLower(text[i + 1]) && char.IsLower(text[i + 2]))))
            {
                return i;
            }
        }

        return end;
    }
}
