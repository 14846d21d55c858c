using System.Text.RegularExpressions;

namespace Rag.Ingest.Reading.Markup;

/// <summary>Takes the markup out of a paragraph of reStructuredText.</summary>
internal static partial class RstInlines
{
    public static string Plain(string text) => text.AsSpan().IndexOfAny("`*_|\\") < 0 ? text : Markup().Replace(text, Replacement);

    private static string Replacement(Match match)
    {
        if (match.Groups["code"].Success)
        {
            return match.Groups["code"].Value;
        }

        if (match.Groups["role"].Success)
        {
            var role = match.Groups["role"].Value;
            if (Target().Match(role) is { Success: true } named)
            {
                return named.Groups[1].Value;
            }

            return role.StartsWith('~') ? role[(role.LastIndexOf('.') + 1)..].TrimStart('~') : role.TrimStart('!');
        }

        return match.Groups["text"].Success ? match.Groups["text"].Value : match.Groups["escaped"].Value.Trim();
    }

    // ``code``, :role:`text <target>`, `text <target>`_, **strong**, *emphasis*, |substitution|, [1]_, word_, \*
    [GeneratedRegex(@"``(?<code>.+?)``|(?:(?<![\w:]):[\w:.+-]+:)?`(?<role>[^`]+)`(?::[\w:.+-]+:)?_{0,2}|(?<![\w*])\*\*(?=\S)(?<text>[^*]+)\*\*|(?<![\w*])\*(?=\S)(?<text>[^*]+)\*(?![\w*])|(?<!\w)\|(?=\S)(?<text>[^|\n]+)\|_{0,2}|[ ]?\[[\w#*.-]+\]_|(?<!\w)(?<text>[A-Za-z0-9](?:[\w.-]*[A-Za-z0-9])?)__?(?!\w)|\\(?<escaped>.)", RegexOptions.Singleline | RegexOptions.ExplicitCapture)]
    private static partial Regex Markup();

    [GeneratedRegex(@"^(.+?)\s*<[^<>]+>$", RegexOptions.Singleline)]
    private static partial Regex Target();
}
