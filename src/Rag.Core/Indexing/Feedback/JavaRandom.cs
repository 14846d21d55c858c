namespace Rag.Indexing.Feedback;

/// <summary>The random numbers of <c>java.util.Random</c>, whose documentation gives the algorithm: a linear congruence modulo 2^48 (Knuth, TAOCP 2, 3.2.1), for draws equal to those of programs in Java.</summary>
internal sealed class JavaRandom(long seed)
{
    private const long Multiplier = 0x5DEECE66D;
    private const long Mask = (1L << 48) - 1;

    private long _state = (seed ^ Multiplier) & Mask;

    /// <summary>A number from 0 up to but not including <paramref name="bound"/>, which is above 0.</summary>
    public int Next(int bound)
    {
        var bits = Next31();
        if (int.IsPow2(bound))
        {
            return (int)((bound * (long)bits) >> 31);
        }

        // Numbers of the last, incomplete stretch of length bound are drawn again; the sum overflows for them.
        while (unchecked(bits - (bits % bound) + (bound - 1)) < 0)
        {
            bits = Next31();
        }

        return bits % bound;
    }

    private int Next31()
    {
        _state = unchecked((_state * Multiplier) + 0xB) & Mask;
        return (int)(_state >> 17);
    }
}
