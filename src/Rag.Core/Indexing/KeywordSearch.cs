using System.Buffers;
using Rag.Indexing.Feedback;

namespace Rag.Indexing;

/// <summary>One search: term at a time over every posting, sums in one accumulator for each chunk, the best kept in a heap.</summary>
internal sealed class KeywordSearch
{
    private readonly KeywordIndex _index;
    private readonly SegmentView[] _views;
    private readonly long _allTerms;
    private readonly float _averageLength;
    private readonly ProximityScorer? _proximity; // null where the order of words does not count
    private readonly CancellationToken _cancellationToken;

    public KeywordSearch(KeywordIndex index, string text, DocumentScope? scope, CancellationToken cancellationToken)
    {
        _index = index;
        _cancellationToken = cancellationToken;
        _views = [.. index.Segments.Select(s => s.See(scope))];
        Chunks = _views.Sum(v => (long)v.Chunks);
        _allTerms = _views.Sum(v => v.Terms);
        _averageLength = (float)(_allTerms / (double)Chunks);
        string?[] languages = [.. _views.SelectMany(v => v.Languages).Distinct()];
        Query = Chunks == 0 ? TermVector.Empty : QueryTerms.Of(text, languages, index.Model);
        _proximity = index.Model.Proximity > 0 && Chunks > 0 ? Proximity(QueryTerms.Pairs(text, languages, index.Model)) : null;
    }

    /// <summary>Visible chunks that have a term at all.</summary>
    public long Chunks { get; }

    /// <summary>The terms of the text in the languages that may be seen, each with its occurrences; none where nothing may be seen.</summary>
    public TermVector Query { get; }

    public IReadOnlyList<KeywordHit> Run(TermVector query, int top, bool explain)
    {
        var terms = Weigh(query);
        return [.. Best(terms, top).Select(c => new KeywordHit(c.Document, c.Chunk, c.Score, explain ? Explain(terms, c) : []))];
    }

    public IReadOnlyList<Candidate> Best(TermVector query, int top) => Best(Weigh(query), top);

    /// <summary>In how many visible chunks a term stands.</summary>
    public long Frequency(string term)
    {
        _cancellationToken.ThrowIfCancellationRequested();
        return Frequency(Places(term));
    }

    /// <summary>The terms of a chunk, given its segment and its number there.</summary>
    public TermVector Vector((int Segment, int Chunk) place)
    {
        _cancellationToken.ThrowIfCancellationRequested();
        return _index.Segments[place.Segment].Segment.Vector(place.Chunk);
    }

    /// <summary>The segment of a visible chunk that was found, and its number there.</summary>
    public (int Segment, int Chunk) Locate(Candidate candidate)
    {
        for (var i = 0; i < _views.Length; i++)
        {
            var live = _index.Segments[i];
            var document = Array.IndexOf(live.Segment.Keys, candidate.Document);
            if (document >= 0 && !live.IsDead(document))
            {
                return (i, live.Segment.FirstChunks[document] + candidate.Chunk);
            }
        }

        throw new ArgumentException($"Document {candidate.Document} is not in the index.", nameof(candidate));
    }

    /// <summary>Every visible chunk by its segment and its number there, in the order of document ids (ordinal), then of reading.</summary>
    public IReadOnlyList<(int Segment, int Chunk)> Visible() =>
    [
        .. _views.SelectMany((view, i) => Enumerable.Range(0, _index.Segments[i].Segment.ChunkCount).Where(c => view.Visible?[c] != 0).Select(c => (Segment: i, Chunk: c)))
            .GroupBy(p => (p.Segment, Document: _index.Segments[p.Segment].Segment.ChunkDocuments[p.Chunk]))
            .OrderBy(d => _index.Segments[d.Key.Segment].Segment.DocumentId(d.Key.Document).ToString(), StringComparer.Ordinal)
            .SelectMany(d => d),
    ];

    private List<WeightedTerm> Weigh(TermVector query)
    {
        var terms = new List<WeightedTerm>();
        foreach (var (term, weight) in query)
        {
            _cancellationToken.ThrowIfCancellationRequested();
            var places = Places(term);
            if (weight > 0 && Frequency(places) is > 0 and var frequency)
            {
                terms.Add(_index.Model.Mu is null ? OfBm25(term, weight, frequency, places) : OfLikelihood(term, weight, places));
            }
        }

        return terms;
    }

    private WeightedTerm OfBm25(string term, float weight, long frequency, int[] places)
    {
        var idf = Bm25.Idf(Chunks, frequency);
        return new(term, idf, weight * idf, 0, places);
    }

    private WeightedTerm OfLikelihood(string term, float weight, int[] places)
    {
        var occurrences = 0L;
        for (var i = 0; i < places.Length; i++)
        {
            var segment = _index.Segments[i].Segment;
            occurrences += places[i] < 0 ? 0 : _views[i].Occurrences(segment.PostingChunks.AsSpan(segment.Postings(places[i])), segment.PostingCounts.AsSpan(segment.Postings(places[i])));
        }

        var probability = Dirichlet.Probability(occurrences, _allTerms);
        return new(term, (float)-Math.Log(probability), weight, probability, places);
    }

    private int[] Places(string term)
    {
        var places = new int[_views.Length];
        for (var i = 0; i < places.Length; i++)
        {
            places[i] = _views[i].Chunks == 0 ? -1 : _index.Segments[i].Segment.Find(term);
        }

        return places;
    }

    private long Frequency(int[] places)
    {
        var frequency = 0L;
        for (var i = 0; i < places.Length; i++)
        {
            var segment = _index.Segments[i].Segment;
            frequency += places[i] < 0 ? 0 : _views[i].Count(segment.PostingChunks.AsSpan(segment.Postings(places[i])));
        }

        return frequency;
    }

