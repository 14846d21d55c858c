using System.Text.RegularExpressions;

namespace Rag.Evaluation.Axes;

/// <summary>Toxicity by a list of words, which finds what is said openly and nothing else. Safe for concurrent use.</summary>
/// <param name="words">The words; an empty list finds nothing.</param>
public sealed class WordList(IReadOnlyCollection<string> words)
{
    private readonly Regex? _any = words.Count == 0 ? null : new($@"(?<!\w)(?:{string.Join('|', words.Select(Regex.Escape))})(?!\w)", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant);

    /// <summary>Common English insults, threats and profanities, about eighty: what no answer from documents should say. It misses much, and quotes of such words count.</summary>
    public static WordList English { get; } = new([.. Prompt.Read("toxic-words", typeof(WordList).Assembly).Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)]);

    /// <summary>Whether a text holds one of the words as a whole word, case aside.</summary>
    /// <param name="text">The text.</param>
    public bool IsIn(string text) => _any?.IsMatch(text) ?? false;
}
