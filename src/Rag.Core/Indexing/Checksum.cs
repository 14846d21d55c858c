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
}
