using System.Text.RegularExpressions;

namespace Rag.Generation.Extractive;

/// <summary>Whether a sentence measures what a question asks to be measured: money, a share, a year, a duration or a distance. English patterns.</summary>
internal static partial class Measurements
{
    private static readonly (Regex Asked, Regex Given)[] Kinds =
    [
        (AsksMoney(), Money()),
        (AsksShare(), Share()),
        (AsksYear(), Year()),
        (AsksDuration(), Duration()),
        (AsksSize(), Size()),
    ];

    /// <summary>Whether the sentence holds the measure that the question asks for, and the question does not hold it itself.</summary>
    public static bool Given(string question, string sentence) =>
        Kinds.Where(kind => kind.Asked.IsMatch(question)).Take(1).Any(kind => kind.Given.Matches(sentence).Any(m => !question.Contains(m.Value, StringComparison.OrdinalIgnoreCase)));

    [GeneratedRegex(@"\bhow much (?:money|did|does|do|was|were|is|are)\b|\b(?:cost|price|worth|paid|salary)\b", RegexOptions.IgnoreCase)]
    private static partial Regex AsksMoney();

    [GeneratedRegex(@"[$£€¥]|\b(?:dollars?|pounds?|euros?|cents?|francs?|million|billion|free)\b", RegexOptions.IgnoreCase)]
    private static partial Regex Money();

    [GeneratedRegex(@"\b(?:percentage|percent|proportion|share|fraction)\b", RegexOptions.IgnoreCase)]
    private static partial Regex AsksShare();

    [GeneratedRegex(@"%|\b(?:per ?cent|half|third|quarter|majority)\b", RegexOptions.IgnoreCase)]
    private static partial Regex Share();

    [GeneratedRegex(@"\b(?:what|which) year\b|^when (?:did|was|were)\b", RegexOptions.IgnoreCase)]
    private static partial Regex AsksYear();

    [GeneratedRegex(@"\b(?:1\d{3}|20\d\d|\d{3})\b")]
    private static partial Regex Year();

    [GeneratedRegex(@"\bhow (?:long|old)\b", RegexOptions.IgnoreCase)]
    private static partial Regex AsksDuration();

    [GeneratedRegex(@"\b(?:years?|months?|weeks?|days?|hours?|minutes?|seconds?|centur(?:y|ies)|decades?)\b", RegexOptions.IgnoreCase)]
    private static partial Regex Duration();

    [GeneratedRegex(@"\bhow (?:far|tall|high|deep|wide|big|large|heavy)\b|\b(?:distance|length|height|area|size|depth|width|weight)\b", RegexOptions.IgnoreCase)]
    private static partial Regex AsksSize();

    [GeneratedRegex(@"\b(?:km|mi|m|cm|mm|ft|kg|lb|met(?:er|re)s?|kilomet(?:er|re)s?|miles?|feet|foot|acres?|hectares?|inches|tons?|tonnes?|square)\b", RegexOptions.IgnoreCase)]
    private static partial Regex Size();
}
