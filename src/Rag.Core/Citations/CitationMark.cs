using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace Rag.Citations;

/// <summary>A bracket of passage numbers in an answer: <c>[1]</c>, <c>[1, 2]</c> or <c>[1; 2]</c>; <c>[1][2]</c> is two marks, <c>[[1]]</c> one.</summary>
/// <param name="Span">Where it stands, brackets included.</param>
/// <param name="Numbers">The numbers in it as written; 0 for one that is not a passage number, such as a number beyond 32 bits.</param>
public sealed partial record CitationMark(TextSpan Span, IReadOnlyList<int> Numbers)
{
    /// <summary>Every mark in <paramref name="text"/>, in order. Brackets that hold anything but numbers are no marks.</summary>
    public static IReadOnlyList<CitationMark> Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return [.. Bracket().Matches(text).Select(m => new CitationMark(new(m.Index, m.Index + m.Length), [.. m.Groups["n"].Captures.Select(c => Number(c.Value))]))];
    }

    /// <summary>A text without its marks and the blanks before them.</summary>
    public static string Remove(string text)
    {
        var plain = new StringBuilder();
        var from = 0;
        foreach (var mark in Parse(text))
        {
            plain.Append(text.AsSpan(from, mark.Span.Start - from).TrimEnd());
            from = mark.Span.End;
        }

        return plain.Append(text, from, text.Length - from).ToString();
    }

    private static int Number(string digits) => int.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : 0;

    [GeneratedRegex(@"(?:(?<outer>\[)(?=\[))?\[\s*(?<n>\d+)(?:\s*[,;]\s*(?<n>\d+))*\s*\](?(outer)\])")]
    private static partial Regex Bracket();
}
