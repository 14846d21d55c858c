using System.Buffers;
using System.Globalization;

namespace Rag.Analysis;

/// <summary>The number or letter that a list item begins with, such as <c>2.</c>, <c>b)</c>, <c>(iv)</c> or <c>3.)</c>.</summary>
/// <param name="Value">The number, or the letter's code.</param>
/// <param name="IsLetter">Whether it is a single lower-case letter.</param>
/// <param name="Length">Length of the marker, without the blank after it.</param>
/// <param name="ValueLength">Length of the number or letter in it.</param>
/// <param name="IsOpened">Whether it begins with a parenthesis.</param>
internal readonly record struct ListMarker(int Value, bool IsLetter, int Length, int ValueLength, bool IsOpened)
{
    private static readonly SearchValues<char> Roman = SearchValues.Create("ivxIVX");

    /// <summary>Reads the marker at <paramref name="i"/>; a blank or the end of the text stands after it.</summary>
    public static bool TryRead(ReadOnlySpan<char> text, int i, out ListMarker marker)
    {
        marker = default;
        var isOpened = i < text.Length && text[i] == '(';
        var from = isOpened ? i + 1 : i;
        var to = from;
        while (to < text.Length && to - from < 4 && char.IsAsciiLetterOrDigit(text[to]))
        {
            to++;
        }

        var value = text[from..to];
        var end = to;
        while (end < text.Length && end - to < 2 && text[end] is '.' or ')' or '）')
        {
            end++;
        }

        var hasParenthesis = end > to && text[end - 1] is ')' or '）';
        if (end == to || (isOpened && !hasParenthesis) || (end < text.Length && !char.IsWhiteSpace(text[end]) && text[end] < '\u3000'))
        {
            return false;
        }

        var isNumber = value.Length is > 0 and < 4 && !value.ContainsAnyExceptInRange('0', '9');
        var isLetter = value.Length == 1 && char.IsAsciiLetterLower(value[0]);
        if (!isNumber && !isLetter && !(hasParenthesis && IsUpperOrRoman(value)))
        {
            return false;
        }

        marker = new(isNumber ? int.Parse(value, CultureInfo.InvariantCulture) : value[0], isLetter, end - i, value.Length, isOpened);
        return true;
    }

    /// <summary>Whether a list item, table row, quoted line or heading begins at <paramref name="i"/>.</summary>
    public static bool BeginsLine(ReadOnlySpan<char> text, int i)
    {
        var c = text[i];
        return c is '|' or '•' or '⁃' or '‣' or '●' or '◦' or '▪' or '※' or (>= '\u2460' and <= '\u2473')
            || (c is '-' or '*' or '+' or '#' or '>' or '–' or '—' or '·' && i + 1 < text.Length && text[i + 1] is ' ' or '\t' or '#')
            || TryRead(text, i, out _);
    }

    /// <summary>
    /// The end of a sentence that reaches from <paramref name="start"/> to <paramref name="end"/>: if it begins with a marker and the next
    /// marker of the same list follows inside it, the item ends there.
    /// </summary>
    public static int EndOfItem(ReadOnlySpan<char> text, int start, int end)
    {
        if (!TryRead(text, start, out var marker) || (!marker.IsLetter && !char.IsAsciiDigit(text[start + (marker.IsOpened ? 1 : 0)])))
        {
            return end;
        }

        Span<char> following = stackalloc char[8];
        following[0] = ' ';
        following[1] = '(';
        var length = marker.IsOpened ? 2 : 1;
        if (marker.IsLetter)
        {
            following[length++] = (char)(marker.Value + 1);
        }
        else
        {
            (marker.Value + 1).TryFormat(following[length..], out var digits, default, CultureInfo.InvariantCulture);
            length += digits;
        }

        var punctuation = text.Slice(start + (marker.IsOpened ? 1 : 0) + marker.ValueLength, marker.Length - marker.ValueLength - (marker.IsOpened ? 1 : 0));
        punctuation.CopyTo(following[length..]);
        var found = text[(start + marker.Length)..end].IndexOf(following[..(length + punctuation.Length)]);
        return found < 0 ? end : start + marker.Length + found + 1;
    }

    private static bool IsUpperOrRoman(ReadOnlySpan<char> value) =>
        (value.Length == 1 && char.IsAsciiLetterUpper(value[0])) || (!value.IsEmpty && !value.ContainsAnyExcept(Roman));
}
