using Rag.Analysis;

namespace Rag.Citations;

/// <summary>How well passages support the sentences of an answer.</summary>
/// <remarks>
/// Support is the share of a sentence's terms that the quote holds, each weighted by its rarity among the sentences of all passages (the idf of
/// Robertson and Sparck Jones, 1976, kept positive), and no more than what its least supported clause allows. It is 0 where the two disagree
/// (<see cref="Disagreement"/>), and halved where only one of the two denies. A term that no passage holds is as rare as can be, so an invention costs most.
/// </remarks>
internal sealed class SupportScorer
{
    private const int MaxQuotedSentences = 3;

    // A sentence that draws on a whole paragraph may quote it, where less does not carry it.
    private const int MaxSentencesWhereNeeded = 7;

    // A longer quote must say noticeably more than a shorter one.
    private const double PricePerSentence = 0.05;

    // A clause with two fifths of its words in the quote leaves a sentence at the default threshold of three fifths.
    private const double ClauseAllowance = 1.5;

    // What two sentences share, numbers and opposites aside, when they speak of the same thing.
    private const double SameSubject = 0.75;

    private readonly double _minSupport;
    private readonly IAnalyzer _analyzer;
    private readonly Dictionary<string, int> _sentencesWith = new(StringComparer.Ordinal);
    private readonly HashSet<string> _names;
    private readonly HashSet<string> _capitals;
    private readonly int _sentences;

