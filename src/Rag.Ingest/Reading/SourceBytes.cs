using System.Runtime.InteropServices;

namespace Rag.Ingest.Reading;

/// <summary>The bytes of a source, all at once and within the limit.</summary>
internal static class SourceBytes
{
    private const int FirstBuffer = 64 << 10;

    /// <summary>Everything from the current position of <paramref name="source"/>, which need not be seekable and is not disposed.</summary>
    /// <exception cref="DocumentFormatException">There are more than <see cref="ReaderLimits.MaxBytes"/> bytes.</exception>
    public static async Task<ReadOnlyMemory<byte>> ReadAllAsync(Stream source, string documentId, ReaderLimits limits, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(source);
        ArgumentNullException.ThrowIfNull(documentId);
        cancellationToken.ThrowIfCancellationRequested();
        if (source is MemoryStream memory && memory.TryGetBuffer(out var buffer) && memory.Length - memory.Position <= limits.MaxBytes)
        {
            var rest = buffer.AsMemory((int)Math.Min(memory.Position, memory.Length));
            memory.Position = memory.Length;
            return rest; // no copy
        }

        var expected = source.CanSeek ? source.Length - source.Position : FirstBuffer;
        // one byte more than expected, so that the end is seen without growing
        var bytes = new byte[(int)Math.Clamp(expected + 1, 1, limits.MaxBytes + 1L)];
        var length = 0;
        while (true)
        {
            var read = await source.ReadAsync(bytes.AsMemory(length), cancellationToken);
            length += read;
            if (length > limits.MaxBytes)
            {
                throw new DocumentFormatException(documentId, $"it is larger than {limits.MaxBytes:N0} bytes. Split it, or raise ReaderLimits.MaxBytes.");
            }

            if (read == 0)
            {
                return bytes.AsMemory(0, length);
            }

            if (length == bytes.Length)
            {
                Array.Resize(ref bytes, (int)Math.Min(bytes.Length * 2L, limits.MaxBytes + 1L));
            }
        }
    }

    /// <summary>A stream over the same bytes, in a form that readers take without copying.</summary>
    public static MemoryStream AsStream(this ReadOnlyMemory<byte> bytes) => MemoryMarshal.TryGetArray(bytes, out var segment)
        ? new(segment.Array!, segment.Offset, segment.Count, writable: false, publiclyVisible: true)
        : new(bytes.ToArray(), writable: false);
}
