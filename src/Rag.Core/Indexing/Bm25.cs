using System.Runtime.Intrinsics;

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

    /// <summary>What a term adds to several chunks: puts in place of each inverse norm the score, the same to the last bit.</summary>
    public static void Score(float weight, ReadOnlySpan<ushort> occurrences, Span<float> inverseNorms)
    {
        var i = 0;
        for (; i <= inverseNorms.Length - Vector128<ushort>.Count; i += Vector128<ushort>.Count)
        {
            var (low, high) = Vector128.Widen(Vector128.Create(occurrences[i..]));
            var factors = Vector256.ConvertToSingle(Vector256.Create(low, high).AsInt32()) * Vector256.Create<float>(inverseNorms[i..]);
            (Vector256.Create(weight) - (Vector256.Create(weight) / (Vector256<float>.One + factors))).CopyTo(inverseNorms[i..]);
        }

        for (; i < inverseNorms.Length; i++)
        {
            inverseNorms[i] = Score(weight, occurrences[i], inverseNorms[i]);
        }
    }
}
