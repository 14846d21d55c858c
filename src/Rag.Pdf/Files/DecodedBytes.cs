using System.Buffers;

namespace Rag.Pdf.Files;

/// <summary>Decoded bytes in a buffer from the pool, or a slice of the file where no filter was needed. Disposed once; not used afterwards.</summary>
internal readonly struct DecodedBytes(ReadOnlyMemory<byte> bytes, byte[]? pooled) : IDisposable
{
    public ReadOnlyMemory<byte> Memory => bytes;

    public ReadOnlySpan<byte> Span => bytes.Span;

    public void Dispose()
    {
        if (pooled is not null)
        {
            ArrayPool<byte>.Shared.Return(pooled);
        }
    }
}
