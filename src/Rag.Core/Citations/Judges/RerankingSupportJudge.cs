using Rag.Retrieval;

namespace Rag.Citations.Judges;

/// <summary>Takes a re-ranker's score of a statement with its source for the support: a cross-encoder, or a model of textual entailment that is loaded as a re-ranker. Safe for concurrent use where the re-ranker is.</summary>
/// <param name="reranker">Its scores must be probabilities, as those of a model in this process are. Stays the caller's.</param>
/// <param name="order">Which of the two texts the model reads first. Default <see cref="JudgedPair.StatementFirst"/>.</param>
public sealed class RerankingSupportJudge(IReranker reranker, JudgedPair order = JudgedPair.StatementFirst) : ISupportJudge
{
    /// <inheritdoc/>
    /// <exception cref="SupportJudgeException">A score lies outside of 0 to 1.</exception>
    public async Task<IReadOnlyList<double>> JudgeAsync(IReadOnlyList<SupportClaim> claims, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(claims);
        cancellationToken.ThrowIfCancellationRequested();
        var scores = new double[claims.Count];
        foreach (var together in claims.Select((claim, i) => (Pair: InOrder(claim), Index: i)).GroupBy(c => c.Pair.First, StringComparer.Ordinal))
        {
            // the index is the chunk's id, by which its score is found again
            var candidates = together.Select(c => new ScoredChunk(new Chunk($"{c.Index}", "claim", c.Pair.Second, new(0, c.Pair.Second.Length)), 0)).ToList();
            foreach (var scored in await reranker.RerankAsync(new Query(together.Key), candidates, candidates.Count, cancellationToken))
            {
                scores[int.Parse(scored.Chunk.Id)] = scored.Score is >= 0 and <= 1
                    ? scored.Score
                    : throw new SupportJudgeException($"The re-ranker gave the score {scored.Score}. A judge needs probabilities, 0 to 1: use a re-ranker that gives them.");
            }
        }

        return scores;
    }

    private (string First, string Second) InOrder(SupportClaim claim) => order == JudgedPair.StatementFirst ? (claim.Statement, claim.Source) : (claim.Source, claim.Statement);
}

/// <summary>The order in which a model reads a statement and its source.</summary>
public enum JudgedPair
{
    /// <summary>As re-rankers read query and text.</summary>
    StatementFirst,

    /// <summary>As models of entailment read premise and hypothesis.</summary>
    SourceFirst,
}
