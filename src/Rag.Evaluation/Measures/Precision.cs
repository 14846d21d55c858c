namespace Rag.Evaluation.Measures;

/// <summary>Measures that count relevant documents down to a depth. Definitions are trec_eval's; Buckley and Voorhees, "Retrieval System Evaluation", in "TREC: Experiment and Evaluation in Information Retrieval", 2005.</summary>
public static class Precision
{
    /// <summary>Share of relevant documents among the first <paramref name="depth"/> (<c>P_k</c>); a shorter list is filled up with others.</summary>
    public static double At(JudgedRanking ranking, int depth) => ranking.RelevantIn(depth) / (double)depth;

    /// <summary>Share of the relevant documents that are among the first <paramref name="depth"/> (<c>recall_k</c>).</summary>
    public static double RecallAt(JudgedRanking ranking, int depth) => Ratio(ranking.RelevantIn(depth), ranking.Relevant);

    /// <summary>1 where a relevant document is among the first <paramref name="depth"/>, else 0 (<c>success_k</c>).</summary>
    public static double SuccessAt(JudgedRanking ranking, int depth) => ranking.RelevantIn(depth) > 0 ? 1 : 0;

    /// <summary>Precision at a depth over the best that there can be (<c>relative_P_k</c>): the divisor is the number of relevant documents where that is less than <paramref name="depth"/>.</summary>
    public static double RelativeAt(JudgedRanking ranking, int depth) => Ratio(ranking.RelevantIn(depth), Math.Min(depth, ranking.Relevant));

    /// <summary>Share of documents without judgement among the first <paramref name="depth"/> (<c>unj_k</c>).</summary>
    public static double UnjudgedAt(JudgedRanking ranking, int depth) => ranking.Grades.Take(depth).Count(g => g < 0) / (double)depth;

    /// <summary>Precision after as many documents as there are relevant ones (<c>Rprec</c>).</summary>
    public static double AtRelevant(JudgedRanking ranking) => Ratio(ranking.RelevantIn(ranking.Relevant), ranking.Relevant);

    /// <summary>Precision after a multiple of the number of relevant documents (<c>Rprec_mult_x</c>), the depth rounded up from a tenth on.</summary>
    public static double AtMultipleOfRelevant(JudgedRanking ranking, double factor)
    {
        var depth = (int)Math.Min((factor * ranking.Relevant) + 0.9, int.MaxValue);
        return Ratio(ranking.RelevantIn(depth), depth);
    }

    /// <summary>One over the rank of the first relevant document, or 0 where there is none among the first <paramref name="depth"/> (<c>recip_rank</c>; Voorhees, "The TREC-8 Question Answering Track Report", 1999).</summary>
    public static double ReciprocalRank(JudgedRanking ranking, int depth = int.MaxValue)
    {
        for (var i = 0; i < Math.Min(depth, ranking.Retrieved); i++)
        {
            if (ranking.IsRelevantAt(i))
            {
                return 1.0 / (i + 1);
            }
        }

        return 0;
    }

    /// <summary>The best precision at any depth that reaches a share of the relevant documents (<c>iprec_at_recall_x</c>); 0 where none does. The share is rounded to whole documents, halves up.</summary>
    public static double InterpolatedAtRecall(JudgedRanking ranking, double recall)
    {
        var needed = (int)Math.Round(recall * ranking.Relevant, MidpointRounding.AwayFromZero);
        var best = 0.0;
        for (var depth = ranking.Retrieved; depth > 0 && ranking.RelevantIn(depth) >= needed; depth--)
        {
            best = Math.Max(best, At(ranking, depth));
        }

        return best;
    }

    /// <summary>Mean of <see cref="InterpolatedAtRecall"/> over several shares (<c>11pt_avg</c> with 0, .1, .. 1).</summary>
    public static double InterpolatedAverage(JudgedRanking ranking, IReadOnlyCollection<double> recalls) => recalls.Average(r => InterpolatedAtRecall(ranking, r));

    internal static double Ratio(double part, double whole) => whole == 0 ? 0 : part / whole;
}
