using Rag.Analysis;

namespace Rag.Enrichment;

/// <summary>The words of a text with the features by which YAKE weighs them.</summary>
internal sealed class KeywordText
{
    private const int MaxPhrase = 3;
    private const int FewestLetters = 3;

    private readonly string _text;
    private readonly IAnalyzer _analyzer;
    private readonly List<Occurrence> _words = [];
    private readonly Dictionary<string, Term> _terms = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int> _stems = new(StringComparer.Ordinal);
    private readonly Dictionary<(Term, Term), int> _pairs = [];
    private double _meanFrequency;
    private double _deviation;
    private int _maxFrequency;
    private int _sentences;

    private KeywordText(string text, IAnalyzer analyzer) => (_text, _analyzer) = (text, analyzer);

    /// <summary>Reads the prose of a document up to a place: no code, no tables.</summary>
    public static KeywordText Read(Document document, int end, CancellationToken cancellationToken)
    {
        var language = document.Language ?? Analyzers.AssumedLanguage;
        var text = new KeywordText(document.Text, Analyzers.For(language));
        var stopWords = StopWords.Set(language);
        foreach (var block in document.Blocks.Where(b => b.Kind is not (BlockKind.Code or BlockKind.Table) && b.Span.Start < end))
        {
            foreach (var sentence in SentenceSegmenter.Split(document.Text, new(block.Span.Start, Math.Min(block.Span.End, end)), language))
            {
                cancellationToken.ThrowIfCancellationRequested();
                text.Add(sentence, stopWords);
            }
        }

        text.Count();
        return text;
    }

    /// <summary>The runs of up to three words between marks that neither begin nor end with a stop word or a number.</summary>
    public IEnumerable<(int First, int Count)> Phrases()
    {
        for (var first = 0; first < _words.Count; first++)
        {
            for (var count = 1; count <= MaxPhrase && first + count <= _words.Count && (count == 1 || _words[first + count - 1].Joins); count++)
            {
                if (_words[first].Term.MayStand && _words[first + count - 1].Term.MayStand)
                {
                    yield return (first, count);
                }
            }
        }
    }

    public TextSpan SpanOf(int first, int count) => new(_words[first].Span.Start, _words[first + count - 1].Span.End);

    /// <summary>Numbers of the stems of a phrase, -1 behind the last one.</summary>
    public (int, int, int) StemsOf(int first, int count) => (StemOf(first), count > 1 ? StemOf(first + 1) : -1, count > 2 ? StemOf(first + 2) : -1);

    /// <summary>Equation 7 of the paper but for the frequency of the phrase: <c>∏S / (1 + ΣS)</c>, a stop word inside by the probability of its neighbours.</summary>
    public double Unlikeliness(int first, int count)
    {
        var (product, sum) = (1.0, 0.0);
        for (var i = first; i < first + count; i++)
        {
            var term = _words[i].Term;
            if (term.MayStand || i == first || i == first + count - 1)
            {
                var score = ScoreOf(term);
                (product, sum) = (product * score, sum + score);
            }
            else
            {
                var (before, after) = (_words[i - 1].Term, _words[i + 1].Term);
                var likely = _pairs.GetValueOrDefault((before, term)) / (double)before.Frequency * (_pairs.GetValueOrDefault((term, after)) / (double)term.Frequency);
                (product, sum) = (product * (2 - likely), sum - (1 - likely));
            }
        }

        return product / (1 + Math.Max(sum, -0.9));
    }

