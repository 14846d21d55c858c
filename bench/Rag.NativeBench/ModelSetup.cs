using System.Diagnostics;
using Rag.Llama;
using Rag.Llama.Gguf;

namespace Rag.NativeBench;

/// <summary>How models are loaded and computed, the same for every command.</summary>
/// <param name="Threads">CPU threads.</param>
/// <param name="GpuLayers">Layers on GPUs.</param>
/// <param name="BatchSize">Most tokens of a step.</param>
/// <param name="FlashAttention">On, off, or as the library chooses.</param>
internal sealed record ModelSetup(int Threads, int GpuLayers, int BatchSize, bool? FlashAttention)
{
    public const string Usage = "MODEL is a GGUF file; with every MODEL: [--threads 1] [--gpu-layers 0|N|all] [--batch 512] [--flash-attention auto|on|off]";

    private const int All = 10_000;

    public static ModelSetup From(Arguments arguments) => new(
        arguments.Number("threads", 1),
        arguments.Text("gpu-layers") is not { } layers || layers == "0" ? 0 : layers == "all" ? All : arguments.Number("gpu-layers", 0),
        arguments.Number("batch", 512),
        arguments.Text("flash-attention") switch { "on" => true, "off" => false, _ => null });

    public async Task<(LlamaModel Model, double Milliseconds)> LoadAsync(string path)
    {
        var clock = Stopwatch.StartNew();
        var model = await LlamaModel.LoadAsync(path, new() { GpuLayers = GpuLayers });
        return (model, clock.Elapsed.TotalMilliseconds);
    }

    public LlamaContextOptions Context(int size) => new() { Size = size, BatchSize = BatchSize, Threads = Threads, FlashAttention = FlashAttention };

    public override string ToString() => $"{Threads} thread{(Threads == 1 ? "" : "s")}, {(GpuLayers == 0 ? "CPU" : GpuLayers == All ? "all layers on the GPU" : $"{GpuLayers} layers on the GPU")}, batch {BatchSize}";

    /// <summary>Bytes of weights that a step reads: all but the embedding, of which it takes a row a token, unless that is the output layer too.</summary>
    public static long WeightBytes(GgufFile file) =>
        file.TensorBytes - (file.Tensors.Any(t => t.Name == "output.weight") ? file.Tensors.Where(t => t.Name == "token_embd.weight").Sum(t => t.Bytes) : 0);
}
