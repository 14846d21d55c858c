namespace Rag.Indexing;

/// <summary>Counts terms in chunks of one segment: for a few chunks quicker than to look for them among the postings of many terms. Not safe for concurrent use.</summary>
internal sealed class TermCounter
{
    private const int Slots = 256;

    private readonly Segment _segment;
    private readonly int[] _terms;
    private readonly int[] _counts;
    private readonly int[] _first = new int[Slots]; // the first term of a slot, counted from 1; 0 where there is none
    private readonly int[] _next; // the next one of its slot

    /// <param name="segment">The segment.</param>
    /// <param name="terms">The number of each term in it, -1 where it is absent.</param>
    public TermCounter(Segment segment, int[] terms)
    {
        (_segment, _terms, _counts, _next) = (segment, terms, new int[terms.Length], new int[terms.Length]);
        for (var i = 0; i < terms.Length; i++)
        {
            if (terms[i] >= 0)
            {
                ref var first = ref _first[terms[i] % Slots];
                (_next[i], first) = (first, i + 1);
            }
        }
    }

    /// <summary>How often each term stands in a chunk, its title counted once; valid until the next call.</summary>
    public ReadOnlySpan<int> Count(int chunk)
    {
        Array.Clear(_counts);
        foreach (var token in _segment.TokensOf(chunk))
        {
            for (var i = _first[token % Slots] - 1; i >= 0; i = _next[i] - 1)
            {
                if (_terms[i] == token)
                {
                    _counts[i]++;
                    break;
                }
            }
        }

        return _counts;
    }
}