    public SupportScorer(IReadOnlyList<Passage> passages, double minSupport)
    {
        _minSupport = minSupport;
        Language = passages.Select(p => p.Chunk.Language).FirstOrDefault(language => language is not null);
        _analyzer = Analyzers.For(Language ?? Analyzers.AssumedLanguage);
        Passages = [.. passages.Select(passage => new PassageText(passage, _analyzer))];
        _names = passages.SelectMany(p => Names.In(p.Chunk.Text)).Select(m => m.Value).ToHashSet(StringComparer.Ordinal);
        _capitals = Names.AlwaysCapital(passages.Select(p => p.Chunk.Text));
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
    public string? Language { get; }

    /// <summary>What a sentence claims, ready for scoring.</summary>
    public Claim Claim(string sentence) => new(sentence, _analyzer, Weight, _names, _capitals);

    /// <summary>The run of sentences of a passage that supports a claim best, at most three, or seven where three do not carry it, or <see langword="null"/> when the passage shares no term with it.</summary>
    /// <remarks>Where the claim stands word for word, the run is where it stands. Ties go to the shorter run, then to the earlier one.</remarks>
    public Support? Best(Claim claim, PassageText passage)
    {
        if (claim.Weights.Count == 0)
        {
            return null;
        }

        if (passage.Verbatim(claim.Text) is var (from, to) && passage.Quote(from, to) is var whole && Comparison.HasNumbers(claim, whole))
        {
            return new([whole], 1, 1, Disagreement.None);
        }

        var shares = Shares(claim, passage);
        Support? best = null;
        var bestScore = (Score: -1.0, Coverage: 0.0);
        (int First, int Count, double Share) nearest = default;
        for (var count = 1; count <= (bestScore.Score < _minSupport ? MaxSentencesWhereNeeded : MaxQuotedSentences); count++)
        {
            var price = PricePerSentence * (count - 1);
            for (var first = 0; first + count <= passage.Sentences.Count; first++)
            {
                var share = shares[first][count - 1] - price;
                nearest = share > nearest.Share ? (first, count, share) : nearest;
                if (share < _minSupport || (share, share).CompareTo(bestScore) <= 0)
                {
                    continue; // support is no more than this
                }

                var support = Judge(claim, passage.Quote(first, first + count - 1));
                var score = (support.Score - price, share);
                (best, bestScore) = score.CompareTo(bestScore) > 0 ? (support, score) : (best, bestScore);
            }
        }

        return best ?? (nearest.Share > 0 ? Judge(claim, passage.Quote(nearest.First, nearest.First + nearest.Count - 1)) : null);
    }

    /// <summary>The share of a claim that each run of sentences holds, by its first sentence and its length; 0 for a run that begins with a sentence without a word of the claim.</summary>
    private static double[][] Shares(Claim claim, PassageText passage)
    {
        var weights = claim.Weights.ToList();
        var shares = new double[passage.Sentences.Count][];
        for (var first = 0; first < shares.Length; first++)
        {
            shares[first] = new double[MaxSentencesWhereNeeded];
            var held = new bool[weights.Count];
            var sum = 0.0;
            for (var count = 1; count <= MaxSentencesWhereNeeded && first + count <= shares.Length; count++)
            {
                for (var i = 0; i < weights.Count; i++)
                {
                    if (!held[i] && (passage.Terms[first + count - 1].Contains(weights[i].Key) || (count == 1 && passage.NamesAbove(weights[i].Key, claim))))
                    {
                        (held[i], sum) = (true, sum + weights[i].Value);
                    }
                }

                shares[first][count - 1] = claim.Total == 0 ? 0 : sum / claim.Total;
            }

            if (!passage.Terms[first].Overlaps(claim.Weights.Keys))
            {
                Array.Clear(shares[first]);
            }
        }

        return shares;
    }

    /// <summary>How well quotes together support a claim.</summary>
    public Support Judge(Claim claim, params IReadOnlyList<Evidence> quotes)
    {
        var coverage = Share(claim, claim.Weights.Keys, quotes);
        if (coverage == 0)
        {
            return new(quotes, 0, 0, Disagreement.None);
        }

        var disagreement = new Comparison(claim, Language).With(quotes);
        var score = Math.Min(coverage, OfClauses(claim, quotes));
        return new(quotes, disagreement switch { Disagreement.None => score, Disagreement.Denial => score / 2, _ => 0 }, coverage, disagreement);
    }

    /// <summary>Whether a quote speaks of what a claim speaks of, and says something else.</summary>
    public static bool Contradicts(Claim claim, Support support)
    {
        if (support.Disagreement is not (Disagreement.Number or Disagreement.Opposite or Disagreement.Denial or Disagreement.Order))
        {
            return false;
        }

        var words = support.Quotes.SelectMany(q => q.Statements).SelectMany(s => s.Clauses).SelectMany(c => c.Words).ToHashSet(StringComparer.Ordinal);
        var quantities = claim.Statement.Clauses.SelectMany(c => c.Quantities).SelectMany(claim.TermsOf).ToHashSet(StringComparer.Ordinal);
        var others = claim.Weights.Where(w => !quantities.Contains(w.Key) && !Antonyms.Of(claim.WordOf(w.Key).ToLowerInvariant()).Any(words.Contains)).ToList();
        var sameSubject = others.Where(w => support.Quotes.Any(q => q.Terms.Contains(w.Key))).Sum(w => w.Value) >= SameSubject * others.Sum(w => w.Value);
        return sameSubject && (support.Disagreement != Disagreement.Number || support.Quotes.SelectMany(q => q.Statements).SelectMany(s => s.Clauses).Any(c => c.Quantities.Count > 0));
    }

    private double Weight(string term)
    {
        var df = _sentencesWith.GetValueOrDefault(term);
        return Math.Log(1 + ((_sentences - df + 0.5) / (df + 0.5)));
    }

    /// <summary>The support that the least supported clause allows, each clause by one quote.</summary>
    private static double OfClauses(Claim claim, IReadOnlyList<Evidence> quotes)
    {
        var clauses = claim.Statement.Clauses.Where(clause => clause.Terms.Any(claim.Weights.ContainsKey)).ToList();
        return clauses.Count == 0 || (clauses.Count == 1 && quotes.Count == 1) ? 1 : ClauseAllowance * clauses.Min(clause => quotes.Max(quote => Share(claim, clause.Terms, [quote])));
    }

    private static double Share(Claim claim, IEnumerable<string> terms, IReadOnlyList<Evidence> quotes)
    {
        var (held, total) = (0.0, 0.0);
        foreach (var term in terms)
        {
            var weight = claim.Weights.GetValueOrDefault(term);
            total += weight;
            held += quotes.Any(q => q.Holds(term, claim)) ? weight : 0;
        }

        return total == 0 ? 0 : held / total;
    }
}

/// <summary>What quotes do for a claim.</summary>
/// <param name="Quotes">The quotes; together they are judged.</param>
/// <param name="Score">0 to 1.</param>
/// <param name="Coverage">The share of its words that they hold, whether or not they agree with it; at least the score.</param>
/// <param name="Disagreement">In what they say something else.</param>
internal sealed record Support(IReadOnlyList<Evidence> Quotes, double Score, double Coverage, Disagreement Disagreement)
{
    /// <summary>The passage of the first quote.</summary>
    public int Number => Quotes[0].Passage.Number;
}
