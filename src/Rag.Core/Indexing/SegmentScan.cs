using System.Numerics;

namespace Rag.Indexing;

/// <summary>Scores the chunks of one segment after the other, a window of chunks at a time, and passes over what cannot come among the best.</summary>
/// <remarks>
/// MaxScore (Turtle and Flood, "Query Evaluation: Strategies and Optimizations", 1995): terms that together cannot lift a chunk among the best are only looked up
/// in the chunks that hold another term. Results are those of adding up every posting: what is left out is surely below the worst that is kept, and sums are
/// formed in the order of the terms.
/// </remarks>
/// <param name="terms">The terms of the query, in its order.</param>
/// <param name="scorer">What they add.</param>
/// <param name="best">Takes the best.</param>
/// <param name="cancellationToken">Stops the scan.</param>
internal sealed class SegmentScan(IReadOnlyList<WeightedTerm> terms, TermScorer scorer, TopChunks best, CancellationToken cancellationToken)
{
    private const int Window = 4096; // chunks whose sums stay in the processor's first cache

    // Sums of bounds are formed in another order than scores, which are rounded to single precision: far more than both can amount to.
    private const double Slack = 1 + 2e-7;

    private readonly double[] _sums = new double[Window];
    private readonly ulong[] _found = new ulong[Window / 64];
    private readonly Cursor[] _cursors = new Cursor[terms.Count]; // of the terms that the segment has, in the order of the query
    private readonly int[] _order = new int[terms.Count]; // their places, the term that can add least first
    private readonly double[] _most = new double[terms.Count]; // in that order, what a term and all before it can add together
    private Segment _segment = null!;
    private int _count;

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
            foreach (ref var cursor in _cursors.AsSpan(0, _count))
            {
                if (!cursor.IsOptional)
                {
                    Accumulate(ref cursor, start);
                }
            }

            Collect(start, optional, visible, firstDocument);
        }
    }

    private void Begin(LiveSegment live, int index)
    {
        (_segment, _count) = (live.Segment, 0);
        foreach (var term in terms)
        {
            if (term.Places[index] is >= 0 and var place)
            {
                _most[_count] = scorer.IsBounded ? scorer.Most(term, live.Blocks, _segment.Postings(place)) : double.PositiveInfinity;
                _order[_count] = _count;
                _cursors[_count++] = new(term, _segment.PostingStarts[place], _segment.PostingStarts[place + 1]);
            }
        }

        Array.Sort(_most, _order, 0, _count);
        for (var i = 1; i < _count; i++)
        {
            _most[i] += _most[i - 1];
        }
    }

    /// <summary>The next chunk that may come among the best, or -1; makes optional what has become so.</summary>
    private int Next(ref int optional)
    {
        for (; optional < _count && IsBelow(_most[optional]); optional++)
        {
            _cursors[_order[optional]].IsOptional = true;
        }

        var next = int.MaxValue;
        foreach (ref var cursor in _cursors.AsSpan(0, _count))
        {
            next = cursor.IsOptional || cursor.Next == cursor.End ? next : Math.Min(next, _segment.PostingChunks[cursor.Next]);
        }

        return next == int.MaxValue ? -1 : next;
    }

    private bool IsBelow(double most) => (most * Slack) + float.Epsilon < best.Threshold;

    private void Accumulate(ref Cursor cursor, int start)
    {
        var chunks = _segment.PostingChunks.AsSpan(cursor.Next, Math.Min(cursor.End - cursor.Next, Window));
        if (!chunks.IsEmpty && chunks[^1] - start >= Window)
        {
            var end = chunks.BinarySearch(start + Window);
            chunks = chunks[..(end < 0 ? ~end : end)];
        }

        scorer.AddTo(_sums, start, cursor.Term, chunks, _segment.PostingCounts.AsSpan(cursor.Next, chunks.Length), _segment.Lengths);
        cursor.Next += chunks.Length;
        foreach (var chunk in chunks)
        {
            var slot = chunk - start;
            _found[slot >> 6] |= 1UL << slot;
        }
    }

    private void Collect(int start, int optional, byte[]? visible, int firstDocument)
    {
        for (var word = 0; word < _found.Length && start + (word << 6) < _segment.ChunkCount; word++)
        {
            for (var bits = _found[word]; bits != 0; bits &= bits - 1)
            {
                var slot = (word << 6) + BitOperations.TrailingZeroCount(bits);
                var (chunk, sum) = (start + slot, _sums[slot]);
                _sums[slot] = 0;
                if (IsBelow(sum + (optional > 0 ? _most[optional - 1] : 0)) || visible?[chunk] == 0)
                {
                    continue;
                }

                var score = optional > 0 ? Complete(chunk, sum, optional) : (float)sum; // Lucene returns single precision; what it takes for a tie is a tie here
                if (score >= best.Threshold)
                {
                    var document = _segment.ChunkDocuments[chunk];
                    best.Offer(new(score, _segment.DocumentId(document), firstDocument + document, chunk - _segment.FirstChunks[document]));
                }
            }

            _found[word] = 0;
        }
    }

    /// <summary>The score of a chunk, or negative infinity as soon as it surely falls short. Chunks are asked for in ascending order.</summary>
    private double Complete(int chunk, double sum, int optional)
    {
        for (var i = optional - 1; i >= 0; i--)
        {
            sum += Probe(ref _cursors[_order[i]], chunk);
            if (IsBelow(sum + (i > 0 ? _most[i - 1] : 0)))
            {
                return double.NegativeInfinity;
            }
        }

        return InOrder(chunk);
    }

    /// <summary>What an optional term adds to a chunk.</summary>
    private float Probe(ref Cursor cursor, int chunk)
    {
        var chunks = _segment.PostingChunks.AsSpan(cursor.Next, cursor.End - cursor.Next);
        var (low, step) = (0, 1);
        while (low + step < chunks.Length && chunks[low + step] < chunk) // most are near
        {
            (low, step) = (low + step, 2 * step);
        }

        var found = chunks[low..Math.Min(low + step + 1, chunks.Length)].BinarySearch(chunk);
        cursor.Next += low + (found < 0 ? ~found : found);
        return found < 0 ? 0 : scorer.Score(cursor.Term, _segment.PostingCounts[cursor.Next], _segment.Lengths[chunk]);
    }

    // Every term's score in the order of the query, so that the sum is the same to the last bit whatever was optional.
    private double InOrder(int chunk)
    {
        var sum = 0.0;
        foreach (ref var cursor in _cursors.AsSpan(0, _count))
        {
            var place = _segment.PostingChunks.AsSpan(cursor.Start, cursor.End - cursor.Start).BinarySearch(chunk);
            sum += place < 0 ? 0 : scorer.Score(cursor.Term, _segment.PostingCounts[cursor.Start + place], _segment.Lengths[chunk]);
        }

        return (float)sum;
    }

    private struct Cursor(WeightedTerm term, int start, int end)
    {
        public readonly WeightedTerm Term = term;
        public readonly int Start = start;
        public readonly int End = end;
        public int Next = start;
        public bool IsOptional;
    }
}
