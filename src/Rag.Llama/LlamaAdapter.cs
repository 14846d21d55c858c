using Rag.Llama.Binding;

namespace Rag.Llama;

/// <summary>A LoRA adapter of a model, to be used by any request to an engine over that model. Safe for concurrent use.</summary>
/// <remarks>A request that runs keeps it open; one that begins after it was disposed throws <see cref="ObjectDisposedException"/>.</remarks>
public sealed class LlamaAdapter : IDisposable
{
    private static int _count;

    private LlamaAdapter(LlamaModel model, string path, AdapterHandle handle) => (Model, Path, Handle) = (model, path, handle);

    /// <summary>The model that it was loaded for.</summary>
    public LlamaModel Model { get; }

    /// <summary>The file.</summary>
    public string Path { get; }

    internal AdapterHandle Handle { get; }

    internal int Id { get; } = Interlocked.Increment(ref _count);

    /// <summary>Loads an adapter in GGUF.</summary>
    /// <exception cref="LlamaModelException">There is no such file.</exception>
    /// <exception cref="LlamaException">It is no adapter, or one of another model.</exception>
    public static LlamaAdapter Load(LlamaModel model, string path)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentException.ThrowIfNullOrEmpty(path);
        return File.Exists(path)
            ? new LlamaAdapter(model, path, AdapterHandle.Load(model.Handle, path))
            : throw new LlamaModelException(path, $"There is no LoRA adapter '{path}'. Check the path.");
    }

    /// <inheritdoc/>
    public void Dispose() => Handle.Dispose();
}

/// <summary>An adapter and how strongly it acts.</summary>
/// <param name="Adapter">The adapter.</param>
/// <param name="Scale">1 as it was trained, 0 not at all.</param>
public sealed record AdapterWeight(LlamaAdapter Adapter, float Scale = 1);
