namespace Rag.Pdf;

/// <summary>A file that cannot be read at all; the message is one sentence that says why, and what to do.</summary>
public sealed class PdfException : Exception
{
    /// <summary>Why, as one sentence.</summary>
    /// <param name="message">The sentence.</param>
    /// <param name="needsPassword">Whether a password would help.</param>
    /// <param name="inner">What caused it.</param>
    public PdfException(string message, bool needsPassword = false, Exception? inner = null)
        : base(message, inner) => NeedsPassword = needsPassword;

    /// <summary>Whether the file is encrypted and neither the given password nor the empty one opens it.</summary>
    public bool NeedsPassword { get; }
}
