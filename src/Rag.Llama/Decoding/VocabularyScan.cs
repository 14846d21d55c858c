using System.Numerics;
using System.Numerics.Tensors;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Rag.Llama.Decoding;

/// <summary>Takes the few candidates that matter out of a whole vocabulary in one pass, most of it many logits at a time.</summary>
internal static class VocabularyScan
{
    private const int Lanes = 8;
    private const int Chunk = 4 * Lanes;

    /// <summary>Length of the room that <see cref="Top"/> needs.</summary>
    public static int RoomForTop(int top, int vocabularySize) => (int)Math.Min(vocabularySize, Math.Max(2L * top, top + 512L));

    /// <summary>Puts the keys of the <paramref name="top"/> highest logits above negative infinity to the front of <paramref name="room"/>, in no special order; gives their number.</summary>
    public static int Top(ReadOnlySpan<float> logits, int top, Span<ulong> room)
    {
        var (count, floor) = (0, float.NegativeInfinity);
        for (var start = 0; start < logits.Length; start += Chunk)
        {
            var chunk = logits[start..Math.Min(start + Chunk, logits.Length)];
            for (var above = Above(chunk, floor); above != 0; above &= above - 1)
            {
                var i = BitOperations.TrailingZeroCount(above);
                if (chunk[i] > floor)
                {
                    room[count++] = CandidateKey.Descending(chunk[i], start + i);
                    if (count == room.Length && count > top)
                    {
                        KeySelection.Smallest(room, top);
                        count = top;

                        // ids only grow, so a later token of the same logit loses the tie
                        floor = logits[CandidateKey.Token(Largest(room[..top]))];
                    }
                }
            }
        }

        KeySelection.Smallest(room[..count], top);
        return Math.Min(count, top);
    }

    /// <summary>Writes the keys of all logits of at least <paramref name="floor"/>, negative infinity never, by token id; gives their number.</summary>
    public static int AtLeast(ReadOnlySpan<float> logits, float floor, Span<ulong> room)
    {
        var count = 0;
        var below = MathF.BitDecrement(Math.Max(floor, float.MinValue));
        for (var start = 0; start < logits.Length; start += Chunk)
        {
            var chunk = logits[start..Math.Min(start + Chunk, logits.Length)];
            for (var above = Above(chunk, below); above != 0; above &= above - 1)
            {
                var i = BitOperations.TrailingZeroCount(above);
                room[count++] = CandidateKey.Descending(chunk[i], start + i);
            }
        }

        return count;
    }

    /// <summary>Token of the highest logit, ties to the lower id, and that logit.</summary>
    /// <exception cref="LlamaException">A logit is not a number or positive infinity, or all are negative infinity.</exception>
    public static (int Token, float Logit) Best(ReadOnlySpan<float> logits)
    {
        var max = Highest(logits);
        return (FirstAt(logits, max), max);
    }

    /// <summary>The highest logit.</summary>
    /// <exception cref="LlamaException">A logit is not a number or positive infinity, or all are negative infinity.</exception>
    public static float Highest(ReadOnlySpan<float> logits)
    {
        var max = TensorPrimitives.Max(logits); // not a number if any is
        if (float.IsFinite(max))
        {
            return max;
        }

        throw new LlamaException(float.IsNegativeInfinity(max)
            ? $"No token can come next: all {logits.Length} logits are negative infinity. Loosen the logit bias or the constraint."
            : $"The model gave a logit of {max}, so no token can be chosen. Its file may be damaged, or its numbers overflow: try another quantisation or device.");
    }

    // the framework's IndexOf compares floats one by one
    private static int FirstAt(ReadOnlySpan<float> logits, float value)
    {
        var blocks = MemoryMarshal.Cast<float, Vector256<float>>(logits);
        for (var block = 0; block < blocks.Length; block++)
        {
            var equal = Vector256.Equals(blocks[block], Vector256.Create(value)).ExtractMostSignificantBits();
            if (equal != 0)
            {
                return (block * Lanes) + BitOperations.TrailingZeroCount(equal);
            }
        }

        return (blocks.Length * Lanes) + logits[(blocks.Length * Lanes)..].IndexOf(value);
    }

    /// <summary>One bit for each logit of a chunk, set if it exceeds the floor; the first logit has the lowest bit.</summary>
    private static uint Above(ReadOnlySpan<float> chunk, float floor)
    {
        if (chunk.Length == Chunk)
        {
            var blocks = MemoryMarshal.Cast<float, Vector256<float>>(chunk);
            return Above(blocks[0], floor) | (Above(blocks[1], floor) << 8) | (Above(blocks[2], floor) << 16) | (Above(blocks[3], floor) << 24);
        }

        var above = 0U;
        for (var i = 0; i < chunk.Length; i++)
        {
            above |= chunk[i] > floor ? 1U << i : 0;
        }

        return above;
    }

    private static uint Above(Vector256<float> block, float floor) => Vector256.GreaterThan(block, Vector256.Create(floor)).ExtractMostSignificantBits();

    private static ulong Largest(ReadOnlySpan<ulong> keys)
    {
        var largest = 0UL;
        foreach (var key in keys)
        {
            largest = Math.Max(largest, key);
        }

        return largest;
    }
}
