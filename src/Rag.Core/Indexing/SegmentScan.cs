using System.Numerics;

namespace Rag.Indexing;

/// <summary>Scores the chunks of one segment after the other, a window of chunks at a time, and passes over what cannot come among the best.</summary>
/// <remarks>
/// MaxScore (Turtle and Flood, "Query Evaluation: Strategies and Optimizations", 1995): terms that together cannot lift a chunk among the best find none; they are only looked up
/// in the chunks that hold another term, or added up where that is cheaper. Which they are is decided for the segment, and again for each window by what its postings can add. Results are those of adding up
/// every posting: what is left out is surely below the worst that is kept, and sums are formed in the order of the terms.
/// </remarks>
/// <param name="terms">The terms of the query, in its order.</param>
/// <param name="scorer">What they add.</param>
/// <param name="best">Takes the best.</param>
/// <param name="cancellationToken">Stops the scan.</param>
internal sealed class SegmentScan(IReadOnlyList<WeightedTerm> terms, TermScorer scorer, TopChunks best, CancellationToken cancellationToken)
{
    private const int Window = 4096; // chunks whose sums stay in the processor's first cache

    // A lookup takes as long as adding up so many postings, which are read in order.
    private const int LookupCost = 4;

    // Sums of bounds are formed in another order than scores, which are rounded to single precision: far more than both can amount to.
    private const double Slack = 1 + 2e-7;

    private readonly double[] _sums = new double[Window];
    private readonly ulong[] _found = new ulong[Window / 64];
    private readonly TermCursor[] _cursors = new TermCursor[terms.Count]; // of the terms that the segment has, in the order of the query
    private readonly TermBounds _inSegment = new(terms.Count);
    private readonly TermBounds _inWindow = new(terms.Count);
    private readonly TermBounds _lookedUp = new(terms.Count);
    private LiveSegment _live = null!;
    private int _count;

    private Segment Segment => _live.Segment;

    private Span<TermCursor> Cursors => _cursors.AsSpan(0, _count);

