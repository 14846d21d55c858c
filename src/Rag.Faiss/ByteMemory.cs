using System.Buffers;
using System.Runtime.InteropServices;

namespace Rag.Faiss;

/// <summary>Numbers seen as the bytes that they are in memory, which is little-endian as FAISS's files are.</summary>
internal sealed class ByteMemory<T>(Memory<T> values) : MemoryManager<byte>
    where T : unmanaged
{
    public override Span<byte> GetSpan() => MemoryMarshal.AsBytes(values.Span);

    public override MemoryHandle Pin(int elementIndex = 0) => throw new NotSupportedException("Numbers in managed arrays are not pinned as bytes; copy them.");

    public override void Unpin()
    {
    }

    protected override void Dispose(bool disposing)
    {
    }
}
