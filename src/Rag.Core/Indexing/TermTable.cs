namespace Rag.Indexing;

/// <summary>Finds the terms of a segment by hash.</summary>
internal sealed class TermTable
{
    private readonly Segment _segment;
    private readonly int[] _slots; // number of a term plus 1, or 0; at most half of them taken
    private readonly int _mask;

    public TermTable(Segment segment)
    {
        _segment = segment;
        _slots = new int[int.CreateChecked(System.Numerics.BitOperations.RoundUpToPowerOf2((uint)(2 * segment.TermCount) + 1))];
        _mask = _slots.Length - 1;
        for (var term = 0; term < segment.TermCount; term++)
        {
            var slot = string.GetHashCode(segment.Term(term)) & _mask;
            while (_slots[slot] != 0)
            {
                slot = (slot + 1) & _mask;
            }

            _slots[slot] = term + 1;
        }
    }

    /// <summary>The number of a term, or -1 where the segment lacks it.</summary>
    /// <param name="term">The term.</param>
    /// <param name="hash">Its <see cref="string.GetHashCode(ReadOnlySpan{char})"/>.</param>
    public int Find(ReadOnlySpan<char> term, int hash)
    {
        for (var slot = hash & _mask; _slots[slot] is > 0 and var found; slot = (slot + 1) & _mask)
        {
            if (_segment.Term(found - 1).SequenceEqual(term))
            {
                return found - 1;
            }
        }

        return -1;
    }
}
