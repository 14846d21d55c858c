namespace Rag.Llama.Gguf;

/// <summary>A file is not a model that can be loaded: damaged, cut off, of another format, or built to do harm. Another copy of the file may be good.</summary>
public sealed class GgufException : LlamaModelException
{
    /// <summary>With what is wrong, with the values, and what to do.</summary>
    public GgufException(string path, string message)
        : base(path, $"{path}: {message}")
    {
    }

    /// <summary>With what is wrong, what to do, and what caused it.</summary>
    public GgufException(string path, string message, Exception innerException)
        : base(path, $"{path}: {message}", innerException)
    {
    }

    /// <summary>The metadata key that is wrong, where it is one.</summary>
    public string? Key { get; init; }

    /// <summary>The tensor that is wrong, where it is one.</summary>
    public string? Tensor { get; init; }
}
