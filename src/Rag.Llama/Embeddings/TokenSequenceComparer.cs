using System.Runtime.InteropServices;

namespace Rag.Llama.Embeddings;

/// <summary>Equal are sequences of the same tokens.</summary>
internal sealed class TokenSequenceComparer : IEqualityComparer<int[]>
{
    public static TokenSequenceComparer Instance { get; } = new();

    public bool Equals(int[]? x, int[]? y) => x.AsSpan().SequenceEqual(y);

    public int GetHashCode(int[] obj)
    {
        var hash = new HashCode();
        hash.AddBytes(MemoryMarshal.AsBytes<int>(obj));
        return hash.ToHashCode();
    }
}
