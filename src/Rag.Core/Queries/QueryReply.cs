using System.Text.RegularExpressions;

namespace Rag.Queries;

/// <summary>Reads queries from what a model wrote, which may be anything.</summary>
internal static partial class QueryReply
{
    // In UTF-16 code units. A longer line is no query; a longer passage has said what it can.
    private const int MaxQueryLength = 500;
    private const int MaxPassageLength = 2_000;

    /// <summary>Each line that may be a query, once, without bullet, number, emphasis and quotation marks.</summary>
    public static IEnumerable<string> Lines(string reply) => reply.Split('\n')
        .Select(line => Prompt.OnOneLine(Marker().Replace(line, "")).Trim('"', '“', '”', '`', '*', '_', ' '))
        .Where(line => line.Length <= MaxQueryLength && HasWord(line) && !line.EndsWith(':'))
        .Distinct(StringComparer.OrdinalIgnoreCase);

    /// <summary>All of it as one text, or nothing where it holds no word.</summary>
    public static IEnumerable<string> Passage(string reply) => HasWord(reply) ? [Prompt.Shorten(Prompt.OnOneLine(reply), MaxPassageLength)] : [];

    private static bool HasWord(string text) => text.Any(char.IsLetterOrDigit);

    [GeneratedRegex(@"^\s*(?:[-*•>#]+\s+|```.*|\(?\d{1,2}[.):]\s+)+")]
    private static partial Regex Marker();
}
