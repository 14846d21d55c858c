namespace Rag.Indexing.Feedback;

/// <summary>Rocchio: the query moved towards the mean of the best passages.</summary>
/// <remarks>
/// <c>query + 0.75 * mean of passages</c>, all vectors of length 1 (Rocchio, "Relevance Feedback in Information Retrieval", 1971, with the weights of the
/// SMART system and without its negative part), in the form and with the constants of Anserini: occurrences as weights, 10 passages, the 10 heaviest terms of the mean.
/// </remarks>
public sealed record RocchioFeedback : IFeedback
{
    private const int Passages = 10;
    private const int Terms = 10;
    private const float Beta = 0.75f;

    /// <inheritdoc/>
    public TermVector Expand(TermVector query, FeedbackEvidence evidence)
    {
        ArgumentNullException.ThrowIfNull(query);
        ArgumentNullException.ThrowIfNull(evidence);
        var rare = new FeedbackTerms(evidence);
        var passages = evidence.Best(Passages).Select(p => p.Terms.Where(rare.Accepts)).ToList();
        var mean = TermVector.Mix(passages.Select(p => (p.DividedBy(p.Length), 1f))).DividedBy(passages.Count).Heaviest(Terms);
        return TermVector.Mix([(query.DividedBy(query.Length), 1f), (mean.DividedBy(mean.Length), Beta)]);
    }
}
