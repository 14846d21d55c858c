namespace Rag.Citations;

/// <summary>Checks an answer against the passages that it was written from: each mark that leaves is backed by a quote. Safe for concurrent use.</summary>
/// <remarks>
/// Works on any text, also wrong or hostile text. A mark is kept when its passage supports the sentence. A sentence that no marked passage supports
/// gets the mark of the passage that does, if any does; else it is unsupported and loses its marks. An answer without a supported sentence is an abstention.
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
        var scorer = new SupportScorer(passages);
        var marked = Quotations.Join(MarkedText.Parse(text, scorer.Language), scorer.Passages);
        var writer = new VerifiedTextWriter(marked, _options.Unsupported == UnsupportedSentences.Drop);
        foreach (var sentence in marked.Sentences)
        {
            cancellationToken.ThrowIfCancellationRequested();
            writer.Add(sentence, Support(scorer, scorer.Claim(sentence.Span.Of(marked.Words)), sentence));
        }

        var unsupported = writer.Sentences.Count(s => !s.Supported);
        return Refusal(marked.Sentences.Count, writer.Citations.Count, unsupported) is { } reason
            ? Answer.Unanswered(question, reason) with { Passages = passages }
            : new(question, writer.Text) { Sentences = writer.Sentences, Citations = writer.Citations, Passages = passages };
    }

    private string? Refusal(int written, int citations, int unsupported) => written switch
    {
        0 => "The generator wrote nothing.",
        _ when citations == 0 => "No passage supports what the generator wrote.",
        _ when _options.Unsupported == UnsupportedSentences.Abstain && unsupported > 0 => $"No passage supports {unsupported} of the {written} sentences that the generator wrote.",
        _ => null,
    };

    private SentenceSupport Support(SupportScorer scorer, Claim claim, MarkedSentence sentence)
    {
        var numbers = sentence.Marks.SelectMany(mark => mark.Numbers).ToHashSet();
        var found = scorer.Passages.Select(passage => (Passage: passage.Passage.Number, Quote: scorer.Best(claim, passage))).Where(f => f.Quote is not null)
            .Select(f => (f.Passage, Quote: f.Quote!, Score: scorer.Score(claim, f.Quote!)))
            .ToList();
        var cited = found.Where(f => numbers.Contains(f.Passage)).ToList();

        var single = cited.Where(f => f.Score >= _options.MinSupport).ToList();
        if (single.Count > 0)
        {
            return new(single.Max(f => f.Score), [.. single.Select(f => (f.Quote, f.Score))]);
        }

        var joint = Joint(scorer, claim, [.. cited.Select(f => f.Quote)]);
        if (joint.Quotes.Count > 0)
        {
            return joint;
        }

        var best = found.OrderByDescending(f => f.Score).ThenBy(f => f.Passage).FirstOrDefault();
        return best.Score >= _options.MinSupport ? new(best.Score, [(best.Quote, best.Score)]) : new(best.Score, []);
    }

    /// <summary>The cited quotes that support the claim only together; those without which the others still do are left out.</summary>
    private SentenceSupport Joint(SupportScorer scorer, Claim claim, List<Evidence> quotes)
    {
        if (scorer.Score(claim, quotes) < _options.MinSupport)
        {
            return new(0, []);
        }

        for (var i = quotes.Count - 1; i >= 0; i--)
        {
            List<Evidence> others = [.. quotes[..i], .. quotes[(i + 1)..]];
            quotes = scorer.Score(claim, others) >= _options.MinSupport ? others : quotes;
        }

        var score = scorer.Score(claim, quotes);
        return new(score, [.. quotes.Select(quote => (quote, score))]);
    }
}

/// <summary>What supports a sentence.</summary>
/// <param name="Score">0 to 1.</param>
/// <param name="Quotes">The quotes with their support; none when the sentence is unsupported.</param>
internal sealed record SentenceSupport(double Score, IReadOnlyList<(Evidence Quote, double Score)> Quotes);
