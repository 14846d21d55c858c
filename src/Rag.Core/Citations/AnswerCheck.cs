namespace Rag.Citations;

/// <summary>Checks the sentences of one answer against its passages, by words and, where there is one, by a judge, who is asked each thing once.</summary>
internal sealed class AnswerCheck(CitationVerifierOptions options, ISupportJudge? judge, IReadOnlyList<Passage> passages)
{
    private readonly SupportScorer _scorer = new(passages, options.MinSupport);
    private readonly JudgedSupport? _judged = judge is null ? null : new(judge, options.MinSupport);

    /// <summary>The language of the passages.</summary>
    public string? Language => _scorer.Language;

    /// <summary>The text with what is known of each of its sentences; a sentence that was written before, word for word, is left out.</summary>
    public async ValueTask<CheckedText> CheckAsync(string text, CancellationToken cancellationToken)
    {
        var marked = Quotations.Join(MarkedText.Parse(text, _scorer.Language), _scorer.Passages);
        var writer = new VerifiedTextWriter(marked, options.Unsupported is UnsupportedSentences.Drop or UnsupportedSentences.Repair);
        var sentences = marked.Sentences.DistinctBy(s => s.Span.Of(marked.Words), StringComparer.Ordinal).ToList();
        var supports = await SupportsAsync(marked, sentences, cancellationToken);
        foreach (var (sentence, support) in sentences.Zip(supports))
        {
            writer.Add(sentence, support);
        }

        return writer.Finish();
    }

    /// <summary>The last sentence of a text, with the sentences before it that its marks stand behind too: where it begins in the words, and its words with the marks that are backed.</summary>
    public async ValueTask<(int Start, string Text)> CheckLastAsync(MarkedText text, CancellationToken cancellationToken)
    {
        var marked = Quotations.Join(text, _scorer.Passages);
        var last = marked.Sentences[^1];
        var writer = new VerifiedTextWriter(marked, dropUnsupported: false);
        writer.Add(last, (await SupportsAsync(marked, [last], cancellationToken))[0]);
        return (last.Span.Start, writer.Finish().Text);
    }

    private async ValueTask<IReadOnlyList<SentenceSupport>> SupportsAsync(MarkedText marked, IReadOnlyList<MarkedSentence> sentences, CancellationToken cancellationToken)
    {
        var checks = new List<SentenceCheck>();
        foreach (var sentence in sentences)
        {
            cancellationToken.ThrowIfCancellationRequested();
            checks.Add(Check(marked, sentence));
        }

        return _judged is null ? [.. checks.Select(c => c.Support)] : await _judged.ReviseAsync(checks, _scorer.Passages, cancellationToken);
    }

    private SentenceCheck Check(MarkedText marked, MarkedSentence sentence)
    {
        var claim = _scorer.Claim(sentence.Span.Of(marked.Words));
        var numbers = sentence.Marks.SelectMany(mark => mark.Numbers).ToHashSet();
        var found = _scorer.Passages.Select(passage => _scorer.Best(claim, passage)).OfType<Support>().ToList();
        var (score, quotes) = Choose(claim, found, numbers);
        return new(claim, numbers, found, quotes.Count > 0
            ? new(score, quotes, null, [.. found.Where(f => f.Score < options.MinSupport && SupportScorer.Contradicts(claim, f))])
            // a passage that holds every word and says something else tells more than one that holds few
            : new(score, [], Findings.Of(claim, found.OrderByDescending(f => f.Coverage).ThenBy(f => f.Number).FirstOrDefault(), cited: numbers.Count > 0), []));
    }

    /// <summary>The quotes that support a claim, those of the passages that it cites first; none where none do. The score is the best found.</summary>
    private (double Score, IReadOnlyList<(Evidence Quote, double Score)> Quotes) Choose(Claim claim, List<Support> found, HashSet<int> numbers)
    {
        var cited = found.Where(f => numbers.Contains(f.Number)).ToList();
        var single = cited.Where(f => f.Score >= options.MinSupport).ToList();
        if (single.Count > 0)
        {
            return (single.Max(f => f.Score), [.. single.Select(f => (f.Quotes[0], f.Score))]);
        }

        if (Joint(claim, [.. cited.Select(f => f.Quotes[0])]) is { } joint)
        {
            return (joint.Score, [.. joint.Quotes.Select(quote => (quote, joint.Score))]);
        }

        var best = found.OrderByDescending(f => f.Score).ThenBy(f => f.Number).FirstOrDefault();
        return (best?.Score ?? 0, best?.Score >= options.MinSupport ? [(best.Quotes[0], best.Score)] : []);
    }

    /// <summary>The cited quotes that support the claim only together; those without which the others still do are left out.</summary>
    private Support? Joint(Claim claim, List<Evidence> quotes)
    {
        if (_scorer.Judge(claim, quotes).Score < options.MinSupport)
        {
            return null;
        }

        for (var i = quotes.Count - 1; i >= 0; i--)
        {
            List<Evidence> others = [.. quotes[..i], .. quotes[(i + 1)..]];
            quotes = _scorer.Judge(claim, others).Score >= options.MinSupport ? others : quotes;
        }

        return _scorer.Judge(claim, quotes);
    }
}

/// <summary>A sentence of an answer as the words of the passages see it.</summary>
/// <param name="Claim">What it claims.</param>
/// <param name="Cited">The numbers of the passages that it cites; may be those of none.</param>
/// <param name="Found">For each passage that shares a word with it, what there supports it best.</param>
/// <param name="Support">What comes of it.</param>
internal sealed record SentenceCheck(Claim Claim, IReadOnlySet<int> Cited, IReadOnlyList<Support> Found, SentenceSupport Support);