    private IReadOnlyList<Candidate> Best(List<WeightedTerm> terms, int top)
    {
        if (_proximity is null)
        {
            return Scan(terms, top);
        }

        var found = Scan(terms, Math.Max(top, ProximityScorer.Candidates));
        var closest = new TopChunks(top);
        for (var i = 0; i < found.Count; i++)
        {
            closest.Offer(i < ProximityScorer.Candidates ? found[i] with { Score = (float)(found[i].Score + Closeness(found[i]).Sum(p => p.Score)) } : found[i]);
        }

        return closest.Ordered();
    }

    private IEnumerable<TermScore> Closeness(Candidate candidate)
    {
        var (segment, chunk) = Locate(candidate);
        return _proximity!.Scores(_index.Segments[segment].Segment, chunk);
    }

    private ProximityScorer? Proximity(IReadOnlyList<WordPair> pairs)
    {
        Dictionary<string, float> idf = new(StringComparer.Ordinal);
        foreach (var term in pairs.SelectMany(p => new[] { p.First, p.Second }).Distinct(StringComparer.Ordinal))
        {
            if (Frequency(term) is > 0 and var frequency)
            {
                idf.Add(term, Bm25.Idf(Chunks, frequency));
            }
        }

        List<(WordPair Pair, float Idf)> found = [.. pairs.Where(p => idf.ContainsKey(p.First) && idf.ContainsKey(p.Second)).Select(p => (p, idf[p.First] + idf[p.Second]))];
        return found.Count > 0 ? new(_index.Model, _averageLength, found) : null;
    }

    private IReadOnlyList<Candidate> Scan(List<WeightedTerm> terms, int top)
    {
        var best = new TopChunks(top);
        for (var i = 0; i < _views.Length; i++)
        {
            Scan(terms, i, best);
        }

        return best.Ordered();
    }

    private void Scan(List<WeightedTerm> terms, int segmentIndex, TopChunks best)
    {
        if (terms.TrueForAll(t => t.Places[segmentIndex] < 0))
        {
            return;
        }

        var live = _index.Segments[segmentIndex];
        var rented = ArrayPool<double>.Shared.Rent(live.Segment.ChunkCount);
        var sums = rented.AsSpan(0, live.Segment.ChunkCount);
        sums.Fill(-0.0); // stays so where no term stands; a term that adds nothing makes it 0
        foreach (var term in terms)
        {
            _cancellationToken.ThrowIfCancellationRequested();
            if (term.Places[segmentIndex] is >= 0 and var place)
            {
                Accumulate(live, place, term, sums);
            }
        }

        Collect(live.Segment, _views[segmentIndex].Visible, sums, best);
        ArrayPool<double>.Shared.Return(rented);
    }

    private void Accumulate(LiveSegment live, int place, WeightedTerm term, Span<double> sums)
    {
        var model = _index.Model;
        var postings = live.Segment.Postings(place);
        var chunks = live.Segment.PostingChunks.AsSpan(postings);
        var counts = live.Segment.PostingCounts.AsSpan(postings);
        if (model.Mu is { } mu)
        {
            for (var i = 0; i < chunks.Length; i++)
            {
                sums[chunks[i]] += Dirichlet.Score(term.Weight, counts[i], term.Probability, model.Length(live.Segment.Lengths[chunks[i]]), mu);
            }

            return;
        }

        var (weight, norms) = (term.Weight, live.InverseNorms(model, _averageLength));
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
            if (!double.IsNegative(score) && score >= best.Threshold && visible?[chunk] != 0)
            {
                var document = segment.ChunkDocuments[chunk];
                best.Offer(new(score, segment.DocumentId(document), segment.Keys[document], chunk - segment.FirstChunks[document]));
            }
        }
    }

    private IReadOnlyList<TermScore> Explain(List<WeightedTerm> terms, Candidate candidate)
    {
        var (segment, chunk) = Locate(candidate);
        var closeness = _proximity is null ? [] : Closeness(candidate);
        return [.. terms.Select(t => Explain(t, segment, chunk)).OfType<TermScore>().Concat(closeness).OrderByDescending(t => t.Score).ThenBy(t => t.Term, StringComparer.Ordinal)];
    }

    private TermScore? Explain(WeightedTerm term, int segmentIndex, int chunk)
    {
        if (term.Places[segmentIndex] < 0)
        {
            return null;
        }

        var (model, live) = (_index.Model, _index.Segments[segmentIndex]);
        var postings = live.Segment.Postings(term.Places[segmentIndex]);
        var place = live.Segment.PostingChunks.AsSpan(postings).BinarySearch(chunk);
        if (place < 0)
        {
            return null;
        }

        var count = live.Segment.PostingCounts.AsSpan(postings)[place];
        return new(Query[term.Term] > 0 ? term.Term : $"{term.Term} (feedback)", count, term.Rarity, model.Mu is { } mu
            ? Dirichlet.Score(term.Weight, count, term.Probability, model.Length(live.Segment.Lengths[chunk]), mu)
            : Bm25.Score(term.Weight, count, live.InverseNorms(model, _averageLength)[chunk]));
    }

    /// <summary>A term of a query.</summary>
    /// <param name="Term">The term.</param>
    /// <param name="Rarity">How rare it is: its idf, or for query likelihood the negative logarithm of its probability.</param>
    /// <param name="Weight">What its scores are multiplied by: its weight in the query, for BM25 times its idf.</param>
    /// <param name="Probability">How likely a word of the collection is this one; 0 for BM25.</param>
    /// <param name="Places">Its number in each segment, -1 where it is absent.</param>
    private sealed record WeightedTerm(string Term, float Rarity, float Weight, double Probability, int[] Places);
}
