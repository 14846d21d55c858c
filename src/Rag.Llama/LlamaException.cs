namespace Rag.Llama;

/// <summary>A model, or the library that runs it, cannot do what was asked; the message says what, with the values, then what to do.</summary>
/// <remarks>Derived types say which decision the caller has: another file, another library, a shorter prompt, a later try.</remarks>
public class LlamaException : Exception
{
    /// <summary>With a sentence for people.</summary>
    public LlamaException(string message)
        : base(message)
    {
    }

    /// <summary>With a sentence for people and what caused it.</summary>
    public LlamaException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
