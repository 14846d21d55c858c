namespace Rag.Llama;

/// <summary>A text is longer than the model reads at once.</summary>
/// <param name="tokens">Its length.</param>
/// <param name="limit">What fits.</param>
public sealed class TextTooLongException(int tokens, int limit)
    : LlamaException($"The text has {tokens} tokens, and at most {limit} are read at once. Cut smaller chunks, or let long texts be split or truncated.")
{
    /// <summary>Length of the text in tokens, with those that the model wants around it.</summary>
    public int Tokens { get; } = tokens;

    /// <summary>Most tokens of a text.</summary>
    public int Limit { get; } = limit;
}
