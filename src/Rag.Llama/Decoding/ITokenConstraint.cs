namespace Rag.Llama.Decoding;

/// <summary>Says which tokens may come next, such as those that a grammar allows. Holds the state of one text; not safe for concurrent use.</summary>
public interface ITokenConstraint
{
    /// <summary>Whether <paramref name="token"/> may come next. Cheap: asked for the one token that was drawn before the whole vocabulary is masked.</summary>
    bool Allows(int token);

    /// <summary>Sets the logit of every forbidden token to negative infinity. At least one stays finite if it was.</summary>
    /// <param name="logits">One for each token of the vocabulary, by token id.</param>
    void Mask(Span<float> logits);

    /// <summary>Moves on by a token.</summary>
    /// <exception cref="ArgumentException">The token is not allowed here.</exception>
    void Accept(int token);

    /// <summary>The same constraint in the same state, to be moved on by itself, as beams need.</summary>
    ITokenConstraint Clone();
}
