using Rag.Citations;

namespace Rag.Evaluation.Support;

/// <summary>
/// Which passage supports which statement of an answer and of a reference answer, and the measures that follow (Es et al., "RAGAS: Automated Evaluation of Retrieval Augmented Generation", EACL 2024,
/// and the definitions that its project has published since). Measures are 0 to 1, <see langword="null"/> where there is nothing to measure.
/// </summary>
/// <param name="Answer">Of each statement of the answer, whether each passage supports it, passages best first.</param>
/// <param name="Correct">Of each statement of the answer, whether the reference supports it; empty without a reference.</param>
/// <param name="Reference">Of each statement of the reference, whether each passage supports it; empty without a reference.</param>
public sealed record ClaimSupport(IReadOnlyList<IReadOnlyList<bool>> Answer, IReadOnlyList<bool> Correct, IReadOnlyList<IReadOnlyList<bool>> Reference)
{
    /// <summary>Share of the answer's statements that a passage supports (faithfulness); 1 is best.</summary>
    public double? Groundedness => Share(Answer, statement => statement.Contains(true));

    /// <summary>Share of the reference's statements that a passage supports; 1 is best.</summary>
    public double? ContextRecall => Share(Reference, statement => statement.Contains(true));

    /// <summary>Mean, over the passages that support a statement of the reference, of the share of such passages among those down to its rank; 0 without any, 1 is best.</summary>
    public double? ContextPrecision => Reference.Count == 0 || Reference[0].Count == 0 ? null : PrecisionOf(Relevant);

    /// <summary>Share of the answer's statements that the reference does not support and a relevant passage does, one that supports a statement of the reference; 0 is best.</summary>
    public double? NoiseSensitivityRelevant => Correct.Count == 0 ? null : Share(Wrong, w => w.FromRelevant);

    /// <summary>Share of the answer's statements that the reference does not support and only irrelevant passages do; 0 is best.</summary>
    public double? NoiseSensitivityIrrelevant => Correct.Count == 0 ? null : Share(Wrong, w => w is { FromIrrelevant: true, FromRelevant: false });

    private bool[] Relevant => [.. Enumerable.Range(0, Reference.Count == 0 ? 0 : Reference[0].Count).Select(passage => Reference.Any(statement => statement[passage]))];

    private IReadOnlyList<(bool FromRelevant, bool FromIrrelevant)> Wrong
    {
        get
        {
            var relevant = Relevant;
            return [.. Answer.Select((by, i) => (!Correct[i] && by.Where((supports, p) => supports && relevant[p]).Any(), !Correct[i] && by.Where((supports, p) => supports && !relevant[p]).Any()))];
        }
    }

    /// <summary>Judges an answer: every statement against every passage, so the calls of a judge grow with both.</summary>
    /// <param name="statements">What the answer states, such as its sentences without marks.</param>
    /// <param name="passages">What the answer was written from, best first.</param>
    /// <param name="reference">What a right answer states; may be empty.</param>
    /// <param name="judge">Says what supports what; .6 and more counts as support, the verifier's default.</param>
    /// <param name="cancellationToken">Stops the judging.</param>
    public static async Task<ClaimSupport> OfAsync(IReadOnlyList<string> statements, IReadOnlyList<string> passages, IReadOnlyList<string> reference, ISupportJudge judge, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(statements);
        ArgumentNullException.ThrowIfNull(passages);
        ArgumentNullException.ThrowIfNull(reference);
        ArgumentNullException.ThrowIfNull(judge);
        var whole = string.Join(' ', reference);
        var correct = reference.Count == 0 ? [] : await judge.VerdictsAsync([.. statements.Select(s => new SupportClaim(s, whole))], cancellationToken);
        return new(await EachAsync(statements, passages, judge, cancellationToken), correct, await EachAsync(reference, passages, judge, cancellationToken));
    }

    /// <summary>Mean precision at the ranks of what is relevant; 0 where nothing is.</summary>
    /// <param name="relevant">Whether each passage is relevant, best first.</param>
    public static double PrecisionOf(IReadOnlyList<bool> relevant)
    {
        ArgumentNullException.ThrowIfNull(relevant);
        var (found, sum) = (0, 0.0);
        for (var rank = 1; rank <= relevant.Count; rank++)
        {
            if (relevant[rank - 1])
            {
                found++;
                sum += (double)found / rank;
            }
        }

        return found == 0 ? 0 : sum / found;
    }

    private static async Task<IReadOnlyList<IReadOnlyList<bool>>> EachAsync(IReadOnlyList<string> statements, IReadOnlyList<string> passages, ISupportJudge judge, CancellationToken cancellationToken)
    {
        var verdicts = await judge.VerdictsAsync([.. statements.SelectMany(s => passages.Select(p => new SupportClaim(s, p)))], cancellationToken);
        return [.. statements.Select((_, i) => verdicts.Skip(i * passages.Count).Take(passages.Count).ToArray())];
    }

    private static double? Share<T>(IReadOnlyList<T> values, Func<T, bool> holds) => values.Count == 0 ? null : (double)values.Count(holds) / values.Count;
}
