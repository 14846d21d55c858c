using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Text;

namespace Rag.Faiss;

/// <summary>Writes the parts that <see cref="PartReader"/> reads.</summary>
internal sealed class PartWriter(Stream target, CancellationToken cancellationToken)
{
    private const int Piece = 1 << 20; // values

    private readonly byte[] _value = new byte[8];

    public Task NameAsync(string name) => WriteAsync(Encoding.ASCII.GetBytes(name));

    public Task ValueAsync<T>(T value)
        where T : unmanaged
    {
        MemoryMarshal.Write(_value, value);
        return WriteAsync(_value.AsMemory(0, Unsafe.SizeOf<T>()));
    }

    /// <summary>An array with its length before it.</summary>
    public async Task ArrayAsync<T>(T[] values)
        where T : unmanaged
    {
        await ValueAsync((long)values.Length);
        await ValuesAsync(values);
    }

    /// <summary>An array alone.</summary>
    public async Task ValuesAsync<T>(T[] values)
        where T : unmanaged
    {
        for (var start = 0; start < values.Length; start += Piece)
        {
            using var memory = new ByteMemory<T>(values.AsMemory(start, Math.Min(Piece, values.Length - start)));
            await WriteAsync(memory.Memory);
        }
    }

    private async Task WriteAsync(ReadOnlyMemory<byte> bytes)
    {
        cancellationToken.ThrowIfCancellationRequested();
        await target.WriteAsync(bytes, cancellationToken);
    }
}
