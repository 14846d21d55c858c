using Rag.Analysis;

namespace Rag.Citations;

/// <summary>How well passages support the sentences of an answer.</summary>
/// <remarks>
/// Support is the share of a sentence's terms that the quote holds, each weighted by its rarity among the sentences of all passages (the idf of
/// Robertson and Sparck Jones, 1976, kept positive). It is 0 when a number or name of the sentence does not stand in the quote, and halved when one of
/// the two denies and the other does not. A term that no passage holds is as rare as can be, so an invention costs most.
/// </remarks>
internal sealed class SupportScorer
{
    private const int MaxQuotedSentences = 3;

    // A longer quote must say noticeably more than a shorter one.
    private const double PricePerSentence = 0.05;

    private readonly IAnalyzer _analyzer;
    private readonly string? _language;
    private readonly Dictionary<string, int> _sentencesWith = new(StringComparer.Ordinal);
    private readonly int _sentences;

    public SupportScorer(IReadOnlyList<Passage> passages)
    {
        _language = passages.Select(p => p.Chunk.Language).FirstOrDefault(language => language is not null);
        _analyzer = Analyzers.For(_language ?? Analyzers.AssumedLanguage);
        Passages = [.. passages.Select(passage => new PassageText(passage, _analyzer))];
        foreach (var terms in Passages.SelectMany(p => p.Terms))
        {
            _sentences++;
            foreach (var term in terms)
            {
                _sentencesWith[term] = _sentencesWith.GetValueOrDefault(term) + 1;
            }
        }
    }

    public IReadOnlyList<PassageText> Passages { get; }

    /// <summary>The language of the passages.</summary>
    public string? Language => _language;

    /// <summary>What a sentence claims, ready for scoring.</summary>
    public Claim Claim(string sentence)
    {
        var weights = new Dictionary<string, double>(StringComparer.Ordinal);
        foreach (var term in _analyzer.Terms(sentence))
        {
            var df = _sentencesWith.GetValueOrDefault(term.Text);
            weights[term.Text] = Math.Log(1 + ((_sentences - df + 0.5) / (df + 0.5)));
        }

        return new(sentence, weights, weights.Values.Sum(), Facts.Denies(sentence));
    }

    /// <summary>The run of at most three sentences of a passage that supports a claim best, or <see langword="null"/> when the passage shares no term with it.</summary>
    /// <remarks>Where the claim stands word for word, the run is where it stands. Ties go to the shorter run, then to the earlier one.</remarks>
    public Evidence? Best(Claim claim, PassageText passage)
    {
        if (claim.Weights.Count == 0)
        {
            return null;
        }

        if (passage.Verbatim(claim.Text) is var (from, to))
        {
            return passage.Quote(from, to);
        }

        var (best, bestScore) = (default(Evidence), (Support: -1.0, Coverage: 0.0));
        for (var count = 1; count <= MaxQuotedSentences; count++)
        {
            for (var first = 0; first + count <= passage.Sentences.Count; first++)
            {
                if (!passage.Terms[first].Overlaps(claim.Weights.Keys))
                {
                    continue;
                }

                var evidence = passage.Quote(first, first + count - 1);
                var price = PricePerSentence * (count - 1);
                var score = (Support: Score(claim, evidence) - price, Coverage: Coverage(claim, [evidence]) - price);
                (best, bestScore) = score.CompareTo(bestScore) > 0 ? (evidence, score) : (best, bestScore);
            }
        }

        return best;
    }

    /// <summary>How well quotes together support a claim, 0 to 1.</summary>
    public double Score(Claim claim, params IReadOnlyList<Evidence> quotes)
    {
        var coverage = Coverage(claim, quotes);
        if (coverage == 0 || !Facts.Agree(claim.Text, string.Join('\n', quotes.Select(q => q.Quote)), _language))
        {
            return 0;
        }

        return quotes.Any(q => Facts.Denies(q.Quote)) == claim.Denies ? coverage : coverage / 2;
    }

    private static double Coverage(Claim claim, IReadOnlyList<Evidence> quotes) =>
        claim.Total == 0 ? 0 : claim.Weights.Where(w => quotes.Any(q => q.Terms.Contains(w.Key))).Sum(w => w.Value) / claim.Total;
}

/// <summary>A sentence to be supported.</summary>
/// <param name="Text">The sentence without marks.</param>
/// <param name="Weights">Its terms and how rare each is.</param>
/// <param name="Total">Sum of the weights.</param>
/// <param name="Denies">Whether it holds a word of denial.</param>
internal sealed record Claim(string Text, IReadOnlyDictionary<string, double> Weights, double Total, bool Denies);
