using System.Text.RegularExpressions;
using Rag.Analysis;

namespace Rag.Citations;

/// <summary>The names of a text, as far as capitals tell.</summary>
internal static partial class Names
{
    private static readonly WordSet NoNames = new("the a an in on at by for from of to with and or but if as when while where after before since during under both it its he she they this that these those his her their there all most many some no not one two three");

    /// <summary>
    /// Words with a capital letter in places where a capital is a choice: not behind punctuation that may open a sentence, and at the start only where another name follows at once.
    /// </summary>
    public static IEnumerable<Match> In(string text) => Inside().Matches(text).Prepend(AtStart().Match(text)).Where(m => m.Success && !IsNoName(m));

    /// <summary>The words that stand in texts with a capital letter and never without, names or not.</summary>
    public static HashSet<string> AlwaysCapital(IEnumerable<string> texts)
    {
        var words = texts.SelectMany(text => AnyWord().Matches(text)).Select(m => m.Value).ToHashSet(StringComparer.Ordinal);
        words.RemoveWhere(word => !char.IsUpper(word[0]) || words.Contains(word.ToLowerInvariant()) || NoNames.Contains(word.ToLowerInvariant()));
        return words;
    }

    /// <summary>The word with which a text begins.</summary>
    public static string First(string text) => FirstWord().Match(text).Value;

    /// <summary>A name without the s of possession.</summary>
    public static string WithoutCase(string name) => name.EndsWith("'s", StringComparison.Ordinal) || name.EndsWith("’s", StringComparison.Ordinal) ? name[..^2] : name;

    /// <summary>Whether a name stands in a source as a word of its own or in another form, as French in Frenchmen; in any case.</summary>
    public static bool Stands(string name, string source) => IndexOf(name, source) >= 0 || IndexOf(name.TrimEnd('s', '\'', '’'), source) >= 0;

    /// <summary>Where a name stands first; -1 where it does not.</summary>
    public static int IndexOf(string name, string source, int from = 0)
    {
        for (var at = from; name.Length > 0 && at < source.Length && (at = source.IndexOf(name, at, StringComparison.OrdinalIgnoreCase)) >= 0; at++)
        {
            var end = at + name.Length;
            if ((at == 0 || !char.IsLetter(source[at - 1])) && (end == source.Length || !char.IsLetter(source[end]) || Ending().IsMatch(source.AsSpan(end, Math.Min(source.Length - end, MaxEnding)))))
            {
                return at;
            }
        }

        return -1;
    }

    /// <summary>Whether two words of a name stand near each other somewhere, the second within 30 characters behind the first.</summary>
    public static bool AreNear(string first, string second, string text) => Places(first, text).Any(end => IndexOf(second, text[end..Math.Min(text.Length, end + MaxBetween)]) >= 0);

    /// <summary>Whether right behind a word another capital word stands than the one given.</summary>
    public static bool HasAnotherBehind(string word, string other, string text) =>
        Places(word, text).Any(end => CapitalBehind().Match(text[end..Math.Min(text.Length, end + MaxBetween)]) is { Success: true } m && !Stands(other, m.Value));

    /// <summary>Whether right before a word another capital word stands than the one given.</summary>
    public static bool HasAnotherBefore(string word, string other, string text) =>
        Places(word, text).Select(end => end - word.Length).Any(start => CapitalBefore().Match(text[Math.Max(0, start - MaxBetween)..start]) is { Success: true } m
            && !Stands(other, m.Value) && !NoNames.Contains(m.Groups["name"].Value.ToLowerInvariant()));

    private static IEnumerable<int> Places(string word, string text)
    {
        for (var at = IndexOf(word, text); at >= 0; at = IndexOf(word, text, at + 1))
        {
            yield return at + word.Length;
        }
    }

    private const int MaxEnding = 6;
    private const int MaxBetween = 30;

    private static bool IsNoName(Match match) => match.Index < 2 && NoNames.Contains(match.Value.ToLowerInvariant());

    [GeneratedRegex(@"(?<![.!?:*_`""“(\[-] )(?<!^)\b\p{Lu}[\p{L}’'-]*\p{L}\b")]
    private static partial Regex Inside();

    [GeneratedRegex(@"^\p{Lu}[\p{L}’'-]*\p{L}(?= \p{Lu})")]
    private static partial Regex AtStart();

    [GeneratedRegex(@"^\p{Lu}[\p{L}’'-]*\p{L}\b")]
    private static partial Regex FirstWord();

    [GeneratedRegex(@"\b\p{L}[\p{L}’'-]*\p{L}\b")]
    private static partial Regex AnyWord();

    [GeneratedRegex(@"^(?:[’']s)?[ -]\p{Lu}\p{L}+")]
    private static partial Regex CapitalBehind();

    [GeneratedRegex(@"(?<name>\p{Lu}\p{L}+)(?: ?[’']s)?(?: |-| -- )$")]
    private static partial Regex CapitalBefore();

    // French stands in Frenchmen and Alder in Alders, but Al not in Alder
    [GeneratedRegex(@"^(?:s|es|n|an|ian|ish|man|men|er|ers)(?!\p{L})")]
    private static partial Regex Ending();
}