    /// <summary>Offers the best chunks of a segment.</summary>
    /// <param name="live">The segment.</param>
    /// <param name="index">Its place in the index.</param>
    /// <param name="visible">1 for each chunk that may be seen, else 0; <see langword="null"/> when all may.</param>
    /// <param name="firstDocument">What the numbers of its documents begin with among the candidates.</param>
    public void Run(LiveSegment live, int index, byte[]? visible, int firstDocument)
    {
        Begin(live, index);
        var optional = 0;
        while (Next(ref optional) is >= 0 and var first)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var start = first / Window * Window;
            Enter(start);
            if (Divide())
            {
                Accumulate(start);
                Collect(start, visible, firstDocument);
            }

            foreach (ref var cursor in Cursors)
            {
                cursor.Leave();
            }
        }
    }

    private void Begin(LiveSegment live, int index)
    {
        (_live, _count) = (live, 0);
        _inSegment.Clear();
        foreach (var term in terms)
        {
            if (term.Places[index] is >= 0 and var place)
            {
                _inSegment.Add(_count, scorer.IsBounded ? scorer.Most(term, live.Blocks, Segment.Postings(place)) : double.PositiveInfinity);
                _cursors[_count++] = new(term, Segment.PostingStarts[place], Segment.PostingStarts[place + 1]);
            }
        }

        _inSegment.Sum();
    }

    /// <summary>The next chunk that may come among the best, or -1; counts what has become optional in the whole segment.</summary>
    private int Next(ref int optional)
    {
        optional = Optional(_inSegment, optional);
        var next = int.MaxValue;
        for (var i = optional; i < _count; i++)
        {
            ref var cursor = ref _cursors[_inSegment[i]];
            next = cursor.IsAtEnd ? next : Math.Min(next, Segment.PostingChunks[cursor.Next]);
        }

        return next == int.MaxValue ? -1 : next;
    }

    /// <summary>How many terms cannot lift a chunk among the best, all of them together.</summary>
    private int Optional(TermBounds bounds, int known)
    {
        while (known < bounds.Count && IsBelow(bounds.Before(known + 1)))
        {
            known++;
        }

        return known;
    }

    private bool IsBelow(double most) => (most * Slack) + float.Epsilon < best.Threshold;

    /// <summary>Sums below this surely fall short, whatever is looked up adds.</summary>
    private double Least(double most) => ((best.Threshold - float.Epsilon) / (Slack * Slack)) - most;

    private void Enter(int start)
    {
        _inWindow.Clear();
        for (var i = 0; i < _count; i++)
        {
            ref var cursor = ref _cursors[i];
            if (cursor.Enter(Segment.PostingChunks, start, start + Window))
            {
                _inWindow.Add(i, scorer.IsBounded ? cursor.Most(scorer, _live.Blocks) : double.PositiveInfinity);
            }
        }

        _inWindow.Sum();
    }

    /// <summary>Which terms of the window every good chunk has one of, and which of the others are only looked up.</summary>
    /// <returns>Whether there can be a good chunk.</returns>
    private bool Divide()
    {
        var optional = Optional(_inWindow, 0);
        var needed = 0;
        for (var i = optional; i < _inWindow.Count; i++)
        {
            ref var cursor = ref _cursors[_inWindow[i]];
            (cursor.Role, needed) = (TermRole.Needed, needed + cursor.Count);
        }

        _lookedUp.Clear();
        for (var i = 0; i < optional; i++)
        {
            ref var cursor = ref _cursors[_inWindow[i]];
            if (cursor.Count <= LookupCost * needed)
            {
                cursor.Role = TermRole.Added;
            }
            else
            {
                cursor.Role = TermRole.LookedUp;
                _lookedUp.Add(_inWindow[i], _inWindow.Most(i));
            }
        }

        _lookedUp.Sum();
        return needed > 0;
    }

    private void Accumulate(int start)
    {
        foreach (ref var cursor in Cursors)
        {
            if (cursor.Role == TermRole.LookedUp || cursor.Count == 0)
            {
                continue;
            }

            var chunks = Segment.PostingChunks.AsSpan(cursor.Next..cursor.Stop);
            scorer.AddTo(_sums, start, cursor.Term, chunks, Segment.PostingCounts.AsSpan(cursor.Next..cursor.Stop), Segment.Lengths);
            if (cursor.Role == TermRole.Needed)
            {
                foreach (var chunk in chunks)
                {
                    var slot = chunk - start;
                    _found[slot >> 6] |= 1UL << slot;
                }
            }
        }
    }

    private void Collect(int start, byte[]? visible, int firstDocument)
    {
        var most = _lookedUp.Before(_lookedUp.Count);
        var (sums, least) = (_sums, Least(most));
        for (var word = 0; word < _found.Length && start + (word << 6) < Segment.ChunkCount; word++)
        {
            for (var bits = _found[word]; bits != 0; bits &= bits - 1)
            {
                var slot = (word << 6) + BitOperations.TrailingZeroCount(bits);
                var (chunk, sum) = (start + slot, sums[slot]);
                if (sum < least || visible?[chunk] == 0)
                {
                    continue;
                }

                var score = _lookedUp.Count > 0 ? Complete(chunk, sum) : (float)sum; // Lucene returns single precision; what it takes for a tie is a tie here
                if (score >= best.Threshold)
                {
                    var document = Segment.ChunkDocuments[chunk];
                    best.Offer(new(score, Segment.DocumentId(document), firstDocument + document, chunk - Segment.FirstChunks[document]));
                    least = Least(most);
                }
            }

            _found[word] = 0;
        }

        Array.Clear(_sums);
    }

    /// <summary>The score of a chunk, or negative infinity as soon as it surely falls short. Chunks are asked for in ascending order.</summary>
    private double Complete(int chunk, double sum)
    {
        for (var i = _lookedUp.Count - 1; i >= 0; i--)
        {
            sum += Score(ref _cursors[_lookedUp[i]], chunk);
            if (IsBelow(sum + _lookedUp.Before(i)))
            {
                return double.NegativeInfinity;
            }
        }

        // Every term's score in the order of the query, so that the sum is the same to the last bit whatever was looked up.
        sum = 0;
        foreach (ref var cursor in Cursors)
        {
            sum += Score(ref cursor, chunk);
        }

        return (float)sum;
    }

    private float Score(ref TermCursor cursor, int chunk) =>
        cursor.Find(Segment.PostingChunks, chunk) is >= 0 and var posting ? scorer.Score(cursor.Term, Segment.PostingCounts[posting], Segment.Lengths[chunk]) : 0;
}
