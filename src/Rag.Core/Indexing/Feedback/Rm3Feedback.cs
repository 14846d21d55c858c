namespace Rag.Indexing.Feedback;

/// <summary>RM3: the words of the best passages, the better the passage the more, mixed with the query.</summary>
/// <remarks>
/// The relevance model is <c>p(w) = sum over passages of p(w | passage) * score</c>, scaled to 1 (Lavrenko and Croft, "Relevance-Based Language Models", 2001, model 1), and the
/// query is <c>weight * query + (1 - weight) * model</c> (Abdul-Jaleel et al., "UMass at TREC 2004"). Of each passage and of the model the heaviest terms are kept.
/// Constants and the choice of terms are Anserini's: <c>[a-z0-9]{2,20}</c>, in at most a tenth of the passages; other scripts learn nothing. The model weighs passages by BM25 where the index does.
/// </remarks>
public sealed record Rm3Feedback : IFeedback
{
    private readonly int _passages = 10;
    private readonly int _terms = 10;
    private readonly float _originalWeight = 0.5f;

    /// <summary>How many passages are learnt from, at least 1. Default 10.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Less than 1.</exception>
    public int Passages
    {
        get => _passages;
        init => _passages = AtLeastOne(value);
    }

    /// <summary>How many terms are learnt, at least 1. Default 10.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Less than 1.</exception>
    public int Terms
    {
        get => _terms;
        init => _terms = AtLeastOne(value);
    }

    /// <summary>The share of the query as it was asked, 0 to 1. Default 0.5.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Outside 0 to 1, or not a number.</exception>
    public float OriginalWeight
    {
        get => _originalWeight;
        init => _originalWeight = value is >= 0 and <= 1 ? value : throw new ArgumentOutOfRangeException(nameof(value), value, "A weight from 0 to 1 is needed.");
    }

    /// <inheritdoc/>
    public TermVector Expand(TermVector query, FeedbackEvidence evidence)
    {
        ArgumentNullException.ThrowIfNull(query);
        ArgumentNullException.ThrowIfNull(evidence);
        var rare = new FeedbackTerms(evidence);
        var passages = evidence.Best(Passages).Select(p => (Terms: p.Terms.Where(t => rare.Accepts(t) && FeedbackTerms.IsPlain(t)).Heaviest(Terms), p.Score)).ToList();
        var model = TermVector.Mix(passages.Select(p => (p.Terms.DividedBy(p.Terms.Sum), p.Score))).Heaviest(Terms);
        return TermVector.Mix([(query.DividedBy(query.Sum), OriginalWeight), (model.DividedBy(model.Sum), 1 - OriginalWeight)]);
    }

    private static int AtLeastOne(int value)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(value, 1);
        return value;
    }
}
