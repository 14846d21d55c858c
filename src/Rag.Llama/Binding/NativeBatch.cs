using System.Runtime.InteropServices;

namespace Rag.Llama.Binding;

/// <summary>The rows of one step: a token each, with its position and sequence. Reused from step to step.</summary>
/// <param name="capacity">Most rows; at most the context's batch size, beyond which llama.cpp aborts.</param>
internal sealed unsafe class NativeBatch(int capacity) : IDisposable
{
    private readonly int* _tokens = Allocate<int>(capacity);
    private readonly int* _positions = Allocate<int>(capacity);
    private readonly int* _counts = Allocate<int>(capacity);
    private readonly int* _sequences = Allocate<int>(capacity);
    private readonly int** _sequenceLists = (int**)Allocate<nint>(capacity);
    private readonly sbyte* _outputs = Allocate<sbyte>(capacity);
    private bool _disposed;

    public int Capacity => capacity;

    public int Count { get; private set; }

    public void Clear() => Count = 0;

    /// <summary>Appends a row and returns its index, by which its logits are asked for.</summary>
    public int Add(int token, int position, int sequence, bool output)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(Count, capacity);
        var row = Count++;
        _tokens[row] = token;
        _positions[row] = position;
        _counts[row] = 1;
        _sequences[row] = sequence;
        _sequenceLists[row] = _sequences + row;
        _outputs[row] = output ? (sbyte)1 : (sbyte)0;
        return row;
    }

    public llama_batch Native => new()
    {
        n_tokens = Count,
        token = _tokens,
        pos = _positions,
        n_seq_id = _counts,
        seq_id = _sequenceLists,
        logits = _outputs,
    };

    public void Dispose()
    {
        if (!_disposed)
        {
            _disposed = true;
            NativeMemory.Free(_tokens);
            NativeMemory.Free(_positions);
            NativeMemory.Free(_counts);
            NativeMemory.Free(_sequences);
            NativeMemory.Free(_sequenceLists);
            NativeMemory.Free(_outputs);
        }
    }

    private static T* Allocate<T>(int count)
        where T : unmanaged => (T*)NativeMemory.AllocZeroed((nuint)count, (nuint)sizeof(T));
}
