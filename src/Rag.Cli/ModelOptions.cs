using System.CommandLine;
using Rag.Llama;

namespace Rag.Cli;

/// <summary>The options by which commands name a GGUF model and say where it is computed.</summary>
internal sealed class ModelOptions
{
    private readonly Option<int?> _gpuLayers = SharedOptions.Within("--gpu-layers", "Layers to place on GPUs, by default as many as fit", 0, 100_000);

    private readonly Option<int?> _threads = SharedOptions.Within("--threads", "Processor threads, by default one less than there are processors", 1, 1024);

    public ModelOptions(string does) => Name = new("--model", does, Cache);

    public ModelCacheOptions Cache { get; } = new();

    public ModelName Name { get; }

    public IEnumerable<Option> All => [Name.Option, _gpuLayers, _threads, .. Cache.All];

    /// <summary>Loads the model.</summary>
    /// <exception cref="CommandException">None was asked for.</exception>
    /// <exception cref="LlamaException">It is not there or cannot be loaded.</exception>
    public Task<LlamaModel> LoadAsync(Session session, ParseResult parsed, CancellationToken cancellationToken) => Name.LoadAsync(session, parsed, Placement(parsed), cancellationToken);

    /// <summary>Where its layers go.</summary>
    public LlamaModelOptions Placement(ParseResult parsed) => new() { GpuLayers = parsed.GetValue(_gpuLayers) };

    /// <summary>How it computes; for as many tokens as it was trained for, within reason.</summary>
    public LlamaContextOptions Context(ParseResult parsed) => parsed.GetValue(_threads) is { } threads ? new() { Threads = threads } : new();
}
