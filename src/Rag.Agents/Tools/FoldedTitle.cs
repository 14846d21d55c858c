using Rag.Analysis;

namespace Rag.Agents.Tools;

/// <summary>Titles as people write them from memory: without regard to case, accents, blanks and punctuation.</summary>
internal static class FoldedTitle
{
    /// <summary>Whether both have the same letters and digits, and any.</summary>
    public static bool AreEqual(string left, string right) => Letters(left) is { Length: > 0 } letters && letters == Letters(right);

    /// <summary>Whether a text has the whole title in it, word for word; what stands in parentheses at the title's end, as in <c>Mercury (planet)</c>, aside.</summary>
    public static bool IsNamedIn(string title, string text)
    {
        var parenthesis = title.EndsWith(')') ? title.LastIndexOf(" (", StringComparison.Ordinal) : -1;
        return Words(parenthesis > 0 ? title[..parenthesis] : title) is { Length: > 2 } words && Words(text).Contains(words, StringComparison.Ordinal);
    }

    private static string Letters(string title) => Fold(string.Concat(title.Where(char.IsLetterOrDigit)));

    private static string Words(string text) => $" {Prompt.OnOneLine(Fold(string.Concat(text.Select(c => char.IsLetterOrDigit(c) ? c : ' '))))} ";

    private static string Fold(string text)
    {
        var buffer = new char[2 * text.Length];
        text.ToLowerInvariant().CopyTo(buffer);
        return new(buffer, 0, LetterFolding.FoldAccents(buffer, text.Length, keep: ""));
    }
}
