using Rag.Analysis;

namespace Rag.Indexing.Feedback;

/// <summary>RM3 that knows when to hold back: passages count by how near their score comes to the best one, so a question that one passage answers learns from that passage alone.</summary>
/// <remarks>
/// The relevance model of <see cref="Rm3Feedback"/> with <c>(score / best score)^8</c> in place of the score: Lavrenko and Croft's model weighs passages by the likelihood of the query, which
/// falls off as steeply, where scores that are summed logarithms make the tenth passage count nearly as much as the first. Ten passages, the twenty heaviest terms, three fifths of the weight for the query
/// as it was asked, which keeps the scale of its scores. Terms that are pairs of characters, as in Chinese or Japanese, are no words and are left out of what was learnt. What it is worth: docs/results/retrieval.md.
/// </remarks>
public sealed record FocusedFeedback : IFeedback
{
    private const int Passages = 10;
    private const int Terms = 20;
    private const float Focus = 8;
    private const float Learnt = 2f / 3;

    /// <inheritdoc/>
    public TermVector Expand(TermVector query, FeedbackEvidence evidence)
    {
        ArgumentNullException.ThrowIfNull(query);
        ArgumentNullException.ThrowIfNull(evidence);
        var rare = new FeedbackTerms(evidence);
        var learnt = new TermVector(evidence.Heaviest(Passages, score => MathF.Pow(score, Focus)).Where(t => rare.Accepts(t.Key)).Take(Terms));
        return TermVector.Mix([(query, 1), (learnt.DividedBy(learnt.Sum).Where(IsWord), Learnt * query.Sum)]);
    }

    private static bool IsWord(string term)
    {
        foreach (var word in WordSegmenter.Words(term))
        {
            return word.Kind == WordKind.Alphanumeric;
        }

        return false;
    }
}
