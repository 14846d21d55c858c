namespace Rag.Indexing;

/// <summary>Where a scan stands in the postings of one term of one segment. A mutable struct: keep it in an array and pass it by reference.</summary>
/// <param name="term">The term.</param>
/// <param name="start">Its first posting.</param>
/// <param name="end">The posting after its last.</param>
internal struct TermCursor(WeightedTerm term, int start, int end)
{
    private int _block = -1; // whose bound is known
    private float _most;
    private int _probe;

    /// <summary>The term.</summary>
    public readonly WeightedTerm Term => term;

    /// <summary>The first posting that no window has had.</summary>
    public int Next { get; private set; } = start;

    /// <summary>The posting after the last of the window.</summary>
    public int Stop { get; private set; } = start;

    /// <summary>Whether windows have had every posting.</summary>
    public readonly bool IsAtEnd => Next == end;

    /// <summary>How many postings the window has.</summary>
    public readonly int Count => Stop - Next;

    /// <summary>What the window's postings are for.</summary>
    public TermRole Role { get; set; }

    /// <summary>Goes to a window of chunks that begins after those before it.</summary>
    /// <returns>Whether the term has a posting there.</returns>
    public bool Enter(ReadOnlySpan<int> chunks, int first, int afterLast)
    {
        Next = Seek(chunks, Next, end, first);
        Stop = Next < end && chunks[Next] < afterLast ? Seek(chunks, Next, end, afterLast) : Next;
        _probe = Next;
        return Stop > Next;
    }

    /// <summary>Leaves the window behind.</summary>
    public void Leave() => Next = Stop;

    /// <summary>The most that the term adds to a chunk of the window.</summary>
    public float Most(TermScorer scorer, PostingBlock[] blocks)
    {
        var most = 0f;
        for (var block = Next / PostingBlock.Size; block <= (Stop - 1) / PostingBlock.Size; block++)
        {
            if (block != _block)
            {
                (_block, _most) = (block, blocks[block].Most(scorer));
            }

            most = Math.Max(most, _most);
        }

        return TermScorer.Most(term, most);
    }

    /// <summary>The posting of a chunk of the window, or -1. Chunks are asked for in ascending order.</summary>
    public int Find(ReadOnlySpan<int> chunks, int chunk)
    {
        _probe = Seek(chunks, _probe, Stop, chunk);
        return _probe < Stop && chunks[_probe] == chunk ? _probe : -1;
    }

    // The first posting of a chunk or a later one; it is mostly near.
    private static int Seek(ReadOnlySpan<int> chunks, int from, int end, int chunk)
    {
        var step = 1;
        while (from + step < end && chunks[from + step] < chunk)
        {
            (from, step) = (from + step, 2 * step);
        }

        var found = chunks[from..Math.Min(from + step + 1, end)].BinarySearch(chunk);
        return from + (found < 0 ? ~found : found);
    }
}

/// <summary>What the postings of a term are for in a window.</summary>
internal enum TermRole
{
    /// <summary>A chunk among the best has one of these terms.</summary>
    Needed,

    /// <summary>They are added up, though they find no chunk.</summary>
    Added,

    /// <summary>Chunks that others find are looked up in them.</summary>
    LookedUp,
}
