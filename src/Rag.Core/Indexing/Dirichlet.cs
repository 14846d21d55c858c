namespace Rag.Indexing;

/// <summary>The formulas of query likelihood with Dirichlet smoothing, in Lucene's arithmetic: double precision for each term, the sum of terms rounded to single.</summary>
internal static class Dirichlet
{
    /// <summary>How likely a word of the collection is this one.</summary>
    public static double Probability(long occurrences, long terms) => (occurrences + 1.0) / (terms + 1.0);

    /// <summary>What a term adds; 0 where a chunk of that length would hold it as often by chance.</summary>
    public static float Score(float weight, int occurrences, double probability, int length, float mu) =>
        (float)Math.Max(0, weight * (Math.Log(1 + (occurrences / (mu * probability))) + Math.Log(mu / ((double)length + mu))));
}
