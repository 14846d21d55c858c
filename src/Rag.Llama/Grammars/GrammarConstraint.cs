using System.Text;
using Rag.Llama.Decoding;

namespace Rag.Llama.Grammars;

/// <summary>Allows the tokens that continue a text of a grammar, and the end tokens exactly where the grammar may end. Not safe for concurrent use; its clones are independent.</summary>
/// <remarks>
/// Text is matched as UTF-8 bytes, so a token may end inside a character. Constraints with the same grammar and vocabulary share the masks they have computed.
/// Readings that nest deeper than 2,048 frames are dropped: tokens that only they would allow are forbidden.
/// </remarks>
public sealed class GrammarConstraint : ITokenConstraint
{
    private readonly GrammarMatcher _matcher;
    private readonly GrammarVocabulary _vocabulary;
    private readonly MaskCache _masks;
    private MatcherState _state;

    /// <summary>At the start of a text.</summary>
    public GrammarConstraint(Grammar grammar, GrammarVocabulary vocabulary)
    {
        ArgumentNullException.ThrowIfNull(grammar);
        ArgumentNullException.ThrowIfNull(vocabulary);
        _vocabulary = vocabulary;
        _matcher = grammar.Matcher;
        _masks = grammar.Masks.For(vocabulary);
        _state = _matcher.Start;
    }

    private GrammarConstraint(GrammarConstraint other) =>
        (_matcher, _vocabulary, _masks, _state) = (other._matcher, other._vocabulary, other._masks, other._state);

    /// <summary>Whether the text so far is a whole text of the grammar, so that end tokens are allowed.</summary>
    public bool CanEnd => _state.CanEnd;

    /// <summary>Whether the text so far is whole and nothing may follow it: generation is over.</summary>
    public bool MustEnd => _state is { CanEnd: true, Tops.Length: 0 };

    /// <inheritdoc/>
    /// <exception cref="ArgumentOutOfRangeException">Not a token of the vocabulary.</exception>
    /// <exception cref="GrammarException">The grammar is too ambiguous to follow.</exception>
    public bool Allows(int token)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(token);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(token, _vocabulary.Count);
        return _vocabulary.IsEnd(token)
            ? CanEnd
            : _masks.TryGet(_state) is { } mask ? TokenMask.Has(mask, token) : Next(token) is { IsDead: false };
    }

    /// <inheritdoc/>
    /// <exception cref="ArgumentException">Not one logit for each token of the vocabulary.</exception>
    /// <exception cref="GrammarException">No token is allowed, since the vocabulary lacks the bytes that must come or has no end token; or the grammar is too ambiguous to follow.</exception>
    public void Mask(Span<float> logits)
    {
        if (logits.Length != _vocabulary.Count)
        {
            throw new ArgumentException($"{logits.Length} logits were given for {_vocabulary.Count} tokens. Give one for each.", nameof(logits));
        }

        _state = _matcher.Renew(_state);
        if (!TokenMask.Apply(_masks.For(_state), logits))
        {
            throw new GrammarException(CanEnd
                ? "The text must end here, but the vocabulary has no end token that may. Stop when MustEnd is true, or name the end tokens."
                : "No token of the vocabulary continues the text. Use a vocabulary with a token for each byte, or a grammar that nests less.");
        }
    }

    /// <inheritdoc/>
    /// <remarks>An end token leaves the state as it is.</remarks>
    public void Accept(int token)
    {
        if (!Allows(token))
        {
            throw new ArgumentException($"Token {token} ('{Encoding.UTF8.GetString(_vocabulary.Piece(token))}') is not allowed here. Choose one that Allows says is.", nameof(token));
        }

        if (!_vocabulary.IsEnd(token))
        {
            _state = Next(token)!;
        }
    }

    /// <summary>Moves on by text that came before the constraint was asked, such as the start of an answer that the prompt gives.</summary>
    /// <param name="text">UTF-8; may end inside a character.</param>
    /// <exception cref="ArgumentException">The grammar does not allow the text here; the state is as before.</exception>
    /// <exception cref="GrammarException">The grammar is too ambiguous to follow.</exception>
    public void AcceptText(ReadOnlySpan<byte> text)
    {
        var next = _matcher.Walk(_matcher.Renew(_state), text);
        _state = !next.IsDead
            ? next
            : throw new ArgumentException($"The grammar does not allow '{Encoding.UTF8.GetString(text[..Math.Min(text.Length, 80)])}' here. Give text that it does.", nameof(text));
    }

    /// <inheritdoc cref="ITokenConstraint.Clone"/>
    public GrammarConstraint Clone() => new(this);

    ITokenConstraint ITokenConstraint.Clone() => Clone();

    /// <summary>The state after a token of text; null for a token without any.</summary>
    private MatcherState? Next(int token)
    {
        var piece = _vocabulary.Piece(token);
        _state = _matcher.Renew(_state);
        return piece.IsEmpty ? null : _matcher.Walk(_state, piece);
    }
}
