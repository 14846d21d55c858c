namespace Rag.Llama.Decoding;

/// <summary>A token and what it is ranked by in one integer: the smaller the key, the better the token, ties by lower id. Keys of one vocabulary are all different.</summary>
internal static class CandidateKey
{
    /// <summary>Ranks by logit, the highest first.</summary>
    public static ulong Descending(float logit, int token)
    {
        // adding zero turns -0 into +0, which would otherwise rank apart; flipped like this, the bits of floats sort as their values do
        var bits = BitConverter.SingleToUInt32Bits(logit + 0f);
        var ascending = bits ^ ((uint)((int)bits >> 31) | 0x80000000);
        return ((ulong)~ascending << 32) | (uint)token;
    }

    /// <summary>Ranks by a distance of at least 0, the lowest first.</summary>
    public static ulong Ascending(float distance, int token) => ((ulong)BitConverter.SingleToUInt32Bits(distance) << 32) | (uint)token;

    /// <summary>The token of a key.</summary>
    public static int Token(ulong key) => (int)(uint)key;
}
