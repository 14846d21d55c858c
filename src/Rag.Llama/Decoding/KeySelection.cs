using System.Numerics;

namespace Rag.Llama.Decoding;

/// <summary>Brings the smallest keys to the front without sorting the rest, in time linear in their number as a rule.</summary>
/// <remarks>Quickselect (Hoare 1961), with the median of three as the pivot; a long run of bad pivots ends in a sort.</remarks>
internal static class KeySelection
{
    private const int SmallEnoughToSort = 48;

    /// <summary>Brings the <paramref name="count"/> smallest to the front, in no special order.</summary>
    public static void Smallest(Span<ulong> keys, int count)
    {
        var (low, high) = (0, keys.Length);
        for (var rounds = Rounds(keys.Length); count > low && count < high; rounds--)
        {
            if (high - low <= SmallEnoughToSort || rounds == 0)
            {
                keys[low..high].Sort();
                return;
            }

            var middle = low + Partition(keys[low..high]);
            (low, high) = count <= middle ? (low, middle) : (middle, high);
        }
    }

    /// <summary>Brings to the front the fewest smallest keys whose tokens' weights, e^(logit - <paramref name="max"/>), add up to at least <paramref name="mass"/>; gives their number.</summary>
    public static int SmallestOfMass(Span<ulong> keys, ReadOnlySpan<float> logits, float max, double mass)
    {
        var (low, high, before) = (0, keys.Length, 0.0);
        for (var rounds = Rounds(keys.Length); high - low > SmallEnoughToSort && rounds > 0; rounds--)
        {
            var middle = low + Partition(keys[low..high]);
            var lower = before + Mass(keys[low..middle], logits, max);
            if (lower >= mass)
            {
                high = middle;
            }
            else
            {
                (low, before) = (middle, lower);
            }
        }

        keys[low..high].Sort();
        for (; low < high; low++)
        {
            before += Exponential.Of(logits[CandidateKey.Token(keys[low])] - max);
            if (before >= mass)
            {
                return low + 1;
            }
        }

        return high;
    }

    /// <summary>Sum of e^(logit - <paramref name="max"/>) over the tokens of <paramref name="keys"/>.</summary>
    public static double Mass(ReadOnlySpan<ulong> keys, ReadOnlySpan<float> logits, float max)
    {
        var mass = 0.0;
        foreach (var key in keys)
        {
            mass += Exponential.Of(logits[CandidateKey.Token(key)] - max);
        }

        return mass;
    }

    private static int Rounds(int length) => 4 * (BitOperations.Log2((uint)length | 1) + 1);

    /// <summary>Every key before the returned index is at most every key from it on; both sides hold at least one.</summary>
    private static int Partition(Span<ulong> keys)
    {
        var (first, middle, last) = (keys[0], keys[keys.Length / 2], keys[^1]);
        var pivot = Math.Max(Math.Min(first, middle), Math.Min(Math.Max(first, middle), last));
        var (i, j) = (-1, keys.Length);
        while (true)
        {
            do
            {
                i++;
            }
            while (keys[i] < pivot);

            do
            {
                j--;
            }
            while (keys[j] > pivot);

            if (i >= j)
            {
                // the pivot is no strict maximum of three different keys, so j stops before the last one
                return j + 1;
            }

            (keys[i], keys[j]) = (keys[j], keys[i]);
        }
    }
}
