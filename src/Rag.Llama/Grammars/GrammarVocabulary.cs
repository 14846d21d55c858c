namespace Rag.Llama.Grammars;

/// <summary>The texts of a model's tokens, made ready for masks. Built once for a model; immutable and safe for concurrent use.</summary>
public sealed class GrammarVocabulary
{
    private readonly ReadOnlyMemory<byte>[] _pieces;
    private readonly HashSet<int> _endTokens;

    /// <summary>Sorts the pieces into a trie: about 0.1 s and 16 MB for 150,000 tokens.</summary>
    /// <param name="pieces">The bytes that each token adds to a text, by token id; they may begin or end inside a character. Empty for control tokens, which a grammar never allows.</param>
    /// <param name="endTokens">The tokens that end a text; their pieces are not used.</param>
    /// <exception cref="ArgumentException">A piece has more than 65,535 bytes.</exception>
    /// <exception cref="ArgumentOutOfRangeException">An end token is not a token id.</exception>
    public GrammarVocabulary(IReadOnlyList<ReadOnlyMemory<byte>> pieces, IEnumerable<int> endTokens)
    {
        ArgumentNullException.ThrowIfNull(pieces);
        ArgumentNullException.ThrowIfNull(endTokens);
        _endTokens = [.. endTokens];
        foreach (var token in _endTokens)
        {
            ArgumentOutOfRangeException.ThrowIfNegative(token, nameof(endTokens));
            ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(token, pieces.Count, nameof(endTokens));
        }

        _pieces = [.. pieces];
        if (_pieces.Any(piece => piece.Length > ushort.MaxValue))
        {
            throw new ArgumentException($"A piece has more than {ushort.MaxValue} bytes. Give the bytes of one token each.", nameof(pieces));
        }

        Trie = TokenTrie.Build(_pieces, token => !_pieces[token].IsEmpty && !_endTokens.Contains(token));
    }

    /// <summary>Tokens, those with empty pieces included.</summary>
    public int Count => _pieces.Length;

    /// <summary>The tokens that end a text.</summary>
    public IReadOnlyCollection<int> EndTokens => _endTokens;

    internal TokenTrie Trie { get; }

    internal bool IsEnd(int token) => _endTokens.Contains(token);

    internal ReadOnlySpan<byte> Piece(int token) => _pieces[token].Span;
}
