using System.Text;
using Rag.Llama.Binding;
using Rag.Llama.Gguf;
using Rag.Llama.Grammars;

namespace Rag.Llama;

/// <summary>A GGUF model in memory, from which chats, embeddings and scores are made. Safe for concurrent use; contexts keep it open after it is disposed.</summary>
public sealed unsafe class LlamaModel : IDisposable
{
    private readonly Lazy<GrammarVocabulary> _grammarVocabulary;

    private LlamaModel(GgufFile file, ModelHandle handle, LlamaModelOptions options, int gpuLayers)
    {
        IsVocabulary = options.VocabularyOnly;
        File = file;
        Handle = handle;
        GpuLayers = gpuLayers;
        Vocabulary = new(handle);
        _grammarVocabulary = new(() => GrammarVocabularyWith(new HashSet<int>()));
    }

    /// <summary>What the file says of itself.</summary>
    public GgufFile File { get; }

    /// <summary>Where the file is.</summary>
    public string Path => File.Path;

    /// <summary>The file's name without its ending: how the model is called in metadata and telemetry.</summary>
    public string Name => System.IO.Path.GetFileNameWithoutExtension(Path);

    /// <summary>Its tokens.</summary>
    public LlamaVocabulary Vocabulary { get; }

    /// <summary>Layers placed on GPUs, the output layer counted as one; 0 on the CPU.</summary>
    public int GpuLayers { get; }

    /// <summary>Architecture, size and quantisation in llama.cpp's words, such as <c>llama 8B Q4_K - Medium</c>.</summary>
    public string Description
    {
        get
        {
            var buffer = stackalloc byte[256];
            return Encoding.UTF8.GetString(buffer, Math.Min(255, NativeMethods.llama_model_desc(Handle, buffer, 256)));
        }
    }

    /// <summary>Tokens of context that the model was trained for.</summary>
    public int TrainedContext => NativeMethods.llama_model_n_ctx_train(Handle);

    /// <summary>Length of the vectors that it makes of texts.</summary>
    public int EmbeddingLength => NativeMethods.llama_model_n_embd_out(Handle);

    /// <summary>Number of layers, the output layer not counted.</summary>
    public int LayerCount => NativeMethods.llama_model_n_layer(Handle);

    /// <summary>Number of weights.</summary>
    public long ParameterCount => (long)NativeMethods.llama_model_n_params(Handle);

    /// <summary>Bytes of all weights.</summary>
    public long SizeBytes => (long)NativeMethods.llama_model_size(Handle);

    /// <summary>Whether it generates text, rather than vectors or scores.</summary>
    public bool Generates => !IsVocabulary && IsCausal && NativeMethods.llama_model_has_decoder(Handle) != 0 && NativeMethods.llama_model_has_encoder(Handle) == 0 && NativeMethods.llama_model_is_diffusion(Handle) == 0;

    /// <summary>Whether only the vocabulary was loaded.</summary>
    internal bool IsVocabulary { get; }

    /// <summary>Whether a token sees only those before it, so that a text can be read in parts.</summary>
    internal bool IsCausal => File.Metadata.Bool($"{File.Architecture}.attention.causal") ?? !File.Architecture.Contains("bert", StringComparison.Ordinal);

    /// <summary>Whether it remembers in a state that cannot be shortened, as Mamba does, alone or beside attention.</summary>
    internal bool IsRecurrent => NativeMethods.llama_model_is_recurrent(Handle) != 0 || NativeMethods.llama_model_is_hybrid(Handle) != 0;

    internal ModelHandle Handle { get; }

    /// <summary>The vocabulary in the form that grammars look tokens up in; made when first asked for.</summary>
    internal GrammarVocabulary GrammarVocabulary => _grammarVocabulary.Value;

    /// <summary>The same with some control tokens, which then stand for their text: markers that a grammar writes itself.</summary>
    internal GrammarVocabulary GrammarVocabularyWith(IReadOnlySet<int> controlTokens) =>
        new([.. Enumerable.Range(0, Vocabulary.Count).Select(t => Vocabulary.IsControl(t) && !controlTokens.Contains(t) ? default : Vocabulary.PieceOf(t))], Vocabulary.EndTokens);

    /// <summary>Loads a model. Takes seconds for large files; runs on a thread of its own.</summary>
    /// <param name="path">A GGUF file.</param>
    /// <param name="options">Where its layers go. Default: on GPUs as far as they fit.</param>
    /// <param name="progress">Told the share that is loaded, 0 to 1, on the loading thread.</param>
    /// <param name="cancellationToken">Stops the load.</param>
    /// <exception cref="LlamaLibraryException">llama.cpp's libraries are missing or of another release, or GPU layers were asked for where there is no GPU.</exception>
    /// <exception cref="LlamaModelException">The file is missing, damaged, unknown or too large.</exception>
    public static Task<LlamaModel> LoadAsync(string path, LlamaModelOptions? options = null, IProgress<float>? progress = null, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        return Task.Factory.StartNew(() => Load(path, options ?? new(), progress, cancellationToken), cancellationToken, TaskCreationOptions.LongRunning, TaskScheduler.Default);
    }

    /// <summary>Frees the model, as soon as no engine uses it.</summary>
    public void Dispose() => Handle.Dispose();

    private static LlamaModel Load(string path, LlamaModelOptions options, IProgress<float>? progress, CancellationToken cancellationToken)
    {
        var library = LlamaLibrary.Load(options.LibraryFolder);
        if (!System.IO.File.Exists(path))
        {
            throw new LlamaModelException(path, $"There is no model file '{path}'. Check the path, or download one: rag models list.");
        }

        var file = GgufFile.Read(path);
        if (file.AdapterType is not null)
        {
            throw new LlamaModelException(path, $"'{path}' is a {file.AdapterType} adapter, no model. Load the model that it belongs to, and the adapter with it.");
        }

        var layers = GpuPlacement.Choose(file, options, library);
        var handle = new ModelLoader(path, options, library, layers, progress, cancellationToken).Load();
        return new LlamaModel(file, handle, options, Math.Min(layers, NativeMethods.llama_model_n_layer(handle) + 1));
    }
}
