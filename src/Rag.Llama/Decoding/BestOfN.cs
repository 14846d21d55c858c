namespace Rag.Llama.Decoding;

/// <summary>Chooses among samples of the same prompt.</summary>
public static class BestOfN
{
    /// <summary>The one with the highest mean log-probability of a token, so that short texts have no advantage; ties go to the first. One without tokens only wins alone.</summary>
    /// <exception cref="ArgumentException">There is none.</exception>
    public static Hypothesis Choose(IReadOnlyList<Hypothesis> samples)
    {
        ArgumentNullException.ThrowIfNull(samples);
        return samples.MaxBy(Mean) ?? throw new ArgumentException("There are no samples to choose from; give at least one.", nameof(samples));
    }

    internal static double Mean(Hypothesis sample) => sample.Tokens.Count == 0 ? double.NegativeInfinity : sample.LogProbability / sample.Tokens.Count;
}
