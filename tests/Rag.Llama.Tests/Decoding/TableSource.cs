using Rag.Llama.Decoding;

namespace Rag.Llama.Tests.Decoding;

/// <summary>A made-up language: the logits follow from the last two tokens and a seed, the same on every call.</summary>
internal sealed class TableSource(int vocabularySize, int seed, double deviation = 1.5) : ILogitsSource
{
    public int VocabularySize => vocabularySize;

    public void Next(ReadOnlySpan<int> tokens, Span<float> logits)
    {
        var last = tokens.Length > 0 ? tokens[^1] + 1 : 0;
        var before = tokens.Length > 1 ? tokens[^2] + 1 : 0;
        RandomLogits.Bell(new Random(seed + (1_000 * last) + (1_000_000 * before)), vocabularySize, deviation).CopyTo(logits);
    }

    public double[] LogProbabilities(params int[] tokens)
    {
        var logits = new float[vocabularySize];
        Next(tokens, logits);
        var normaliser = Math.Log(logits.Sum(l => Math.Exp(l)));
        return [.. logits.Select(l => l - normaliser)];
    }
}
