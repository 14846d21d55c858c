namespace Rag.OpenAI;

/// <summary>An endpoint cannot be reached, refuses a request, or answers something else than its protocol; the message says what, with the values, then what to do.</summary>
/// <remarks>Keys and header values never stand in a message, whatever the server sends back.</remarks>
public sealed class OpenAIException : Exception
{
    internal OpenAIException(string message, int? status = null, Exception? innerException = null)
        : base(message, innerException) => Status = status;

    /// <summary>The HTTP status of the refusal, such as 401 or 429; <see langword="null"/> where no usable answer came.</summary>
    public int? Status { get; }

    /// <summary>Whether the same request may work a moment later, before anything of an answer has come.</summary>
    internal bool IsPassing { get; init; }
}
