namespace Rag.Indexing;

/// <summary>Scores a few short texts for a query by BM25, as an index of just them would, without making one. Not safe for concurrent use.</summary>
internal sealed class NameScorer
{
    private readonly KeywordModel _model;
    private readonly KeyValuePair<string, float>[] _query; // in ordinal order, as sums are formed
    private readonly int[] _lengths; // of each text
    private readonly int[,] _counts; // [texts, terms of the query]
    private readonly float[] _rarities; // of each term of the query, 0 where no text holds it
    private readonly float _averageLength;

    /// <summary>Counts the query's terms in the texts.</summary>
    /// <param name="model">How words are weighed: BM25 without titles, order of words or spelling variants.</param>
    /// <param name="query">The query, analysed in the language of each text.</param>
    /// <param name="texts">The texts, each with its language.</param>
    public NameScorer(KeywordModel model, string query, IReadOnlyList<(string Text, string? Language)> texts)
    {
        _model = model;
        _query = [.. QueryTerms.Of(query, texts.Select(t => t.Language).Distinct(), model)];
        (_lengths, _counts) = (new int[texts.Count], new int[texts.Count, _query.Length]);
        var places = new Dictionary<string, int>(_query.Select((t, i) => KeyValuePair.Create(t.Key, i)), StringComparer.Ordinal).GetAlternateLookup<ReadOnlySpan<char>>();
        var frequencies = new int[_query.Length];
        var text = 0;
        void Receive(ReadOnlySpan<char> term, int position, TextSpan span)
        {
            _lengths[text]++;
            if (places.TryGetValue(term, out var place) && _counts[text, place]++ == 0)
            {
                frequencies[place]++;
            }
        }

        for (Analysis.TermReceiver receive = Receive; text < texts.Count; text++)
        {
            model.AnalyzerFor(texts[text].Language).Analyze(texts[text].Text, receive);
        }

        var filled = _lengths.Count(l => l > 0);
        _averageLength = (float)(_lengths.Sum(l => (long)l) / (double)filled);
        _rarities = Array.ConvertAll(frequencies, f => f > 0 ? Bm25.Idf(filled, f) : 0);
    }

    /// <summary>What a text scores; 0 where it has none of the query's terms.</summary>
    public double Score(int text)
    {
        var sum = 0.0;
        for (var term = 0; term < _query.Length; term++)
        {
            sum += _counts[text, term] > 0 ? Score(text, term) : 0;
        }

        return (float)sum;
    }

    /// <summary>What each term adds to it, best first.</summary>
    public IReadOnlyList<TermScore> Explain(int text) =>
    [
        .. Enumerable.Range(0, _query.Length).Where(t => _counts[text, t] > 0)
            .Select(t => new TermScore(_query[t].Key, _counts[text, t], _rarities[t], Score(text, t)))
            .OrderByDescending(t => t.Score).ThenBy(t => t.Term, StringComparer.Ordinal),
    ];

    private float Score(int text, int term) =>
        Bm25.Score(_query[term].Value * _rarities[term], _counts[text, term], Bm25.InverseNorm(_model, _model.Length(_lengths[text]), _averageLength));
}
