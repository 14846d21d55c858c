using System.Text.RegularExpressions;

namespace Rag.Citations;

/// <summary>The parts of a sentence that a source must hold exactly: numbers and names; and whether it denies.</summary>
internal static partial class Facts
{
    /// <summary>Numbers without their thousands commas; the number of a list item (<c>2.</c>, <c>3)</c>) is none.</summary>
    public static IEnumerable<string> Numbers(string text)
    {
        var item = ListNumber().Match(text).Length;
        return Number().Matches(text, item).Select(m => Plain(m.Value));
    }

    /// <summary>Words with a capital letter in places where a capital is a choice: not at the start, nor behind punctuation that may open a sentence.</summary>
    public static IEnumerable<string> Names(string text) => Name().Matches(text).Select(m => m.Value);

    /// <summary>Whether each of the sentence's numbers and names stands in the source; names in any case, a final s or apostrophe aside.</summary>
    public static bool Agree(string sentence, string source, string? language)
    {
        var numbers = new HashSet<string>(Number().Matches(source).Select(m => Plain(m.Value)), StringComparer.Ordinal);
        // German writes every noun with a capital, so there a capital says nothing.
        return Numbers(sentence).All(numbers.Contains) && (language == "de" || Names(sentence).All(name => Stands(name, source)));
    }

    /// <summary>Whether the text holds a word of denial.</summary>
    public static bool Denies(string text) => Denial().IsMatch(text);

    private static bool Stands(string name, string source) =>
        source.Contains(name, StringComparison.OrdinalIgnoreCase) || source.Contains(name.TrimEnd('s', '\'', '’'), StringComparison.OrdinalIgnoreCase);

    private static string Plain(string number) => number.Replace(",", "", StringComparison.Ordinal);

    [GeneratedRegex(@"\d+(?:[.,]\d+)*")]
    private static partial Regex Number();

    [GeneratedRegex(@"^\s*\d+[.)]\s")]
    private static partial Regex ListNumber();

    [GeneratedRegex(@"(?<![.!?:*_`""“(\[-] )(?<!^)\b\p{Lu}[\p{L}’'-]*\p{L}\b")]
    private static partial Regex Name();

    [GeneratedRegex(@"\b(?:not|no|never|none|nobody|nothing|neither|nor|without|cannot|kein|keine|nicht|nie|sin|nunca|jamais|sans|pas)\b|n['’]t\b", RegexOptions.IgnoreCase)]
    private static partial Regex Denial();
}
