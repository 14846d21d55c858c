using System.Numerics;

namespace Rag.Indexing;

/// <summary>Finds the terms of a segment by hash.</summary>
internal sealed class TermTable
{
    private readonly Segment _segment;
    private readonly (int Hash, int Number)[] _slots; // numbers from 1, 0 where there is none; at most half of them are taken
    private readonly int _mask;

    public TermTable(Segment segment)
    {
        _segment = segment;
        _slots = new (int, int)[BitOperations.RoundUpToPowerOf2((uint)(2 * segment.TermCount) + 1)];
        _mask = _slots.Length - 1;
        for (var term = 0; term < segment.TermCount; term++)
        {
            var hash = string.GetHashCode(segment.Term(term));
            var slot = hash & _mask;
            while (_slots[slot].Number != 0)
            {
                slot = (slot + 1) & _mask;
            }

            _slots[slot] = (hash, term + 1);
        }
    }

    /// <summary>The number of a term, or -1 where the segment lacks it.</summary>
    /// <param name="term">The term.</param>
    /// <param name="hash">Its <see cref="string.GetHashCode(ReadOnlySpan{char})"/>.</param>
    public int Find(ReadOnlySpan<char> term, int hash)
    {
        for (var slot = hash & _mask; _slots[slot].Number != 0; slot = (slot + 1) & _mask)
        {
            if (_slots[slot].Hash == hash && _segment.Term(_slots[slot].Number - 1).SequenceEqual(term))
            {
                return _slots[slot].Number - 1;
            }
        }

        return -1;
    }
}
