using System.Text.RegularExpressions;

namespace Rag.Evaluation.Perturbations;

/// <summary>Puts words in place of others, whole words only, capitals kept.</summary>
internal sealed class WordSwap
{
    private readonly Dictionary<string, string> _words;

    private readonly Regex _any;

    /// <param name="pairs">Pairs <c>from=to</c>, separated by semicolons or line breaks; either side may be of several words. The longest match counts, the first pair of a word too.</param>
    /// <param name="both">Whether the second word of a pair becomes the first likewise.</param>
    public WordSwap(string pairs, bool both = false)
    {
        var read = pairs.Split([';', '\n'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Select(p => p.Split('=')).ToList();
        _words = read.Concat(both ? read.Select(p => new[] { p[1], p[0] }) : []).DistinctBy(p => p[0], StringComparer.OrdinalIgnoreCase).ToDictionary(p => p[0], p => p[1], StringComparer.OrdinalIgnoreCase);
        _any = new($@"(?<![\w'’])(?:{string.Join('|', _words.Keys.OrderByDescending(w => w.Length).ThenBy(w => w, StringComparer.Ordinal).Select(Regex.Escape))})(?![\w'’])", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant);
    }

    /// <summary>Every word that is replaced.</summary>
    public IEnumerable<string> Words => _words.Keys;

    /// <summary>The text with its words swapped.</summary>
    public string Of(string text) => _any.Replace(text, match => Cased(match.Value, _words[match.Value]));

    private static string Cased(string like, string word) =>
        like.Length > 1 && like.All(c => !char.IsLower(c)) ? word.ToUpperInvariant() : char.IsUpper(like[0]) ? char.ToUpperInvariant(word[0]) + word[1..] : word;
}
