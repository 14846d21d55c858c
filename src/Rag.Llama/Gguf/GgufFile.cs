namespace Rag.Llama.Gguf;

/// <summary>What a model file says of itself, read and checked without llama.cpp, which ends the process on some damaged or hostile files.</summary>
/// <remarks>Reads the header only, never the weights: milliseconds for a file of any size. Immutable.</remarks>
public sealed class GgufFile
{
    private readonly GgufPart _first;

    private GgufFile(IReadOnlyList<GgufPart> parts)
    {
        _first = parts[0];
        Architecture = Metadata.Text("general.architecture") ?? throw new GgufException(Path, "it does not say its architecture ('general.architecture'), so llama.cpp cannot load it: ask the publisher for a correct file.") { Key = "general.architecture" };
        Paths = [.. parts.Select(p => p.Path)];
        Bytes = parts.Sum(p => p.Bytes);
        Tensors = parts.Count == 1 ? _first.Tensors : [.. parts.SelectMany(p => p.Tensors)];
        TensorBytes = Tensors.Sum(t => t.Bytes);
        if (AdapterCheck.IsAdapter(Metadata))
        {
            AdapterCheck.Run(_first);
        }
        else
        {
            VocabularyCheck.Run(_first);
            new ArchitectureCheck(_first with { Tensors = Tensors }, Architecture).Run();
            new TensorCheck(this).Run();
        }

        LayerBytes = SumLayers();
    }

    /// <summary>The file, or its first part, as it was named.</summary>
    public string Path => _first.Path;

    /// <summary>The files that belong together: one, or the parts in order.</summary>
    public IReadOnlyList<string> Paths { get; }

    /// <summary>Version of the format: 2 or 3.</summary>
    public int Version => _first.Version;

    /// <summary>Size of all files.</summary>
    public long Bytes { get; }

    /// <summary>All keys and values of the first file.</summary>
    public GgufMetadata Metadata => _first.Metadata;

    /// <summary>The tensors of all files, in the order of the data.</summary>
    public IReadOnlyList<GgufTensor> Tensors { get; }

    /// <summary>How the model is built, such as <c>llama</c> or <c>bert</c>; for an adapter that of its model.</summary>
    public string Architecture { get; }

    /// <summary>The model's own name.</summary>
    public string? Name => Metadata.Text("general.name");

    /// <summary>What an adapter is, such as <c>lora</c>; <see langword="null"/> for a model.</summary>
    public string? AdapterType => Metadata.Text("adapter.type");

    /// <summary>Tokens that the model was trained for.</summary>
    public int? ContextLength => Count("context_length");

    /// <summary>Numbers in a token's vector.</summary>
    public int? EmbeddingLength => Count("embedding_length");

    /// <summary>Number of layers.</summary>
    public int? LayerCount => Count("block_count");

    /// <summary>Attention heads; of the layer with the most where they differ.</summary>
    public int? HeadCount => Count("attention.head_count");

    /// <summary>Heads of keys and values; of the layer with the most where they differ.</summary>
    public int? KeyValueHeadCount => Count("attention.head_count_kv") ?? HeadCount;

    /// <summary>Numbers in a head's key.</summary>
    public int? KeyLength => Count("attention.key_length") ?? (HeadCount > 0 ? EmbeddingLength / HeadCount : null);

    /// <summary>Numbers in a head's value.</summary>
    public int? ValueLength => Count("attention.value_length") ?? (HeadCount > 0 ? EmbeddingLength / HeadCount : null);

    /// <summary>Tokens of the vocabulary.</summary>
    public int? VocabularySize => Metadata.Count(GgufMetadataReader.TokensKey) is { } count ? (int)count : Count("vocab_size");

    /// <summary>What the model makes of its tokens' vectors; <see langword="null"/> where it does not say, as generation models do not.</summary>
    public GgufPooling? Pooling => Metadata.WholeNumber($"{Architecture}.pooling_type") is >= 0 and <= (int)GgufPooling.Rank and var pooling ? (GgufPooling)pooling : null;

    /// <summary>Whether there are tensors of a classification head. llama.cpp loads a re-ranker without one and gives scores that mean nothing.</summary>
    public bool HasClassifier => Tensors.Any(t => t.Name is "cls.weight" or "cls.output.weight");

    /// <summary>The chat template, in Jinja's language.</summary>
    public string? ChatTemplate => Metadata.Text("tokenizer.chat_template");

    /// <summary>llama.cpp's number for the mix of tensor types.</summary>
    public int? FileType => (int?)Metadata.WholeNumber("general.file_type");

    /// <summary>What people call the mix of tensor types, such as <c>Q4_K_M</c>; <see langword="null"/> for a file without tensors.</summary>
    public string? Quantization => GgufQuantization.Name(FileType, Tensors);

    /// <summary>Bytes of all tensors: about the memory that the weights take.</summary>
    public long TensorBytes { get; }

    /// <summary>Bytes of the tensors of each layer, for estimating how many fit on a GPU. What is left of <see cref="TensorBytes"/> is outside the layers: embeddings and output.</summary>
    public IReadOnlyList<long> LayerBytes { get; }

    /// <summary>Reads a file and, where it is the first part of several, the headers of the others beside it.</summary>
    /// <exception cref="GgufException">A file is cut off, damaged, not a model or not one that llama.cpp can load; or a part is missing.</exception>
    /// <exception cref="IOException">A file is not there or cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">The file may not be read, or is a folder.</exception>
    public static GgufFile Read(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        using var stream = Open(path);
        return new(GgufSplit.ReadAll(GgufPart.Read(stream, path)));
    }

    /// <summary>Reads from the stream's position on. A part of several files is read by itself.</summary>
    /// <param name="stream">Can seek and is at the file's first byte; stays open, at no particular place.</param>
    /// <param name="name">What exceptions call it.</param>
    /// <exception cref="GgufException">It is cut off, damaged, not a model or not one that llama.cpp can load.</exception>
    public static GgufFile Read(Stream stream, string name)
    {
        ArgumentNullException.ThrowIfNull(stream);
        ArgumentNullException.ThrowIfNull(name);
        return new([GgufPart.Read(stream, name)]);
    }

    // the reader has its own buffer
    internal static FileStream Open(string path) => new(path, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 0);

    private int? Count(string name)
    {
        var key = $"{Architecture}.{name}";
        var number = Metadata.WholeNumber(key) ?? (Metadata.WholeNumbers(key) is { Count: > 0 } numbers ? numbers.Max() : null);
        return number is >= 0 and <= int.MaxValue ? (int)number : null;
    }

    private long[] SumLayers()
    {
        var layers = new long[LayerCount ?? 0];
        foreach (var tensor in Tensors)
        {
            if (tensor.Layer < layers.Length)
            {
                layers[tensor.Layer.Value] += tensor.Bytes;
            }
        }

        return layers;
    }
}
