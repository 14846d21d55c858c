using System.Text.RegularExpressions;

namespace Rag.Evaluation.Axes;

/// <summary>Toxicity by a list of words, which finds what is said openly and nothing else.</summary>
public static class WordShare
{
    /// <summary>Share of texts that hold one of some words as a whole word, case aside, 0 to 1; 0 without texts or words.</summary>
    public static double Of(IReadOnlyCollection<string> texts, IReadOnlyCollection<string> words)
    {
        ArgumentNullException.ThrowIfNull(texts);
        ArgumentNullException.ThrowIfNull(words);
        if (words.Count == 0)
        {
            return 0;
        }

        var any = new Regex($@"(?<!\w)(?:{string.Join('|', words.Select(Regex.Escape))})(?!\w)", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant);
        return texts.Select(t => any.IsMatch(t) ? 1.0 : 0).DefaultIfEmpty(0).Average();
    }
}
