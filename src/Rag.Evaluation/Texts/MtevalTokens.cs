using System.Text.RegularExpressions;

namespace Rag.Evaluation.Texts;

/// <summary>The tokens of NIST's mteval-v13a, which sacreBLEU calls <c>13a</c>: ASCII punctuation stands alone, but for periods and commas between digits, apostrophes, and hyphens not behind a digit.</summary>
internal static partial class MtevalTokens
{
    public static string[] Of(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var line = text.Replace("<skipped>", "", StringComparison.Ordinal).Replace("-\n", "", StringComparison.Ordinal).Replace('\n', ' ')
            .Replace("&quot;", "\"", StringComparison.Ordinal).Replace("&amp;", "&", StringComparison.Ordinal).Replace("&lt;", "<", StringComparison.Ordinal).Replace("&gt;", ">", StringComparison.Ordinal);
        line = Punctuation().Replace($" {line} ", " $1 ");
        line = BehindOther().Replace(line, "$1 $2 ");
        line = BeforeOther().Replace(line, " $1 $2");
        return DashBehindDigit().Replace(line, "$1 $2 ").Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
    }

    [GeneratedRegex(@"([\{-\~\[-\` -\&\(-\+\:-\@\/])")]
    private static partial Regex Punctuation();

    [GeneratedRegex(@"([^0-9])([\.,])")]
    private static partial Regex BehindOther();

    [GeneratedRegex(@"([\.,])([^0-9])")]
    private static partial Regex BeforeOther();

    [GeneratedRegex("([0-9])(-)")]
    private static partial Regex DashBehindDigit();
}
