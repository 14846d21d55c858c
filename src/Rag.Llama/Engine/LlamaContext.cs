using Rag.Llama.Binding;

namespace Rag.Llama.Engine;

/// <summary>How a step ended.</summary>
internal enum StepResult
{
    /// <summary>Computed.</summary>
    Done,

    /// <summary>There is no room for the rows: nothing was changed.</summary>
    NoRoom,

    /// <summary>Stopped on request; rows may be half computed.</summary>
    Aborted,

    /// <summary>The backend failed; the context is of no further use.</summary>
    Failed,
}

/// <summary>A context with its memory and batch, used by one thread. Guards every call that would end the process.</summary>
internal sealed unsafe class LlamaContext : IDisposable
{
    private readonly ContextHandle _handle;
    private readonly nint _memory;
    private readonly int _vocabulary;
    private readonly bool[] _hasOutput;
    private readonly List<nint> _adapters = [];
    private readonly List<float> _scales = [];

    /// <param name="model">The model.</param>
    /// <param name="parameters">From <see cref="ContextParameters"/>.</param>
    public LlamaContext(LlamaModel model, llama_context_params parameters)
    {
        _handle = ContextHandle.Create(model.Handle, parameters);
        _memory = NativeMethods.llama_get_memory(_handle);
        _vocabulary = model.Vocabulary.Count;
        _hasOutput = new bool[parameters.n_batch];
        Batch = new NativeBatch((int)parameters.n_batch);
        Size = (int)NativeMethods.llama_n_ctx(_handle);
        Sequences = (int)parameters.n_seq_max;
        Pooling = NativeMethods.llama_pooling_type(_handle);
    }

    /// <summary>The rows of the next step.</summary>
    public NativeBatch Batch { get; }

    /// <summary>Tokens that fit, all sequences together.</summary>
    public int Size { get; }

    /// <summary>Number of sequences; ids run from 0.</summary>
    public int Sequences { get; }

    public PoolingType Pooling { get; }

    /// <summary>Appends a row; its index is what <see cref="Logits"/> takes.</summary>
    public int Add(int token, int position, int sequence, bool output)
    {
        CheckToken(token);
        CheckSequence(sequence);
        var row = Batch.Add(token, position, sequence, output);
        _hasOutput[row] = output;
        return row;
    }

    /// <summary>Computes the batch.</summary>
    public StepResult Decode() => NativeMethods.llama_decode(_handle, Batch.Native) switch
    {
        0 => StepResult.Done,
        1 => StepResult.NoRoom,
        2 => StepResult.Aborted,
        -1 => throw new InvalidOperationException($"llama.cpp refused a batch of {Batch.Count} rows as invalid: this is a fault in Rag.Llama, please report it."),
        _ => StepResult.Failed,
    };

    /// <summary>What the last step says of the token after a row, [vocabulary]; valid until the next step. Waits for a GPU that still computes.</summary>
    /// <exception cref="InvalidOperationException">The row had no output.</exception>
    public Span<float> Logits(int row) => new(Output(row, NativeMethods.llama_get_logits_ith(_handle, CheckRow(row))), _vocabulary);

    /// <summary>The pooled vector, or the scores of a ranking head, of a sequence of the last step.</summary>
    public ReadOnlySpan<float> Embedding(int sequence, int length)
    {
        CheckSequence(sequence);
        return new(Output(sequence, NativeMethods.llama_get_embeddings_seq(_handle, sequence)), length);
    }

    /// <summary>The vector of a row of the last step, where the context does not pool.</summary>
    public ReadOnlySpan<float> RowEmbedding(int row, int length) => new(Output(row, NativeMethods.llama_get_embeddings_ith(_handle, CheckRow(row))), length);

    /// <summary>Forgets what a sequence holds from a position on; false where the model cannot forget a part, and then it has forgotten nothing.</summary>
    public bool Remove(int sequence, int start)
    {
        CheckSequence(sequence);
        return _memory == 0 || NativeMethods.llama_memory_seq_rm(_memory, sequence, start, -1) != 0;
    }

    /// <summary>Lets a sequence share the first tokens of another.</summary>
    public void Copy(int source, int target, int length)
    {
        CheckSequence(source);
        CheckSequence(target);
        NativeMethods.llama_memory_seq_cp(_memory, source, target, 0, length);
    }

    /// <summary>Forgets everything.</summary>
    public void Clear()
    {
        if (_memory != 0)
        {
            NativeMethods.llama_memory_clear(_memory, 0);
        }
    }

    /// <summary>What a sequence holds, to be restored here or in another context of the same model.</summary>
    public byte[] Save(int sequence)
    {
        CheckSequence(sequence);
        var state = new byte[NativeMethods.llama_state_seq_get_size(_handle, sequence)];
        fixed (byte* target = state)
        {
            var written = NativeMethods.llama_state_seq_get_data(_handle, target, (nuint)state.Length, sequence);
            return written == (nuint)state.Length ? state : state[..(int)written];
        }
    }

    /// <summary>Puts a saved state into a sequence; false where it does not fit, and then the sequence is empty.</summary>
    public bool Restore(int sequence, ReadOnlySpan<byte> state)
    {
        CheckSequence(sequence);
        nuint read;
        fixed (byte* source = state)
        {
            read = NativeMethods.llama_state_seq_set_data(_handle, source, (nuint)state.Length, sequence);
        }

        if (read == 0)
        {
            Remove(sequence, 0);
        }

        return read != 0;
    }

    /// <summary>Chooses the adapters of the following steps; cheap when they are the ones already chosen.</summary>
    public void Use(IReadOnlyList<(AdapterHandle Adapter, float Scale)> adapters)
    {
        var handles = adapters.Select(a => a.Adapter.DangerousGetHandle()).ToList();
        var scales = adapters.Select(a => a.Scale).ToList();
        if (handles.SequenceEqual(_adapters) && scales.SequenceEqual(_scales))
        {
            return;
        }

        _adapters.Clear();
        _adapters.AddRange(handles);
        _scales.Clear();
        _scales.AddRange(scales);
        fixed (nint* pointers = handles.ToArray())
        fixed (float* factors = scales.ToArray())
        {
            if (NativeMethods.llama_set_adapters_lora(_handle, pointers, (nuint)handles.Count, factors) != 0)
            {
                throw new LlamaException("llama.cpp refused the LoRA adapters. Use adapters that were loaded from this model.");
            }
        }
    }

    public void Dispose()
    {
        _handle.Dispose();
        Batch.Dispose();
    }

    private static float* Output(int index, float* output) =>
        output is not null ? output : throw new InvalidOperationException($"llama.cpp computed no output for {index}: this is a fault in Rag.Llama, please report it.");

    private int CheckRow(int row)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(row);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(row, Batch.Count);
        return _hasOutput[row] ? row : throw new InvalidOperationException($"Row {row} of the batch was decoded without output.");
    }

    private void CheckToken(int token)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(token);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(token, _vocabulary);
    }

    private void CheckSequence(int sequence)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(sequence);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(sequence, Sequences);
    }
}
