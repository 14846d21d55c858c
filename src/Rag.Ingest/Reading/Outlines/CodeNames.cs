using System.Collections.Frozen;
using System.Text.RegularExpressions;

namespace Rag.Ingest.Reading.Outlines;

/// <summary>What people call that which begins on a line: <c>class Circle</c>, <c>Area</c>, a key.</summary>
internal static partial class CodeNames
{
    private const int LongestLine = 240;

    private static readonly FrozenSet<string> _control = FrozenSet.Create(
        "if", "for", "foreach", "while", "switch", "using", "lock", "return", "with", "match", "when", "unless", "until", "await", "new", "sizeof", "assert", "throw", "try", "case", "select", "and", "or", "not", "in", "print", "raise", "yield", "defer", "go", "elif");

    /// <summary>The name, or <see langword="null"/> where the line declares nothing.</summary>
    /// <param name="line">The line.</param>
    /// <param name="isData">Whether it is one of keys and values.</param>
    /// <param name="isInFunction">Whether it stands in a function, where what has parameters is a call.</param>
    /// <param name="isFunction">Whether it begins a function.</param>
    public static string? Of(ReadOnlySpan<char> line, bool isData, bool isInFunction, out bool isFunction)
    {
        isFunction = false;
        var text = line[..Math.Min(line.Length, LongestLine)].Trim().ToString();
        if (isData)
        {
            var key = Key().Match(text);
            return text.StartsWith("- ", StringComparison.Ordinal) ? text[2..].Trim() : text.StartsWith('[') ? text.Trim('[', ']', ' ') : key.Success ? key.Groups[1].Value.Trim('"', '\'') : null;
        }

        if (Declaration().Match(text) is { Success: true } declaration)
        {
            isFunction = declaration.Groups[1].Success;
            return declaration.Value.Trim();
        }

        if (isInFunction)
        {
            return null;
        }

        var name = (Assigned().Match(text) is { Success: true } assigned ? assigned : Called().Match(text)).Groups[1].Value;
        isFunction = name.Length > 0 && !_control.Contains(name);
        return isFunction ? name : null;
    }

    // the keyword and what it declares, up to its parameters, bases or body; of a Go method the receiver as well
    [GeneratedRegex("""(?<![\w"'.])(?:(?:enum |record )?(?:class|struct)|interface|enum|record|namespace|module|mod|trait|impl|protocol|extension|object|package|message|service)\b[^({:;="']*|(?<![\w"'.])(def|fn|func|function|fun|sub|proc)\s+(?:\([^)]*\)\s*)?[\w$.?!:~]+|(?i:(?<=^create\s(?:or\sreplace\s|unique\s|temporary\s)?)(?:table|view|procedure|function|trigger|index|type|schema)\s+(?:if\s+not\s+exists\s+)?[\w.\[\]"`]+)""")]
    private static partial Regex Declaration();

    [GeneratedRegex("""([\w$]+)\s*[=:]\s*(?:async\s*)?(?:function\b|\(|\w+\s*=>)""")]
    private static partial Regex Assigned();

    [GeneratedRegex("""([\w$~]+)\s*(?:<[^>()]*>)?\s*\(""")]
    private static partial Regex Called();

    [GeneratedRegex("""^("[^"]*"|'[^']*'|[^\s:=#][^:=#]*?)\s*[:=]""")]
    private static partial Regex Key();
}
