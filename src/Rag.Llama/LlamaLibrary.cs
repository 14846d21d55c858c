using System.Runtime.InteropServices;
using Microsoft.Extensions.Logging;
using Rag.Llama.Binding;

namespace Rag.Llama;

/// <summary>llama.cpp's shared libraries, loaded once for the process. Safe for concurrent use.</summary>
public sealed unsafe class LlamaLibrary
{
    /// <summary>The one release of llama.cpp that this binding fits.</summary>
    public const string Release = "0.5.0";

    private static readonly Lock Gate = new();
    private static LlamaLibrary? _loaded;

    private IReadOnlyList<nint> _devices = [];

    private LlamaLibrary(string folder) => Folder = folder;

    /// <summary>Where the libraries were loaded from.</summary>
    public string Folder { get; }

    /// <summary>What the library says of its release.</summary>
    public string Version { get; private set; } = "";

    /// <summary>What models can run on, as the backends in <see cref="Folder"/> found it; memory as of now.</summary>
    public IReadOnlyList<LlamaDevice> Devices =>
        [.. _devices.Select(DeviceOf)];

    /// <summary>Why there is no GPU though <see cref="Folder"/> has modules for one, such as a missing CUDA runtime; empty where there is one, or no such module.</summary>
    public string BackendErrors { get; private set; } = "";

    /// <summary>Loads the libraries, or gives the ones already loaded.</summary>
    /// <param name="folder">Where they are. Default: the folder that <c>RAG_LLAMA_LIBRARY</c> names, else the one that the build put beside the program.</param>
    /// <param name="logger">Takes llama.cpp's own messages, for the whole process; <see langword="null"/> leaves the present one.</param>
    /// <exception cref="LlamaLibraryException">They are missing, of another release, or another folder was loaded before.</exception>
    public static LlamaLibrary Load(string? folder = null, ILogger? logger = null)
    {
        lock (Gate)
        {
            NativeLog.Logger = logger ?? NativeLog.Logger;
            if (_loaded is { } loaded)
            {
                return folder is null || Path.GetFullPath(folder) == loaded.Folder
                    ? loaded
                    : throw new LlamaLibraryException($"This process has loaded llama.cpp from '{loaded.Folder}' and cannot load it from '{folder}' too. Name one folder, before the first model is loaded.");
            }

            var library = new LlamaLibrary(LibraryFolder.Find(folder));
            library.Open();
            return _loaded = library;
        }
    }

    /// <summary>The devices that layers can be placed on, as native handles.</summary>
    internal IReadOnlyList<nint> Gpus => [.. _devices.Where(d => DeviceOf(d).IsGpu)];

    internal static void ThrowIfOtherRelease(string version, string folder)
    {
        if (version != Release && !version.StartsWith($"{Release}-", StringComparison.Ordinal))
        {
            throw new LlamaLibraryException($"llama.cpp in '{folder}' is release {version}, and this binding fits {Release} only. Use llama.cpp v{Release}.");
        }
    }

    private static LlamaDevice DeviceOf(nint device)
    {
        nuint free, total;
        NativeMethods.ggml_backend_dev_memory(device, &free, &total);
        var isGpu = NativeMethods.ggml_backend_dev_type(device) is 1 or 2; // GGML_BACKEND_DEVICE_TYPE_GPU, _IGPU
        return new(NativeMethods.Text(NativeMethods.ggml_backend_dev_name(device)), NativeMethods.Text(NativeMethods.ggml_backend_dev_description(device)), isGpu, (long)free, (long)total);
    }

    private void Open()
    {
        try
        {
            var handles = LibraryFolder.Stems.ToDictionary(stem => stem, stem => NativeLibrary.Load(LibraryFolder.FileOf(Folder, stem)!));
            NativeLibrary.SetDllImportResolver(typeof(LlamaLibrary).Assembly, (name, _, _) => handles.GetValueOrDefault(name));
        }
        catch (Exception e) when (e is DllNotFoundException or BadImageFormatException)
        {
            throw new LlamaLibraryException($"llama.cpp's libraries in '{Folder}' cannot be loaded: {e.Message.Trim()} They may be for another system or processor, or need a library that is not installed.", e);
        }

        CheckRelease();
        NativeLog.Install();
        CudaGraphs.TurnOff();
        NativeMethods.ggml_backend_load_all_from_path(Folder);
        NativeMethods.llama_backend_init();
        _devices = [.. Enumerable.Range(0, (int)NativeMethods.ggml_backend_dev_count()).Select(i => NativeMethods.ggml_backend_dev_get((nuint)i))];
        if (_devices.Count == 0)
        {
            throw new LlamaLibraryException($"llama.cpp in '{Folder}' has no backend to compute with. The folder must hold the ggml-cpu libraries too.");
        }

        BackendErrors = Gpus.Count > 0 ? "" : BackendModules.Problems(Folder);
    }

    // A binding for another release reads and writes the wrong fields, which shows as wrong text or a crash much later: refuse now.
    private void CheckRelease()
    {
        try
        {
            Version = NativeMethods.Text(NativeMethods.llama_version());
        }
        catch (EntryPointNotFoundException e)
        {
            throw new LlamaLibraryException($"llama.cpp in '{Folder}' does not say its release, so it is older than {Release}. Use llama.cpp v{Release}.", e);
        }

        ThrowIfOtherRelease(Version, Folder);
        var context = NativeMethods.llama_context_default_params();
        var model = NativeMethods.llama_model_default_params();
        if ((context.n_ctx, context.n_batch, context.n_ubatch, context.n_seq_max, context.type_k, context.type_v, context.swa_full) != (512u, 2048u, 512u, 1u, 1, 1, (byte)1)
            || (model.n_gpu_layers, model.use_extra_bufts, model.vocab_only) != (-1, (byte)1, (byte)0))
        {
            throw new LlamaLibraryException($"llama.cpp in '{Folder}' says it is release {Version}, but its default parameters are not those of {Release}: it was built from other sources. Use llama.cpp v{Release}.");
        }
    }
}
