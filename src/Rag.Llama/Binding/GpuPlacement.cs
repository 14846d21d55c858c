using Rag.Llama.Gguf;

namespace Rag.Llama.Binding;

/// <summary>Decides how many layers of a model go to GPUs.</summary>
internal static class GpuPlacement
{
    // What llama.cpp needs beside weights and cache, for intermediate results and the driver; generous, since too little fails and too much only leaves a layer out.
    private const long Reserve = 800L << 20;
    private const double Usable = 0.95;
    private const int BytesPerNumber = 2;

    /// <summary>The layers asked for, or as many as fit.</summary>
    /// <exception cref="LlamaLibraryException">Layers, or a certain GPU, were asked for and are not there.</exception>
    public static int Choose(GgufFile file, LlamaModelOptions options, LlamaLibrary library)
    {
        var gpus = library.Devices.Where(d => d.IsGpu).ToList();
        if ((options.GpuLayers ?? 0) > 0 && gpus.Count == 0)
        {
            var errors = library.BackendErrors.Length > 0 ? $" Its backends said: {library.BackendErrors}" : "";
            throw new LlamaLibraryException($"{options.GpuLayers} layers were asked for on a GPU, but llama.cpp in '{library.Folder}' has none: it found {string.Join(", ", library.Devices.Select(d => $"{d.Name} ({d.Description})"))}. Build with RagLlamaBackend=cuda or vulkan, set {LibraryFolder.Variable} to a GPU build, or ask for 0 layers.{errors}");
        }

        if (options.Gpu is { } wanted && (wanted < 0 || wanted >= gpus.Count))
        {
            throw new LlamaLibraryException($"GPU {wanted} was asked for, and there are {gpus.Count}, counted from 0. Choose one of them, or none: {string.Join(", ", gpus.Select(d => d.Name))}.");
        }

        var usable = options.Gpu is { } one ? gpus.Slice(one, 1) : gpus;
        return options.GpuLayers ?? Fit(file, options.ContextToFit, [.. usable.Select(d => d.FreeBytes)]);
    }

    /// <summary>Layers that fit, counted from the last, the output layer as one more; 0 without a GPU.</summary>
    /// <param name="file">The model.</param>
    /// <param name="context">Tokens whose keys and values must fit too.</param>
    /// <param name="freeBytes">Of each GPU; 0 where it is not known, and then all layers go there.</param>
    public static int Fit(GgufFile file, int context, IReadOnlyList<long> freeBytes)
    {
        var all = file.LayerBytes.Count + 1;
        if (freeBytes.Count == 0 || freeBytes.Contains(0))
        {
            return freeBytes.Count == 0 ? 0 : all;
        }

        var room = freeBytes.Sum(free => Math.Max(0, (long)(free * Usable) - Reserve));
        var cache = (long)((file.KeyLength ?? 0) + (file.ValueLength ?? 0)) * (file.KeyValueHeadCount ?? 0) * BytesPerNumber * context;
        var layers = 0;
        foreach (var bytes in file.LayerBytes.Reverse())
        {
            room -= bytes + cache;
            if (room < 0)
            {
                return layers;
            }

            layers++;
        }

        return room >= file.TensorBytes - file.LayerBytes.Sum() ? all : layers;
    }
}
