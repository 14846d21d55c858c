namespace Rag.Llama;

/// <summary>llama.cpp's libraries are missing, of another release, or lack the GPU that was asked for.</summary>
public sealed class LlamaLibraryException : LlamaException
{
    /// <summary>With a sentence for people.</summary>
    public LlamaLibraryException(string message)
        : base(message)
    {
    }

    /// <summary>With a sentence for people and what caused it.</summary>
    public LlamaLibraryException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
