namespace Rag.Llama;

/// <summary>A prompt leaves no room for an answer in the context.</summary>
/// <param name="promptTokens">Its length.</param>
/// <param name="contextSize">What fits.</param>
public sealed class PromptTooLongException(int promptTokens, int contextSize)
    : LlamaException($"The prompt has {promptTokens} tokens, and the context holds {contextSize}, the answer included. Shorten the prompt, give fewer passages, or use a larger context.")
{
    /// <summary>Length of the prompt in tokens.</summary>
    public int PromptTokens { get; } = promptTokens;

    /// <summary>Tokens that the context holds.</summary>
    public int ContextSize { get; } = contextSize;
}
