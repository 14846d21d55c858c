namespace Rag.Evaluation.Measures;

/// <summary>Measures of a list as a set: ranks do not count. Definitions are trec_eval's.</summary>
public static class SetMeasures
{
    /// <summary>Share of relevant documents in the list (<c>set_P</c>).</summary>
    public static double PrecisionOf(JudgedRanking ranking) => Precision.Ratio(ranking.RelevantRetrieved, ranking.Retrieved);

    /// <summary>Share of the relevant documents that are in the list (<c>set_recall</c>).</summary>
    public static double Recall(JudgedRanking ranking) => Precision.Ratio(ranking.RelevantRetrieved, ranking.Relevant);

    /// <summary>Precision over the best that a list of this length can reach (<c>set_relative_P</c>).</summary>
    public static double RelativePrecision(JudgedRanking ranking) => Precision.Ratio(ranking.RelevantRetrieved, Math.Min(ranking.Retrieved, ranking.Relevant));

    /// <summary>Precision times recall (<c>set_map</c>).</summary>
    public static double PrecisionTimesRecall(JudgedRanking ranking) => PrecisionOf(ranking) * Recall(ranking);

    /// <summary>Weighted harmonic mean <c>(x + 1) P R / (x P + R)</c> of precision and recall (<c>set_F</c>; van Rijsbergen, "Information Retrieval", 1979).</summary>
    /// <param name="ranking">The list.</param>
    /// <param name="recallWeight">How much recall counts against precision. Default 1.</param>
    public static double F(JudgedRanking ranking, double recallWeight = 1)
    {
        var (p, r) = (PrecisionOf(ranking), Recall(ranking));
        return Precision.Ratio((recallWeight + 1) * p * r, (recallWeight * p) + r);
    }

    /// <summary>What the list is worth at a price for each kind of document (<c>utility</c>).</summary>
    /// <param name="ranking">The list.</param>
    /// <param name="found">Worth of a relevant document in the list. Default 1.</param>
    /// <param name="wrong">Worth of another document in the list. Default -1.</param>
    /// <param name="missed">Worth of a relevant document that the list lacks. Default 0.</param>
    public static double Utility(JudgedRanking ranking, double found = 1, double wrong = -1, double missed = 0) =>
        (found * ranking.RelevantRetrieved) + (wrong * (ranking.Retrieved - ranking.RelevantRetrieved)) + (missed * (ranking.Relevant - ranking.RelevantRetrieved));
}
