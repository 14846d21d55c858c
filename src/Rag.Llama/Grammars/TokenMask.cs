using System.Numerics;

namespace Rag.Llama.Grammars;

/// <summary>Allowed tokens as bits: bit <c>token % 64</c> of word <c>token / 64</c>.</summary>
internal static class TokenMask
{
    public static bool Has(ulong[] mask, int token) => (mask[token >> 6] >> token & 1) != 0;

    /// <summary>Sets the logits of the tokens not in the mask to negative infinity; false, with nothing set, if it has none.</summary>
    public static bool Apply(ulong[] mask, Span<float> logits)
    {
        if (!mask.AsSpan().ContainsAnyExcept(0UL))
        {
            return false;
        }

        for (var word = 0; word < mask.Length; word++)
        {
            var rest = logits[(word * 64)..Math.Min(logits.Length, word * 64 + 64)];
            switch (mask[word])
            {
                case 0:
                    rest.Fill(float.NegativeInfinity);
                    break;
                case ulong.MaxValue:
                    break;
                case var bits:
                    ForbidSome(bits, rest);
                    break;
            }
        }

        return true;
    }

    // whichever of the two is rare is visited one by one
    private static void ForbidSome(ulong allowed, Span<float> logits)
    {
        if (BitOperations.PopCount(allowed) > 32)
        {
            for (var forbidden = ~allowed & (ulong.MaxValue >> (64 - logits.Length)); forbidden != 0; forbidden &= forbidden - 1)
            {
                logits[BitOperations.TrailingZeroCount(forbidden)] = float.NegativeInfinity;
            }

            return;
        }

        Span<float> kept = stackalloc float[64];
        logits.CopyTo(kept);
        logits.Fill(float.NegativeInfinity);
        for (; allowed != 0; allowed &= allowed - 1)
        {
            var token = BitOperations.TrailingZeroCount(allowed);
            logits[token] = kept[token];
        }
    }
}
