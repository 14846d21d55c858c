using Rag.Indexing.Feedback;

namespace Rag.Indexing;

/// <summary>One search: terms are weighed by what may be seen, segments scanned, the best kept in a heap.</summary>
internal sealed class KeywordSearch
{
    // Bound the time of a search for nonsense; a word has rarely more likely spellings.
    private const int MaxRespelt = 16;
    private const int MaxVariants = 3;

    // A guess counts half of what was written, one with two edits a quarter.
    private const float VariantWeight = 0.5f;

    private readonly KeywordIndex _index;
    private readonly SegmentView[] _views;
    private readonly long _allTerms;
    private readonly int[] _firstDocuments; // of each segment, where the documents of all are counted through
    private readonly TermScorer _scorer;
    private readonly ProximityScorer? _proximity; // null where the order of words does not count
    private readonly Dictionary<string, (int[] Places, long Frequency)> _occurrences = new(StringComparer.Ordinal); // of terms asked for before
    private readonly CancellationToken _cancellationToken;
    private IReadOnlyList<Candidate> _found = []; // by the scan before

    public KeywordSearch(KeywordIndex index, string text, DocumentScope? scope, CancellationToken cancellationToken)
    {
        _index = index;
        _cancellationToken = cancellationToken;
        _views = [.. index.Segments.Select(s => s.See(scope))];
        Chunks = _views.Sum(v => (long)v.Chunks);
        _allTerms = _views.Sum(v => v.Terms);
        _scorer = new(index.Model, averageLength: (float)(_allTerms / (double)Chunks));
        _firstDocuments = new int[_views.Length];
        for (var i = 1; i < _views.Length; i++)
        {
            _firstDocuments[i] = _firstDocuments[i - 1] + index.Segments[i - 1].Segment.DocumentCount;
        }
        string?[] languages = [.. _views.SelectMany(v => v.Languages).Distinct()];
        var words = Chunks == 0 ? TermVector.Empty : QueryTerms.Of(text, languages, index.Model);
        Query = index.Model.SpellingVariants ? WithVariants(words) : words;
        _proximity = index.Model.Proximity > 0 && Chunks > 0 ? Proximity(QueryTerms.Pairs(text, languages, index.Model)) : null;
    }

    /// <summary>Where it searches.</summary>
    public KeywordIndex Index => _index;

    /// <summary>Visible chunks that have a term at all.</summary>
    public long Chunks { get; }

    /// <summary>The terms of the text in the languages that may be seen, each with its occurrences, and their spelling variants; none where nothing may be seen.</summary>
    public TermVector Query { get; }

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
        return Occurrence(term).Frequency;
    }

    /// <summary>The terms of a chunk, given its segment and its number there.</summary>
    public TermVector Vector((int Segment, int Chunk) place)
    {
        _cancellationToken.ThrowIfCancellationRequested();
        return _index.Segments[place.Segment].Segment.Vector(place.Chunk);
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
            var (places, frequency) = Occurrence(term);
            if (weight > 0 && frequency > 0)
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

    /// <summary>The number of a term in each segment, -1 where it is absent, and in how many visible chunks it stands.</summary>
    private (int[] Places, long Frequency) Occurrence(string term)
    {
        if (_occurrences.TryGetValue(term, out var known))
        {
            return known;
        }

        var places = new int[_views.Length];
        var hash = string.GetHashCode(term);
        var frequency = 0L;
        for (var i = 0; i < places.Length; i++)
        {
            var live = _index.Segments[i];
            places[i] = _views[i].Chunks == 0 ? -1 : live.Terms.Find(term, hash);
            frequency += places[i] < 0 ? 0 : _views[i].Count(live.Segment.PostingChunks.AsSpan(live.Segment.Postings(places[i])));
        }

        return _occurrences[term] = (places, frequency);
    }

    /// <summary>Adds to words that no visible chunk holds the terms that they may have been meant for.</summary>
    private TermVector WithVariants(TermVector terms)
    {
        var added = new Dictionary<string, float>(StringComparer.Ordinal);
        foreach (var (word, weight) in terms.Where(t => SpellingVariants.DistanceFor(t) > 0 && Frequency(t) == 0).Take(MaxRespelt))
        {
            var variants = new SpellingVariants(word);
            var near = _views.Index().Where(v => v.Item.Chunks > 0).SelectMany(v => variants.In(_index.Segments[v.Index].Segment)).Distinct();
            foreach (var (term, distance) in near.Where(n => Frequency(n.Term) > 0).OrderBy(n => n.Distance).ThenByDescending(n => Frequency(n.Term)).ThenBy(n => n.Term, StringComparer.Ordinal).Take(MaxVariants))
            {
                added[term] = Math.Max(added.GetValueOrDefault(term), weight * MathF.Pow(VariantWeight, distance));
            }
        }

        return added.Count == 0 ? terms : new(terms.Concat(added.Where(a => terms[a.Key] == 0)));
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
        return _proximity!.Scores(_index.Segments[segment], chunk);
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
        return found.Count > 0 ? new(_index.Model.Proximity, _scorer, found) : null;
    }

    private IReadOnlyList<Candidate> Scan(List<WeightedTerm> terms, int top)
    {
        var best = new TopChunks(top, Floor(terms, top));
        var scan = new SegmentScan(terms, _scorer, best, _cancellationToken);
        foreach (var i in Enumerable.Range(0, _views.Length).Where(i => _views[i].Chunks > 0).OrderByDescending(i => _views[i].Chunks)) // many good ones soon make the others fall short
        {
            scan.Run(_index.Segments[i], i, _views[i].Visible, _firstDocuments[i]);
        }

        return _found = best.Ordered();
    }

    /// <summary>A score that enough chunks surely have: as many of those that were found before, when terms were fewer, reach it.</summary>
    private double Floor(List<WeightedTerm> terms, int top)
    {
        if (!_scorer.IsBounded || _found.Count < top)
        {
            return double.NegativeInfinity;
        }

        var counters = new TermCounter?[_views.Length];
        var scores = new float[_found.Count];
        for (var i = 0; i < scores.Length; i++)
        {
            var (index, chunk) = Locate(_found[i]);
            var segment = _index.Segments[index].Segment;
            var counts = (counters[index] ??= new(segment, [.. terms.Select(t => t.Places[index])])).Count(chunk);
            var sum = 0.0; // as a scan adds up, but for titles that count for more there
            for (var term = 0; term < counts.Length; term++)
            {
                sum += counts[term] > 0 ? _scorer.Score(terms[term], Math.Min(counts[term], ushort.MaxValue), segment.Lengths[chunk]) : 0;
            }

            scores[i] = (float)sum;
        }

        Array.Sort(scores);
        return scores[^top];
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

        var live = _index.Segments[segmentIndex];
        var postings = live.Segment.Postings(term.Places[segmentIndex]);
        var place = live.Segment.PostingChunks.AsSpan(postings).BinarySearch(chunk);
        if (place < 0)
        {
            return null;
        }

        var count = live.Segment.PostingCounts.AsSpan(postings)[place];
        return new(Query[term.Term] > 0 ? term.Term : $"{term.Term} (feedback)", count, term.Rarity, _scorer.Score(term, count, live.Segment.Lengths[chunk]));
    }
}
