using Rag.Indexing.Feedback;

namespace Rag.Indexing;

/// <summary>One search: terms are weighed by what may be seen, segments scanned, the best kept in a heap.</summary>
internal sealed class KeywordSearch
{
    private readonly KeywordIndex _index;
    private readonly SegmentView[] _views;
    private readonly long _allTerms;
    private readonly int[] _firstDocuments; // of each segment, where the documents of all are counted through
    private readonly TermScorer _scorer;
    private readonly CancellationToken _cancellationToken;

    public KeywordSearch(KeywordIndex index, DocumentScope? scope, CancellationToken cancellationToken)
    {
        _index = index;
        _cancellationToken = cancellationToken;
        _views = [.. index.Segments.Select(s => s.See(scope))];
        Chunks = _views.Sum(v => (long)v.Chunks);
        _allTerms = _views.Sum(v => v.Terms);
        _scorer = new(index.Model, (float)(_allTerms / (double)Chunks));
        _firstDocuments = new int[_views.Length];
        for (var i = 1; i < _views.Length; i++)
        {
            _firstDocuments[i] = _firstDocuments[i - 1] + index.Segments[i - 1].Segment.DocumentCount;
        }
    }

    /// <summary>Visible chunks that have a term at all.</summary>
    public long Chunks { get; }

    /// <summary>The terms of a text in the languages that may be seen, each with its occurrences; none where nothing may be seen.</summary>
    public TermVector Terms(string text) => Chunks == 0 ? TermVector.Empty : QueryTerms.Of(text, _views.SelectMany(v => v.Languages).Distinct(), _index.Model);

    public IReadOnlyList<KeywordHit> Run(TermVector query, int top, bool explain)
    {
        var terms = Weigh(query);
        return [.. Best(terms, top).Select(c => Hit(c, explain ? Explain(terms, c) : []))];
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
        return _index.Segments[place.Segment].Forward.Vector(place.Chunk);
    }

    /// <summary>The segment of a chunk that was found, and its number there.</summary>
    public (int Segment, int Chunk) Locate(Candidate candidate)
    {
        var (segment, document) = Document(candidate);
        return (segment, _index.Segments[segment].Segment.FirstChunks[document] + candidate.Chunk);
    }

    /// <summary>Every visible chunk by its segment and its number there, in the order of document ids (ordinal), then of reading.</summary>
    public IReadOnlyList<(int Segment, int Chunk)> Visible() =>
    [
        .. _views.SelectMany((view, i) => Enumerable.Range(0, _index.Segments[i].Segment.ChunkCount).Where(c => view.Visible?[c] != 0).Select(c => (Segment: i, Chunk: c)))
            .GroupBy(p => (p.Segment, Document: _index.Segments[p.Segment].Segment.ChunkDocuments[p.Chunk]))
            .OrderBy(d => _index.Segments[d.Key.Segment].Segment.DocumentId(d.Key.Document).ToString(), StringComparer.Ordinal)
            .SelectMany(d => d),
    ];

    private KeywordHit Hit(Candidate candidate, IReadOnlyList<TermScore> terms)
    {
        var (segment, document) = Document(candidate);
        return new(_index.Segments[segment].Segment.Keys[document], candidate.Chunk, candidate.Score, terms);
    }

    private (int Segment, int Document) Document(Candidate candidate)
    {
        var place = Array.BinarySearch(_firstDocuments, candidate.Document);
        var segment = place < 0 ? ~place - 1 : place;
        return (segment, candidate.Document - _firstDocuments[segment]);
    }

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
        var hash = string.GetHashCode(term);
        for (var i = 0; i < places.Length; i++)
        {
            places[i] = _views[i].Chunks == 0 ? -1 : _index.Segments[i].Terms.Find(term, hash);
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
        var best = new TopChunks(top);
        var scan = new SegmentScan(terms, _scorer, best, _cancellationToken);
        foreach (var i in Enumerable.Range(0, _views.Length).Where(i => _views[i].Chunks > 0).OrderByDescending(i => _views[i].Chunks)) // many good ones soon make the others fall short
        {
            scan.Run(_index.Segments[i], i, _views[i].Visible, _firstDocuments[i]);
        }

        return best.Ordered();
    }

    private IReadOnlyList<TermScore> Explain(List<WeightedTerm> terms, Candidate candidate)
    {
        var (segment, chunk) = Locate(candidate);
        return [.. terms.Select(t => Explain(t, segment, chunk)).OfType<TermScore>().OrderByDescending(t => t.Score).ThenBy(t => t.Term, StringComparer.Ordinal)];
    }

    private TermScore? Explain(WeightedTerm term, int segmentIndex, int chunk)
    {
        if (term.Places[segmentIndex] < 0)
        {
            return null;
        }

        var live = _index.Segments[segmentIndex];
        var postings = live.Segment.Postings(term.Places[segmentIndex]);
        var place = live.Segment.PostingChunks.AsSpan(postings).BinarySearch(chunk);
        if (place < 0)
        {
            return null;
        }

        var count = live.Segment.PostingCounts.AsSpan(postings)[place];
        return new(term.Term, count, term.Rarity, _scorer.Score(term, count, live.Segment.Lengths[chunk]));
    }
}
