using Rag.Citations;

namespace Rag.Evaluation.Support;

/// <summary>From which number of a judge a source counts as supporting a statement: the verifier's own threshold.</summary>
internal static class SupportThreshold
{
    public static double Default { get; } = new CitationVerifierOptions().MinSupport;

    /// <summary>One verdict a claim, in their order.</summary>
    /// <exception cref="InvalidOperationException">The judge gave another number of numbers.</exception>
    public static async Task<IReadOnlyList<bool>> VerdictsAsync(this ISupportJudge judge, IReadOnlyList<SupportClaim> claims, CancellationToken cancellationToken)
    {
        var support = claims.Count == 0 ? [] : await judge.JudgeAsync(claims, cancellationToken);
        return support.Count == claims.Count
            ? [.. support.Select(s => s >= Default)]
            : throw new InvalidOperationException($"The judge {judge.GetType().Name} gave {support.Count} numbers for {claims.Count} claims. It must give one for each.");
    }
}
