using System.Numerics;
using System.Runtime.InteropServices;

namespace Rag.Indexing;

/// <summary>CRC-32C (Castagnoli) of bytes, continued from part to part.</summary>
internal static class Checksum
{
    public static uint Add(uint checksum, ReadOnlySpan<byte> bytes)
    {
        var words = MemoryMarshal.Cast<byte, ulong>(bytes);
        foreach (var word in words)
        {
            checksum = BitOperations.Crc32C(checksum, word);
        }

        foreach (var rest in bytes[(words.Length * sizeof(ulong))..])
        {
            checksum = BitOperations.Crc32C(checksum, rest);
        }

        return checksum;
    }

    /// <summary>The checksums of the four quarters of some bytes, a multiple of 32, by turns: each step waits for the last one of its own, so four cost little more than one.</summary>
    public static uint[] OfQuarters(ReadOnlySpan<byte> bytes)
    {
        var words = MemoryMarshal.Cast<byte, ulong>(bytes);
        var first = words[..(words.Length / 4)];
        var second = words.Slice(first.Length, first.Length);
        var third = words.Slice(2 * first.Length, first.Length);
        var fourth = words.Slice(3 * first.Length, first.Length);
        var (a, b, c, d) = (0u, 0u, 0u, 0u);
        for (var i = 0; i < first.Length; i++)
        {
            a = BitOperations.Crc32C(a, first[i]);
            b = BitOperations.Crc32C(b, second[i]);
            c = BitOperations.Crc32C(c, third[i]);
            d = BitOperations.Crc32C(d, fourth[i]);
        }

        return [a, b, c, d];
    }
}
