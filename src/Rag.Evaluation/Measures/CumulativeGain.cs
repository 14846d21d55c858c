namespace Rag.Evaluation.Measures;

/// <summary>Measures by graded gain, discounted by rank. The gain of a document is its grade where nothing else is said, and 0 without a judgement.</summary>
public static class CumulativeGain
{
    /// <summary>
    /// Discounted cumulative gain over that of the ideal list, both down to <paramref name="depth"/> (<c>ndcg</c>, <c>ndcg_cut_k</c>): the gain at rank r counts
    /// <c>1 / log2(r + 1)</c> (Jarvelin and Kekalainen, "Cumulated Gain-Based Evaluation of IR Techniques", TOIS 2002, in the form of Burges et al., 2005, that trec_eval has).
    /// </summary>
    public static double Normalized(JudgedRanking ranking, int depth = int.MaxValue, IReadOnlyDictionary<int, double>? gains = null)
    {
        var ideal = Sums(Ideal(ranking, gains));
        return Precision.Ratio(At(Sums(Gains(ranking, gains)), depth), At(ideal, depth));
    }

    /// <summary>Mean of nDCG at the rank of each relevant document; those never found count with nDCG of the whole list (<c>ndcg_rel</c> of trec_eval).</summary>
    public static double NormalizedAtRelevant(JudgedRanking ranking)
    {
        var (gains, best) = (Gains(ranking, null), Ideal(ranking, null));
        var (actual, ideal) = (Sums(gains), Sums(best));
        var found = Enumerable.Range(0, gains.Length).Where(i => gains[i] > 0).ToArray();
        var sum = found.Sum(i => actual[i + 1] / At(ideal, i + 1)) + ((best.Length - found.Length) * Precision.Ratio(actual[^1], ideal[^1]));
        return Precision.Ratio(sum, best.Length);
    }

    /// <summary>Mean of nDCG at the depths where the ideal list steps down to a lower grade, and at the end of a longer list (<c>Rndcg</c> of trec_eval).</summary>
    public static double NormalizedAtSteps(JudgedRanking ranking)
    {
        var best = Ideal(ranking, null);
        if (ranking.Relevant == 0)
        {
            return 0;
        }

        var (actual, ideal) = (Sums(Gains(ranking, null)), Sums(best));
        var steps = Enumerable.Range(1, best.Length).Where(i => i == best.Length || best[i] != best[i - 1]).Select(i => At(actual, i) / ideal[i]);
        return (ranking.Retrieved > best.Length + 1 ? steps.Append(actual[^1] / ideal[^1]) : steps).Average();
    }

    /// <summary>Gain over the logarithm of what was spent on top of it: <c>gain / log2(2 + cost - gains so far)</c>, over the sum of all gains (<c>G</c> of trec_eval). A rank costs what the ideal list gains there, at least 1.</summary>
    public static double ByCost(JudgedRanking ranking)
    {
        var best = Ideal(ranking, null);
        var (sum, cost, gained) = (0.0, 0.0, 0.0);
        foreach (var (i, gain) in Gains(ranking, null).Index())
        {
            gained += gain;
            cost += i < best.Length ? Math.Max(best[i], 1) : 1;
            sum += gain == 0 ? 0 : gain / Math.Log2(2 + cost - gained);
        }

        return Precision.Ratio(sum, best.Sum());
    }

    /// <summary>
    /// Gain that a reader expects who goes on to the next rank with probability <paramref name="persistence"/> (<c>rbp</c>; Moffat and Zobel, "Rank-Biased
    /// Precision for Measurement of Retrieval Effectiveness", TOIS 2008). Where grades go beyond 1 they are divided by the highest.
    /// </summary>
    public static double RankBiased(JudgedRanking ranking, double persistence = 0.9)
    {
        var highest = ranking.Judged is [> 1, ..] ? ranking.Judged[0] : 1;
        return (1 - persistence) * ranking.Grades.Select((g, i) => Math.Max(g, 0) / (double)highest * Math.Pow(persistence, i)).Sum();
    }

    /// <summary>How much <see cref="RankBiased"/> could still grow if all that was not judged were relevant (<c>rbp_resid</c>); 0 where everything in the list was judged, as trec_eval has it.</summary>
    public static double RankBiasedResidual(JudgedRanking ranking, double persistence = 0.9) => ranking.Grades.All(g => g >= 0)
        ? 0
        : Math.Pow(persistence, ranking.Retrieved) + ((1 - persistence) * ranking.Grades.Select((g, i) => g < 0 ? Math.Pow(persistence, i) : 0).Sum());

    private static double[] Gains(JudgedRanking ranking, IReadOnlyDictionary<int, double>? gains) => [.. ranking.Grades.Select(g => Gain(g, gains))];

    private static double[] Ideal(JudgedRanking ranking, IReadOnlyDictionary<int, double>? gains) =>
        [.. ranking.Judged.Select(g => Gain(g, gains)).Where(g => g > 0).OrderDescending()];

    private static double Gain(int grade, IReadOnlyDictionary<int, double>? gains) =>
        gains is not null && gains.TryGetValue(grade, out var gain) ? gain : Math.Max(grade, 0);

    // Entry i is the discounted gain of the first i documents.
    private static double[] Sums(double[] gains)
    {
        var sums = new double[gains.Length + 1];
        for (var i = 0; i < gains.Length; i++)
        {
            sums[i + 1] = sums[i] + (gains[i] / Math.Log2(i + 2));
        }

        return sums;
    }

    private static double At(double[] sums, int depth) => sums[Math.Min(depth, sums.Length - 1)];
}
