using Rag.Llama.Gguf;

namespace Rag.Llama.Engine;

/// <summary>What the keys and values of a context take, known before it is made: llama.cpp fills them at once, and a system without so much memory ends the process.</summary>
internal static class ContextMemory
{
    /// <summary>Bytes for a context of <paramref name="size"/> tokens.</summary>
    public static long Bytes(GgufFile file, int size, CacheType type)
    {
        var numbers = (long)((file.KeyLength ?? 0) + (file.ValueLength ?? 0)) * (file.KeyValueHeadCount ?? 0) * (file.LayerCount ?? 0);
        var bits = type switch { CacheType.Q8 => 8.5, CacheType.Q4 => 4.5, _ => 16 };
        return (long)(numbers * bits / 8) * size;
    }

    /// <summary>Refuses a context that cannot fit into the machine.</summary>
    /// <exception cref="LlamaException">It takes more than the machine's memory.</exception>
    public static void ThrowIfTooLarge(LlamaModel model, int size, CacheType type)
    {
        var (needed, there) = (Bytes(model.File, size, type), GC.GetGCMemoryInfo().TotalAvailableMemoryBytes);
        if (model.GpuLayers == 0 && needed > there)
        {
            throw new LlamaException($"A context of {size} tokens of '{model.Name}' takes {needed >> 20} MiB, and this machine has {there >> 20} MiB. Use a smaller context or a quantised cache.");
        }
    }
}
