namespace Rag.Retrieval.Priors;

/// <summary>Says how good a passage is whatever the question: new, weighty, of the right kind. Safe for concurrent use.</summary>
public interface IPrior
{
    /// <summary>The factor of each passage's score, in order: above 0 and finite, 1 leaves the score as it is.</summary>
    /// <param name="query">The question, for its tenant.</param>
    /// <param name="chunks">Passages that it may see.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    Task<IReadOnlyList<double>> FactorsAsync(Query query, IReadOnlyList<Chunk> chunks, CancellationToken cancellationToken = default);
}
