namespace Rag.Citations;

/// <summary>Checks an answer against the passages that it was written from: each mark that leaves is backed by a quote. Safe for concurrent use.</summary>
/// <remarks>
/// Works on any text, also wrong or hostile text. A mark is kept when its passage supports the sentence. A sentence that no marked passage supports
/// gets the mark of the passage that does, if any does; else it is unsupported and loses its marks. An answer without a supported sentence is an abstention.
/// A sentence that was written before, word for word, is left out.
/// Bracketed numbers that the quote itself holds, such as <c>items[0]</c>, stay as they are.
/// </remarks>
public sealed class CitationVerifier(CitationVerifierOptions? options = null)
{
    private readonly CitationVerifierOptions _options = options ?? new();

    /// <summary>The checked answer, or an abstention.</summary>
    /// <param name="question">The question, for <see cref="Answer.Question"/>.</param>
    /// <param name="text">The answer as it was written, with marks.</param>
    /// <param name="passages">The passages that the numbers in the marks stand for.</param>
    /// <param name="cancellationToken">Stops the checking.</param>
    public Answer Verify(string question, string text, IReadOnlyList<Passage> passages, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(question);
        ArgumentNullException.ThrowIfNull(text);
        ArgumentNullException.ThrowIfNull(passages);
        return Conclude(question, Check(text, passages, cancellationToken), passages);
    }

    /// <summary>Whether an answer that is found wanting is to be written again.</summary>
    internal bool Repairs => _options.Unsupported == UnsupportedSentences.Repair;

    /// <summary>The text with what is known of each of its sentences.</summary>
    internal CheckedText Check(string text, IReadOnlyList<Passage> passages, CancellationToken cancellationToken)
    {
        var scorer = Scorer(passages);
        var marked = Quotations.Join(MarkedText.Parse(text, scorer.Language), scorer.Passages);
        var writer = new VerifiedTextWriter(marked, _options.Unsupported is UnsupportedSentences.Drop or UnsupportedSentences.Repair);
        var written = new HashSet<string>(StringComparer.Ordinal);
        foreach (var sentence in marked.Sentences.Where(s => written.Add(s.Span.Of(marked.Words))))
        {
            cancellationToken.ThrowIfCancellationRequested();
            writer.Add(sentence, Check(scorer, marked, sentence));
        }

        return writer.Finish();
    }

    /// <summary>What <see cref="CheckLast"/> needs of the passages.</summary>
    internal SupportScorer Scorer(IReadOnlyList<Passage> passages) => new(passages, _options.MinSupport);

    /// <summary>The last sentence of a text, with the sentences before it that its marks stand behind too: where it begins in the words, and its words with the marks that are backed.</summary>
    internal (int Start, string Text) CheckLast(MarkedText text, SupportScorer scorer)
    {
        var marked = Quotations.Join(text, scorer.Passages);
        var last = marked.Sentences[^1];
        var writer = new VerifiedTextWriter(marked, dropUnsupported: false);
        writer.Add(last, Check(scorer, marked, last));
        return (last.Span.Start, writer.Finish().Text);
    }

    /// <summary>The answer that a checked text makes, or an abstention.</summary>
    internal Answer Conclude(string question, CheckedText text, IReadOnlyList<Passage> passages) => Refusal(text) is { } reason
        ? Answer.Unanswered(question, reason) with { Passages = passages }
        : new(question, text.Text) { Sentences = text.Sentences, Citations = text.Citations, Conflicts = text.Conflicts, Passages = passages };

    private string? Refusal(CheckedText text) => text.Written switch
    {
        0 => "The generator wrote nothing.",
        _ when text.Citations.Count == 0 => "No passage supports what the generator wrote.",
        _ when _options.Unsupported == UnsupportedSentences.Abstain && text.Findings.Count > 0 => $"No passage supports {text.Findings.Count} of the {text.Written} sentences that the generator wrote.",
        _ => null,
    };

    private SentenceSupport Check(SupportScorer scorer, MarkedText marked, MarkedSentence sentence)
    {
        var claim = scorer.Claim(sentence.Span.Of(marked.Words));
        var numbers = sentence.Marks.SelectMany(mark => mark.Numbers).ToHashSet();
        var found = scorer.Passages.Select(passage => scorer.Best(claim, passage)).OfType<Support>().ToList();
        var (score, quotes) = Choose(scorer, claim, found, numbers);
        return quotes.Count > 0
            ? new(score, quotes, null, [.. found.Where(f => f.Score < _options.MinSupport && SupportScorer.Contradicts(claim, f))])
            // a passage that holds every word and says something else tells more than one that holds few
            : new(score, [], Findings.Of(claim, found.OrderByDescending(f => f.Coverage).ThenBy(f => f.Number).FirstOrDefault(), cited: numbers.Count > 0), []);
    }

    /// <summary>The quotes that support a claim, those of the passages that it cites first; none where none do. The score is the best found.</summary>
    private (double Score, IReadOnlyList<(Evidence Quote, double Score)> Quotes) Choose(SupportScorer scorer, Claim claim, List<Support> found, HashSet<int> numbers)
    {
        var cited = found.Where(f => numbers.Contains(f.Number)).ToList();
        var single = cited.Where(f => f.Score >= _options.MinSupport).ToList();
        if (single.Count > 0)
        {
            return (single.Max(f => f.Score), [.. single.Select(f => (f.Quotes[0], f.Score))]);
        }

        if (Joint(scorer, claim, [.. cited.Select(f => f.Quotes[0])]) is { } joint)
        {
            return (joint.Score, [.. joint.Quotes.Select(quote => (quote, joint.Score))]);
        }

        var best = found.OrderByDescending(f => f.Score).ThenBy(f => f.Number).FirstOrDefault();
        return (best?.Score ?? 0, best?.Score >= _options.MinSupport ? [(best.Quotes[0], best.Score)] : []);
    }

    /// <summary>The cited quotes that support the claim only together; those without which the others still do are left out.</summary>
    private Support? Joint(SupportScorer scorer, Claim claim, List<Evidence> quotes)
    {
        if (scorer.Judge(claim, quotes).Score < _options.MinSupport)
        {
            return null;
        }

        for (var i = quotes.Count - 1; i >= 0; i--)
        {
            List<Evidence> others = [.. quotes[..i], .. quotes[(i + 1)..]];
            quotes = scorer.Judge(claim, others).Score >= _options.MinSupport ? others : quotes;
        }

        return scorer.Judge(claim, quotes);
    }
}
