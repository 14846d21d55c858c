namespace Rag.Evaluation.Texts;

/// <summary>
/// BLEU (Papineni et al., "BLEU: a Method for Automatic Evaluation of Machine Translation", ACL 2002) as sacreBLEU computes it by default (Post, "A Call for Clarity in Reporting BLEU Scores", WMT 2018):
/// sequences of up to four tokens, tokens of mteval-v13a, case counts, exponential smoothing. 0 to 100.
/// </summary>
public static class Bleu
{
    private const int MaxLength = 4;

    /// <summary>BLEU of all texts together.</summary>
    /// <param name="candidates">The texts.</param>
    /// <param name="references">Of each text the references, at least one.</param>
    /// <exception cref="ArgumentException">The lists differ in length.</exception>
    public static double Corpus(IReadOnlyList<string> candidates, IReadOnlyList<IReadOnlyList<string>> references) =>
        Counts(candidates, references, MtevalTokens.Of, MaxLength).Score(effectiveOrder: false);

    /// <summary>BLEU of one text; lengths of sequences that it is too short for do not count.</summary>
    /// <param name="candidate">The text.</param>
    /// <param name="references">Its references, at least one.</param>
    public static double Sentence(string candidate, params IReadOnlyList<string> references) =>
        Counts([candidate], [references], MtevalTokens.Of, MaxLength).Score(effectiveOrder: true);

    internal static BleuCounts Counts(IReadOnlyList<string> candidates, IReadOnlyList<IReadOnlyList<string>> references, Func<string, string[]> tokenize, int maxLength)
    {
        ArgumentNullException.ThrowIfNull(candidates);
        ArgumentNullException.ThrowIfNull(references);
        ArgumentOutOfRangeException.ThrowIfNotEqual(references.Count, candidates.Count, nameof(references));
        var sum = new BleuCounts(new long[maxLength], new long[maxLength], 0, 0);
        for (var i = 0; i < candidates.Count; i++)
        {
            sum = Add(sum, tokenize(candidates[i]), [.. references[i].Select(tokenize)]);
        }

        return sum;
    }

    private static BleuCounts Add(BleuCounts sum, string[] said, string[][] references)
    {
        for (var length = 1; length <= sum.Totals.Length; length++)
        {
            var ours = NGrams.Of(said, length);
            Dictionary<string, int> most = new(StringComparer.Ordinal); // of any one reference
            foreach (var (sequence, count) in references.SelectMany(r => NGrams.Of(r, length)))
            {
                most[sequence] = Math.Max(count, most.GetValueOrDefault(sequence));
            }

            sum.Matches[length - 1] += NGrams.Common(ours, most);
            sum.Totals[length - 1] += Math.Max(0, said.Length - length + 1);
        }

        return sum with
        {
            CandidateLength = sum.CandidateLength + said.Length,
            ReferenceLength = sum.ReferenceLength + references.Select(r => r.Length).OrderBy(l => Math.Abs(l - said.Length)).ThenBy(l => l).First(),
        };
    }
}

/// <summary>What BLEU is computed from.</summary>
/// <param name="Matches">By length of sequence from 1, how many are in a reference.</param>
/// <param name="Totals">By length of sequence from 1, how many there are.</param>
/// <param name="CandidateLength">Tokens of the texts.</param>
/// <param name="ReferenceLength">Tokens of the references nearest in length; of two, the shorter one.</param>
internal sealed record BleuCounts(long[] Matches, long[] Totals, long CandidateLength, long ReferenceLength)
{
    /// <summary>Geometric mean of the precisions, less where the texts are shorter than their references.</summary>
    /// <param name="effectiveOrder">Whether lengths for which there is no sequence are left out; else they make the score 0.</param>
    public double Score(bool effectiveOrder)
    {
        if (Array.TrueForAll(Matches, m => m == 0))
        {
            return 0;
        }

        var (logarithms, smoothing, order) = (0.0, 1.0, 0);
        for (; order < Totals.Length && Totals[order] > 0; order++)
        {
            // Exponential smoothing: the first length without a match counts half a match, the next a quarter.
            smoothing *= Matches[order] == 0 ? 2 : 1;
            logarithms += Math.Log((Matches[order] == 0 ? 1 / smoothing : Matches[order]) / Totals[order]);
        }

        var brevity = CandidateLength < ReferenceLength ? Math.Exp(1 - ((double)ReferenceLength / CandidateLength)) : 1;
        return order < Totals.Length && !effectiveOrder ? 0 : 100 * brevity * Math.Exp(logarithms / order);
    }
}
