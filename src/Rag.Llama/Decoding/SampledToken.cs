namespace Rag.Llama.Decoding;

/// <summary>A token that was drawn.</summary>
/// <param name="Token">Its id.</param>
/// <param name="LogProbability">Natural logarithm of its probability under the model, from the logits as they came: no bias, penalty, constraint or temperature. <see langword="null"/> unless asked for.</param>
/// <param name="Alternatives">The most probable tokens under the model, best first, ties by lower id; the drawn one is among them only if it ranks so high. Empty unless asked for.</param>
public readonly record struct SampledToken(int Token, double? LogProbability, IReadOnlyList<TokenProbability> Alternatives);

/// <summary>How probable the model finds a token.</summary>
/// <param name="Token">Its id.</param>
/// <param name="LogProbability">Natural logarithm of its probability, at most 0.</param>
public readonly record struct TokenProbability(int Token, double LogProbability)
{
    /// <summary>The most probable tokens, best first, ties by lower id; those of probability 0 never.</summary>
    /// <param name="logits">One for each token of the vocabulary.</param>
    /// <param name="normaliser">Logarithm of the sum of their exponentials.</param>
    /// <param name="top">Most tokens to give.</param>
    internal static IReadOnlyList<TokenProbability> Top(ReadOnlySpan<float> logits, double normaliser, int top)
    {
        var keys = new ulong[VocabularyScan.RoomForTop(top, logits.Length)];
        var best = keys.AsSpan(0, VocabularyScan.Top(logits, top, keys));
        best.Sort();
        var tokens = new TokenProbability[best.Length];
        for (var rank = 0; rank < tokens.Length; rank++)
        {
            var token = CandidateKey.Token(best[rank]);
            tokens[rank] = new TokenProbability(token, logits[token] - normaliser);
        }

        return tokens;
    }
}
