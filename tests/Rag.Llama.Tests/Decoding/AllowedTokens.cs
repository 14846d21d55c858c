using Rag.Llama.Decoding;

namespace Rag.Llama.Tests.Decoding;

/// <summary>Allows by place and token, and notes how often it was asked to mask.</summary>
internal sealed class AllowedTokens(Func<int, int, bool> allows, int place = 0) : ITokenConstraint
{
    public int Masked { get; private set; }

    public int Place { get; private set; } = place;

    public bool Allows(int token) => allows(Place, token);

    public void Mask(Span<float> logits)
    {
        Masked++;
        for (var token = 0; token < logits.Length; token++)
        {
            logits[token] = Allows(token) ? logits[token] : float.NegativeInfinity;
        }
    }

    public void Accept(int token)
    {
        if (!Allows(token))
        {
            throw new ArgumentException($"Token {token} is not allowed at {Place}.", nameof(token));
        }

        Place++;
    }

    public ITokenConstraint Clone() => new AllowedTokens(allows, Place);
}
