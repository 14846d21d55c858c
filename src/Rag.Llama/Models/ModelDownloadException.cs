namespace Rag.Llama.Models;

/// <summary>A model could not be fetched into the store; what arrived so far stays for the next try, unless the message says otherwise.</summary>
public sealed class ModelDownloadException : LlamaException
{
    /// <summary>With a sentence for people.</summary>
    public ModelDownloadException(string message)
        : base(message)
    {
    }

    /// <summary>With a sentence for people and what caused it.</summary>
    public ModelDownloadException(string message, Exception? innerException)
        : base(message, innerException!)
    {
    }

    /// <summary>Whether a later try may succeed with nothing changed: a server that is busy or away, a connection that broke.</summary>
    public bool IsTransient { get; init; }

    /// <summary>The server's status, where it refused.</summary>
    public int? StatusCode { get; init; }
}
