namespace Rag.Indexing;

/// <summary>The formulas of BM25 in Lucene's single-precision arithmetic, so that equal scores there are equal here.</summary>
internal static class Bm25
{
    /// <summary>Weight of a term that stands in <paramref name="documentFrequency"/> of <paramref name="count"/> chunks; always above zero.</summary>
    public static float Idf(long count, long documentFrequency) =>
        (float)Math.Log(1 + ((count - documentFrequency + 0.5) / (documentFrequency + 0.5)));

    public static float InverseNorm(KeywordModel model, int length, float averageLength) =>
        1f / (model.K1 * (1f - model.B + (model.B * (length + model.LengthPrior) / (averageLength + model.LengthPrior))));

    /// <summary>What a term adds: <c>weight * tf / (tf + norm)</c>, written so that it grows with tf even after rounding.</summary>
    public static float Score(float weight, int occurrences, float inverseNorm) =>
        weight - (weight / (1f + (occurrences * inverseNorm)));
}
