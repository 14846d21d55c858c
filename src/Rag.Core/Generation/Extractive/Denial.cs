using System.Text.RegularExpressions;

namespace Rag.Generation.Extractive;

/// <summary>Whether a text denies, also by words such as "unable" or "except".</summary>
internal static partial class Denial
{
    public static bool In(string text) => Word().IsMatch(text);

    [GeneratedRegex(@"\b(?:not|no|never|none|nobody|nothing|neither|nor|without|cannot|fail(?:s|ed)?|refus(?:e|es|ed)|except|other than|lack(?:s|ed)?|un(?!i|der|til|cle)[a-z]{4,}|non-\w+|kein\w*|nicht|nie|ohne|sin|nunca|jamais|sans|pas)\b|n['’]t\b|不|没有|ない|ません", RegexOptions.IgnoreCase)]
    private static partial Regex Word();
}
