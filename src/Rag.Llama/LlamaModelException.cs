namespace Rag.Llama;

/// <summary>A model file cannot be loaded: missing, damaged, of an architecture that this release does not know, too large, or made for something else.</summary>
public class LlamaModelException : LlamaException
{
    /// <summary>With a sentence for people.</summary>
    public LlamaModelException(string path, string message)
        : base(message) => Path = path;

    /// <summary>With a sentence for people and what caused it.</summary>
    public LlamaModelException(string path, string message, Exception innerException)
        : base(message, innerException) => Path = path;

    /// <summary>The file, as it was named.</summary>
    public string Path { get; }
}
