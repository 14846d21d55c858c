using System.Buffers;

namespace Rag.Indexing;

/// <summary>One search: term at a time over every posting, sums in one accumulator for each chunk, the best kept in a heap.</summary>
internal sealed class KeywordSearch
{
    private readonly KeywordIndex _index;
    private readonly SegmentView[] _views;
    private readonly List<WeightedTerm> _terms = [];
    private readonly float _averageLength;
    private readonly CancellationToken _cancellationToken;

    public KeywordSearch(KeywordIndex index, string text, DocumentScope? scope, CancellationToken cancellationToken)
    {
        _index = index;
        _cancellationToken = cancellationToken;
        _views = [.. index.Segments.Select(s => s.See(scope))];
        var count = _views.Sum(v => (long)v.Chunks);
        if (count == 0)
        {
            return;
        }

        _averageLength = (float)(_views.Sum(v => v.Terms) / (double)count);
        foreach (var (term, occurrences) in QueryTerms.Of(text, _views.SelectMany(v => v.Languages).Distinct(), index.Model))
        {
            cancellationToken.ThrowIfCancellationRequested();
            Weigh(term, occurrences, count);
        }
    }

    public IReadOnlyList<KeywordHit> Run(int top, bool explain)
    {
        if (_terms.Count == 0)
        {
            return [];
        }

        var best = new TopChunks(top);
        for (var i = 0; i < _views.Length; i++)
        {
            Scan(i, best);
        }

        return [.. best.Ordered().Select(c => new KeywordHit(c.Document, c.Chunk, c.Score, explain ? Explain(c) : []))];
    }

    private void Weigh(string term, int occurrences, long count)
    {
        var places = new int[_views.Length];
        var frequency = 0L;
        for (var i = 0; i < _views.Length; i++)
        {
            var segment = _index.Segments[i].Segment;
            places[i] = _views[i].Chunks == 0 ? -1 : segment.Find(term);
            frequency += places[i] < 0 ? 0 : _views[i].Count(segment.PostingChunks.AsSpan(segment.Postings(places[i])));
        }

        if (frequency > 0)
        {
            var idf = Bm25.Idf(count, frequency);
            _terms.Add(new(term, idf, occurrences * idf, places));
        }
    }

    private void Scan(int segmentIndex, TopChunks best)
    {
        if (_terms.TrueForAll(t => t.Places[segmentIndex] < 0))
        {
            return;
        }

        var segment = _index.Segments[segmentIndex].Segment;
        var norms = _index.Segments[segmentIndex].InverseNorms(_index.Model, _averageLength);
        var rented = ArrayPool<double>.Shared.Rent(segment.ChunkCount);
        var sums = rented.AsSpan(0, segment.ChunkCount);
        sums.Clear();
        foreach (var term in _terms)
        {
            _cancellationToken.ThrowIfCancellationRequested();
            if (term.Places[segmentIndex] is >= 0 and var place)
            {
                Accumulate(segment, place, term.Weight, norms, sums);
            }
        }

        Collect(segment, _views[segmentIndex].Visible, sums, best);
        ArrayPool<double>.Shared.Return(rented);
    }

    private static void Accumulate(Segment segment, int term, float weight, float[] norms, Span<double> sums)
    {
        var postings = segment.Postings(term);
        var chunks = segment.PostingChunks.AsSpan(postings);
        var counts = segment.PostingCounts.AsSpan(postings);
        for (var i = 0; i < chunks.Length; i++)
        {
            sums[chunks[i]] += Bm25.Score(weight, counts[i], norms[chunks[i]]);
        }
    }

    private static void Collect(Segment segment, byte[]? visible, ReadOnlySpan<double> sums, TopChunks best)
    {
        for (var chunk = 0; chunk < sums.Length; chunk++)
        {
            // Lucene returns single precision; what it takes for a tie is a tie here.
            var score = (double)(float)sums[chunk];
            if (score > 0 && score >= best.Threshold && visible?[chunk] != 0)
            {
                var document = segment.ChunkDocuments[chunk];
                best.Offer(new(score, segment.DocumentId(document), segment.Keys[document], chunk - segment.FirstChunks[document]));
            }
        }
    }

    private IReadOnlyList<TermScore> Explain(Candidate candidate)
    {
        for (var i = 0; i < _views.Length; i++)
        {
            var live = _index.Segments[i];
            var document = Array.IndexOf(live.Segment.Keys, candidate.Document);
            if (document >= 0 && !live.IsDead(document))
            {
                var chunk = live.Segment.FirstChunks[document] + candidate.Chunk;
                var norm = live.InverseNorms(_index.Model, _averageLength)[chunk];
                return [.. _terms.Select(t => t.Explain(live.Segment, i, chunk, norm)).OfType<TermScore>().OrderByDescending(t => t.Score).ThenBy(t => t.Term, StringComparer.Ordinal)];
            }
        }

        return [];
    }

    /// <summary>A query term with its weight (idf times its occurrences in the query) and its number in each segment, -1 where it is absent.</summary>
    private sealed record WeightedTerm(string Term, float Idf, float Weight, int[] Places)
    {
        public TermScore? Explain(Segment segment, int segmentIndex, int chunk, float norm)
        {
            if (Places[segmentIndex] < 0)
            {
                return null;
            }

            var postings = segment.Postings(Places[segmentIndex]);
            var place = segment.PostingChunks.AsSpan(postings).BinarySearch(chunk);
            if (place < 0)
            {
                return null;
            }

            var count = segment.PostingCounts.AsSpan(postings)[place];
            return new(Term, count, Idf, Bm25.Score(Weight, count, norm));
        }
    }
}