    private void Add(TextSpan sentence, WordSet stopWords)
    {
        var part = _text.AsSpan(sentence.Start, sentence.Length);
        var (end, isFirst) = (0, true);
        Span<char> lower = stackalloc char[64];
        var known = _terms.GetAlternateLookup<ReadOnlySpan<char>>();
        foreach (var word in WordSegmenter.Words(part))
        {
            if (word.Kind != WordKind.Alphanumeric || word.End - word.Start > lower.Length)
            {
                end = -1; // a phrase does not reach across it
                continue;
            }

            var written = part[word.Start..word.End];
            var length = written.ToLowerInvariant(lower);
            if (!known.TryGetValue(lower[..length], out var term))
            {
                var mayStand = length >= FewestLetters && !stopWords.Contains(lower[..length]) && !written.ContainsAnyInRange('0', '9');
                _terms[lower[..length].ToString()] = term = new(mayStand);
            }

            var joins = !isFirst && end >= 0 && part[end..word.Start].IndexOfAnyExcept(" \u00A0\n-") < 0;
            term.Frequency++;
            term.Acronyms += length > 1 && !written.ContainsAnyExceptInRange('A', 'Z') ? 1 : 0;
            term.Capitals += !isFirst && char.IsUpper(written[0]) ? 1 : 0;
            if (term.Sentences.Count == 0 || term.Sentences[^1] != _sentences)
            {
                term.Sentences.Add(_sentences);
            }

            if (joins)
            {
                var before = _words[^1].Term;
                _pairs[(before, term)] = _pairs.GetValueOrDefault((before, term)) + 1;
                before.After.Add(term);
                before.AfterCount++;
                term.Before.Add(before);
                term.BeforeCount++;
            }

            _words.Add(new(term, new(sentence.Start + word.Start, sentence.Start + word.End), joins));
            (end, isFirst) = (word.End, false);
        }

        _sentences++;
    }

    private void Count()
    {
        double[] frequencies = [.. _terms.Values.Where(t => t.MayStand).Select(t => (double)t.Frequency)];
        _meanFrequency = frequencies.DefaultIfEmpty(1).Average();
        _deviation = Math.Sqrt(frequencies.DefaultIfEmpty(1).Average(f => (f - _meanFrequency) * (f - _meanFrequency)));
        _maxFrequency = _terms.Values.Select(t => t.Frequency).DefaultIfEmpty(1).Max();
    }

    // Equations 1 to 6: casing, position, frequency, relatedness to context, spread over sentences.
    private double ScoreOf(Term term)
    {
        if (term.Score is { } known)
        {
            return known;
        }

        var casing = Math.Max(term.Acronyms, term.Capitals) / (1 + Math.Log(term.Frequency));
        var position = Math.Log(Math.Log(3 + term.Sentences[term.Sentences.Count / 2]));
        var frequency = term.Frequency / (_meanFrequency + _deviation);
        var left = term.BeforeCount == 0 ? 0 : term.Before.Count / (double)term.BeforeCount;
        var right = term.AfterCount == 0 ? 0 : term.After.Count / (double)term.AfterCount;
        var related = 1 + ((left + right) * term.Frequency / _maxFrequency);
        var spread = term.Sentences.Count / (double)_sentences;
        var score = related * Math.Max(position, 0.01) / (casing + (frequency / related) + (spread / related));
        term.Score = score;
        return score;
    }

    private int StemOf(int word)
    {
        if (_words[word].Term.Stem is { } known)
        {
            return known;
        }

        var (span, stem) = (_words[word].Span, default(string));
        _analyzer.Analyze(_text.AsSpan(span.Start, span.Length), (term, _, _) => stem ??= term.ToString());
        stem ??= _text[span.Start..span.End].ToLowerInvariant(); // a stop word has none
        _stems.TryAdd(stem, _stems.Count);
        _words[word].Term.Stem = _stems[stem];
        return _stems[stem];
    }

    private readonly record struct Occurrence(Term Term, TextSpan Span, bool Joins);

    private sealed class Term(bool mayStand)
    {
        /// <summary>Whether a phrase may begin or end with it.</summary>
        public bool MayStand { get; } = mayStand;

        public int Frequency { get; set; }

        public int Acronyms { get; set; }

        public int Capitals { get; set; }

        public int BeforeCount { get; set; }

        public int AfterCount { get; set; }

        public List<int> Sentences { get; } = [];

        public HashSet<Term> Before { get; } = [];

        public HashSet<Term> After { get; } = [];

        public double? Score { get; set; }

        public int? Stem { get; set; }
    }
}
