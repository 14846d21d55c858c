namespace Rag.Evaluation.Measures;

/// <summary>Measures that take the mean over the relevant documents, those never found counting 0. Definitions are trec_eval's.</summary>
public static class AveragePrecision
{
    // trec_eval's INFAP_EPSILON: smooths the estimate where nothing above was judged.
    private const double Epsilon = 0.00001;

    /// <summary>Mean of the precision at each relevant document among the first <paramref name="depth"/> (<c>map</c>, <c>map_cut_k</c>; Buckley and Voorhees, "Evaluating Evaluation Measure Stability", SIGIR 2000).</summary>
    public static double Of(JudgedRanking ranking, int depth = int.MaxValue) => Mean(ranking, depth, (place, found) => found / (place + 1.0));

    /// <summary>Estimate of <see cref="Of"/> where only a sample of the pool was judged (<c>infAP</c>; Yilmaz and Aslam, "Estimating Average Precision with Incomplete and Imperfect Judgments", CIKM 2006).</summary>
    public static double Inferred(JudgedRanking ranking)
    {
        var (pooled, judgedOther) = (0, 0);
        var above = new (int Pooled, int Other)[ranking.Retrieved];
        for (var i = 0; i < ranking.Retrieved; i++)
        {
            above[i] = (pooled, judgedOther);
            pooled += ranking.Grades[i] == JudgedRanking.NotPooled ? 0 : 1;
            judgedOther += ranking.Grades[i] >= 0 && !ranking.IsRelevantAt(i) ? 1 : 0;
        }

        return Mean(ranking, int.MaxValue, (place, found) =>
        {
            if (place == 0)
            {
                return 1;
            }

            var share = (found - 1 + Epsilon) / (found - 1 + above[place].Other + (2 * Epsilon));
            return (1.0 / (place + 1)) + (place / (place + 1.0) * (above[place].Pooled / (double)place) * share);
        });
    }

    /// <summary>Each relevant document counts by the number of others above it: <c>1 / log2(2 + others)</c> (<c>binG</c>).</summary>
    public static double BinaryGain(JudgedRanking ranking) => Mean(ranking, int.MaxValue, (place, found) => 1 / Math.Log2(3 + place - found));

    /// <summary>
    /// Share of preferences that the list keeps, of each relevant document over the first R that were judged and are not relevant (<c>bpref</c>;
    /// Buckley and Voorhees, "Retrieval Evaluation with Incomplete Information", SIGIR 2004, as corrected in trec_eval 8). Documents without judgement do not count.
    /// </summary>
    public static double BinaryPreference(JudgedRanking ranking)
    {
        var others = ranking.Judged.Count - ranking.Relevant;
        var bound = Math.Min(others, ranking.Relevant);
        var above = new int[ranking.Retrieved];
        for (int i = 0, seen = 0; i < ranking.Retrieved; i++)
        {
            above[i] = seen;
            seen += ranking.Grades[i] >= 0 && !ranking.IsRelevantAt(i) ? 1 : 0;
        }

        return Mean(ranking, int.MaxValue, (place, _) => above[place] == 0 ? 1 : 1 - (Math.Min(above[place], ranking.Relevant) / (double)bound));
    }

    // Sums over relevant documents in the list, each with its 0-based place and how many have been found with it.
    private static double Mean(JudgedRanking ranking, int depth, Func<int, int, double> worth)
    {
        var (found, sum) = (0, 0.0);
        for (var i = 0; i < Math.Min(depth, ranking.Retrieved); i++)
        {
            if (ranking.IsRelevantAt(i))
            {
                sum += worth(i, ++found);
            }
        }

        return Precision.Ratio(sum, ranking.Relevant);
    }
}
