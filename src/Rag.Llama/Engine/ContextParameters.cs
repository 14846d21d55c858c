using Rag.Llama.Binding;

namespace Rag.Llama.Engine;

/// <summary>Options in the form that llama.cpp takes.</summary>
internal static unsafe class ContextParameters
{
    // ggml's numbers for the types
    private const int F16 = 1;
    private const int Q4 = 2;
    private const int Q8 = 8;
    private const int DefaultSize = 8192;

    // With less room than this the CPU backend read prompts of Q8_0 models up to a fifth slower, by how its buffers then lie in memory (docs/results/native.md).
    private const int FastOutputs = 128;

    /// <summary>For generation: all sequences share one memory, so that a common beginning is kept once.</summary>
    public static llama_context_params ForGeneration(LlamaModel model, LlamaContextOptions options, int sequences)
    {
        var size = options.Size > 0 ? options.Size : Math.Min(DefaultSize, model.TrainedContext);
        ContextMemory.ThrowIfTooLarge(model, size, options.Cache);
        var parameters = Of(model, options, size);
        parameters.n_batch = parameters.n_ubatch = (uint)Math.Max(options.BatchSize, sequences);
        parameters.n_seq_max = (uint)sequences;
        parameters.kv_unified = 1;
        // A step asks for at most one row of logits a sequence; by default llama.cpp keeps room for one vocabulary a row of the batch.
        parameters.n_outputs_max = (uint)Math.Min(parameters.n_batch, Math.Max(sequences, FastOutputs));
        return parameters;
    }

    /// <summary>For vectors and scores: a whole text is read in one step, many texts at once.</summary>
    /// <param name="model">The model.</param>
    /// <param name="options">Batch size is ignored.</param>
    /// <param name="rows">Tokens of a step, at least the longest text's.</param>
    /// <param name="sequences">Texts of a step.</param>
    /// <param name="pooling">How the vectors of a text's tokens become one.</param>
    public static llama_context_params ForEmbedding(LlamaModel model, LlamaContextOptions options, int rows, int sequences, PoolingType pooling)
    {
        var parameters = Of(model, options, rows);
        parameters.n_batch = parameters.n_ubatch = (uint)rows;
        parameters.n_seq_max = (uint)sequences;
        parameters.kv_unified = 1;
        parameters.embeddings = 1;
        parameters.pooling_type = pooling;
        return parameters;
    }

    private static llama_context_params Of(LlamaModel model, LlamaContextOptions options, int size)
    {
        var parameters = NativeMethods.llama_context_default_params();
        parameters.n_ctx = (uint)size;
        parameters.n_threads = parameters.n_threads_batch = options.Threads;
        parameters.flash_attn_type = options.FlashAttention switch { true => 1, false => 0, null => -1 };
        parameters.type_k = parameters.type_v = options.Cache switch { CacheType.Q8 => Q8, CacheType.Q4 => Q4, _ => F16 };
        // with no layer on a GPU everything stays on the CPU, even where a GPU is there
        parameters.offload_kqv = parameters.op_offload = model.GpuLayers > 0 ? (byte)1 : (byte)0;
        return parameters;
    }
}
