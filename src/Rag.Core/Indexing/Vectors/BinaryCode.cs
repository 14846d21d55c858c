using System.Numerics;

namespace Rag.Indexing.Vectors;

/// <summary>A vector as the signs of its numbers, a bit each: a thirty-second of the memory to read. How near two vectors are it only hints at, so what it finds is compared again.</summary>
internal static class BinaryCode
{
    /// <summary>Words of a code.</summary>
    public static int Length(int dimensions) => (dimensions + 63) / 64;

    /// <summary>Writes the code of a vector: a bit is set where the number is above zero.</summary>
    public static void Encode(ReadOnlySpan<float> vector, Span<ulong> code)
    {
        code.Clear();
        for (var i = 0; i < vector.Length; i++)
        {
            code[i / 64] |= vector[i] > 0 ? 1UL << (i % 64) : 0;
        }
    }

    /// <summary>How many signs differ.</summary>
    public static int Distance(ReadOnlySpan<ulong> left, ReadOnlySpan<ulong> right)
    {
        var differ = 0;
        for (var i = 0; i < left.Length; i++)
        {
            differ += BitOperations.PopCount(left[i] ^ right[i]);
        }

        return differ;
    }
}
