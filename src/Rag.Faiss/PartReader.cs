using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Text;

namespace Rag.Faiss;

/// <summary>The parts that FAISS's files are made of: names of four letters, values, and arrays with their length before them.</summary>
internal sealed class PartReader(Stream source, CancellationToken cancellationToken)
{
    private const int Piece = 1 << 20; // bytes: an array grows with what is there, not with what is said

    private readonly byte[] _value = new byte[16];

    /// <summary>Bytes read.</summary>
    public long Position { get; private set; }

    public InvalidDataException Damage(string what) => new($"The index file is damaged before byte {Position}: {what}. Write it again.");

    public async Task<string> NameAsync()
    {
        await FillAsync(_value.AsMemory(0, 4));
        return Encoding.Latin1.GetString(_value, 0, 4);
    }

    public async Task<T> ValueAsync<T>()
        where T : unmanaged
    {
        var size = Unsafe.SizeOf<T>();
        await FillAsync(_value.AsMemory(0, size));
        return MemoryMarshal.Read<T>(_value.AsSpan(0, size));
    }

    /// <summary>An array whose length stands before it.</summary>
    public async Task<T[]> ArrayAsync<T>()
        where T : unmanaged => await ArrayAsync<T>(await ValueAsync<long>());

    /// <summary>An array of a known length.</summary>
    public async Task<T[]> ArrayAsync<T>(long length)
        where T : unmanaged
    {
        if (length < 0 || length > Array.MaxLength)
        {
            throw Damage($"an array of {length} values, of {Array.MaxLength} at most");
        }

        var size = Unsafe.SizeOf<T>();
        if (source.CanSeek && length * size > source.Length - source.Position)
        {
            throw Damage($"an array of {length * size} bytes, with {source.Length - source.Position} left in the file");
        }

        var values = new T[Math.Min(length, Piece / size)];
        for (var filled = 0; filled < length;)
        {
            if (filled == values.Length)
            {
                Array.Resize(ref values, (int)Math.Min(length, 2L * filled));
            }

            var piece = values.AsMemory(filled, Math.Min(values.Length - filled, Piece / size));
            using (var memory = new ByteMemory<T>(piece))
            {
                await FillAsync(memory.Memory);
            }

            filled += piece.Length;
        }

        return values;
    }

    private async Task FillAsync(Memory<byte> bytes)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var read = await source.ReadAtLeastAsync(bytes, bytes.Length, throwOnEndOfStream: false, cancellationToken);
        Position += read;
        if (read < bytes.Length)
        {
            throw Damage($"it ends {bytes.Length - read} bytes too early");
        }
    }
}
