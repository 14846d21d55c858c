namespace Rag.Llama.Decoding;

/// <summary>Anything that says how likely each token is after a text: a language model, counts of n-grams, a table.</summary>
public interface ILogitsSource
{
    /// <summary>Number of tokens, at least 1; ids run from 0.</summary>
    int VocabularySize { get; }

    /// <summary>Writes the logits of the token after a text. The same text gives the same logits.</summary>
    /// <param name="tokens">The whole text, prompt included. May be empty.</param>
    /// <param name="logits">Of length <see cref="VocabularySize"/>; each entry is overwritten. Negative infinity for what cannot come; at least one is finite.</param>
    void Next(ReadOnlySpan<int> tokens, Span<float> logits);
}
