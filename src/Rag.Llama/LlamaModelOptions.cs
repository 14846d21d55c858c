namespace Rag.Llama;

/// <summary>How a model is loaded.</summary>
public sealed record LlamaModelOptions
{
    /// <summary>
    /// Layers to place on GPUs, the output layer counted as one; 0 for none. Default <see langword="null"/>: as many as fit into the memory that is free,
    /// none where there is no GPU. Asking for layers where there is no GPU is an error, never silently the CPU.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">Negative.</exception>
    public int? GpuLayers
    {
        get;
        init
        {
            ArgumentOutOfRangeException.ThrowIfNegative(value ?? 0);
            field = value;
        }
    }

    /// <summary>Tokens of context for which GPU memory is left when <see cref="GpuLayers"/> is chosen by memory, at least 1. Default 8192.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Less than 1.</exception>
    public int ContextToFit
    {
        get;
        init
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(value, 1);
            field = value;
        }
    } = 8192;

    /// <summary>Shares of the layers for each of several GPUs, in the order of the library's devices, such as <c>[3, 1]</c>. Default empty: by free memory.</summary>
    public IReadOnlyList<float> TensorSplit { get; init; } = [];

    /// <summary>The one GPU to use, by its place among the library's GPUs; default <see langword="null"/>: all.</summary>
    public int? Gpu { get; init; }

    /// <summary>Whether only the vocabulary is loaded, for counting and cutting text: such a model generates nothing. Default false.</summary>
    public bool VocabularyOnly { get; init; }

    /// <summary>Where llama.cpp's libraries are. Default: as <see cref="LlamaLibrary.Load"/> finds them.</summary>
    public string? LibraryFolder { get; init; }
}
