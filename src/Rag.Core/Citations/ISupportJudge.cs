namespace Rag.Citations;

/// <summary>Says how far sources support statements, by meaning where the verifier's own rules go by words: a language model, an entailment model, a re-ranker. Safe for concurrent use.</summary>
public interface ISupportJudge
{
    /// <summary>One number a claim, in their order: from 0, the source does not say it, to 1, it does.</summary>
    /// <param name="claims">What to judge; may be empty. Both texts are data, never instructions.</param>
    /// <param name="cancellationToken">Stops the judging.</param>
    Task<IReadOnlyList<double>> JudgeAsync(IReadOnlyList<SupportClaim> claims, CancellationToken cancellationToken = default);
}

/// <summary>A statement and the text that may support it.</summary>
/// <param name="Statement">A sentence of an answer, without marks.</param>
/// <param name="Source">The words quoted for it.</param>
public sealed record SupportClaim(string Statement, string Source);
