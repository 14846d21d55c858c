namespace Rag.Llama.Grammars;

/// <summary>The allowed tokens of the states met last, as bitmaps by token id. Safe for concurrent use.</summary>
internal sealed class MaskCache(GrammarMatcher matcher, GrammarVocabulary vocabulary)
{
    private readonly Lock _gate = new();
    private readonly int _capacity = Math.Max(8, GrammarLimits.MaskBytes / (8 * Words(vocabulary.Count)) / 2);

    // two halves: when the young one is full it becomes the old one, so what is used stays without a list of uses
    private Dictionary<MatcherState, ulong[]> _young = [];
    private Dictionary<MatcherState, ulong[]> _old = [];

    /// <summary>Bit <c>token % 64</c> of word <c>token / 64</c> says whether the token may come. Not to be written to.</summary>
    public ulong[] For(MatcherState state) => TryGet(state) ?? Keep(state, Compute(state));

    /// <summary>The mask, if it is remembered.</summary>
    public ulong[]? TryGet(MatcherState state)
    {
        lock (_gate)
        {
            return _young.TryGetValue(state, out var mask) || _old.TryGetValue(state, out mask) ? mask : null;
        }
    }

    private ulong[] Compute(MatcherState state)
    {
        var bits = new ulong[Words(vocabulary.Count)];
        vocabulary.Trie.Allow(matcher, state, bits);
        if (state.CanEnd)
        {
            foreach (var token in vocabulary.EndTokens)
            {
                bits[token >> 6] |= 1UL << token;
            }
        }

        return bits;
    }

    private ulong[] Keep(MatcherState state, ulong[] mask)
    {
        lock (_gate)
        {
            if (_young.Count >= _capacity)
            {
                (_old, _young) = (_young, []);
            }

            _young[state] = mask;
            return mask;
        }
    }

    private static int Words(int tokens) => (tokens + 63) / 64;
}
