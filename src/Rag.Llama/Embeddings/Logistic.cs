namespace Rag.Llama.Embeddings;

/// <summary>From logits to probabilities.</summary>
internal static class Logistic
{
    /// <summary>1 / (1 + e^-x).</summary>
    public static double Of(double logit) => 1 / (1 + Math.Exp(-logit));

    /// <summary>The probability of one of several outcomes (softmax).</summary>
    public static double Share(ReadOnlySpan<float> logits, int index)
    {
        var sum = 0.0;
        foreach (var logit in logits)
        {
            sum += Math.Exp((double)logit - logits[index]);
        }

        return 1 / sum;
    }
}
