using System.Text;

namespace Rag.Evaluation.Texts;

/// <summary>
/// chrF (Popović, "chrF: character n-gram F-score for automatic MT evaluation", WMT 2015) as sacreBLEU computes it by default: sequences of one to six characters (code points) without white space, recall counting
/// twice as much as precision, lengths left out for which text or reference has no sequence. 0 to 100.
/// </summary>
public static class ChrF
{
    private const int MaxLength = 6;
    private const double Beta = 2;

    /// <summary>chrF of all texts together, one reference each.</summary>
    /// <exception cref="ArgumentException">The lists differ in length.</exception>
    public static double Corpus(IReadOnlyList<string> candidates, IReadOnlyList<string> references) => Corpus(candidates, references, Beta, keepsWhiteSpace: false);

    /// <summary>chrF of one text.</summary>
    public static double Sentence(string candidate, string reference) => Corpus([candidate], [reference]);

    internal static double Corpus(IReadOnlyList<string> candidates, IReadOnlyList<string> references, double beta, bool keepsWhiteSpace)
    {
        ArgumentNullException.ThrowIfNull(candidates);
        ArgumentNullException.ThrowIfNull(references);
        ArgumentOutOfRangeException.ThrowIfNotEqual(references.Count, candidates.Count, nameof(references));
        var (precision, recall, lengths) = (0.0, 0.0, 0);
        string[][] said = [.. candidates.Select(c => Characters(c, keepsWhiteSpace))];
        string[][] wanted = [.. references.Select(r => Characters(r, keepsWhiteSpace))];
        for (var length = 1; length <= MaxLength; length++)
        {
            var (common, ours, theirs) = Counts(said, wanted, length);
            if (ours > 0 && theirs > 0)
            {
                (precision, recall, lengths) = (precision + ((double)common / ours), recall + ((double)common / theirs), lengths + 1);
            }
        }

        // Means over the lengths; their common divisor falls out of the quotient but for one.
        var weight = beta * beta;
        return precision + recall == 0 ? 0 : 100 * (1 + weight) * precision * recall / ((weight * precision) + recall) / lengths;
    }

    private static (long Common, long Ours, long Theirs) Counts(string[][] said, string[][] wanted, int length)
    {
        var (common, ours, theirs) = (0L, 0L, 0L);
        for (var i = 0; i < said.Length; i++)
        {
            var (first, second) = (NGrams.Of(said[i], length), NGrams.Of(wanted[i], length));
            common += NGrams.Common(first, second);
            ours += second.Count == 0 ? 0 : first.Values.Sum(); // what no reference can hold is not counted as wrong
            theirs += second.Values.Sum();
        }

        return (common, ours, theirs);
    }

    private static string[] Characters(string text, bool keepsWhiteSpace)
    {
        ArgumentNullException.ThrowIfNull(text);
        return [.. text.EnumerateRunes().Where(r => keepsWhiteSpace || !Rune.IsWhiteSpace(r)).Select(r => r.ToString())];
    }
}
