using System.Text.RegularExpressions;

namespace Rag.Evaluation.Texts;

/// <summary>Answers compared as SQuAD's official script compares them (Rajpurkar et al., "SQuAD: 100,000+ Questions for Machine Comprehension of Text", EMNLP 2016).</summary>
public static partial class SquadAnswer
{
    /// <summary>Lower case, without ASCII punctuation and without the words a, an and the, single blanks between words.</summary>
    public static string Normalize(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var words = string.Concat(text.ToLowerInvariant().Where(c => !(char.IsAscii(c) && (char.IsPunctuation(c) || char.IsSymbol(c)))));
        return string.Join(' ', Words(Articles().Replace(words, " ")));
    }

    /// <summary>1 where both texts are equal once normalised, else 0.</summary>
    public static double ExactMatch(string prediction, string gold) => Normalize(prediction) == Normalize(gold) ? 1 : 0;

    /// <summary>Harmonic mean of the shares of words that the texts have in common, each as often as in both; where one has no words, 1 if the other has none either, else 0.</summary>
    public static double F1(string prediction, string gold)
    {
        var (said, wanted) = (Words(Normalize(prediction)), Words(Normalize(gold)));
        if (said.Length == 0 || wanted.Length == 0)
        {
            return said.Length == wanted.Length ? 1 : 0;
        }

        var common = said.CountBy(w => w).Join(wanted.CountBy(w => w), s => s.Key, w => w.Key, (s, w) => Math.Min(s.Value, w.Value)).Sum();
        return 2.0 * common / (said.Length + wanted.Length);
    }

    /// <summary>Whether a text holds a right answer: as whole words once both are normalised, or letter by letter, as an answer cut out of a word does. Scripts without blanks are compared letter by letter.</summary>
    public static bool Holds(string text, string gold)
    {
        ArgumentNullException.ThrowIfNull(text);
        ArgumentNullException.ThrowIfNull(gold);
        return gold.Length > 0 && (text.Contains(gold, StringComparison.Ordinal)
            || (Normalize(gold) is { Length: > 0 } words && $" {Normalize(text)} ".Contains($" {words} ", StringComparison.Ordinal)));
    }

    private static string[] Words(string text) => text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);

    [GeneratedRegex(@"\b(a|an|the)\b", RegexOptions.CultureInvariant)]
    private static partial Regex Articles();
}
