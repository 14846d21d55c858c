namespace Rag.Retrieval.Reranking;

/// <summary>Orders candidates without a model, by how the words of the question stand in them. Deterministic, safe for concurrent use.</summary>
/// <remarks>
/// Four features, each 0 to 1. Match: BM25 (k1 1.2, b 0.75) as a share of what it can reach, so rare words and repeated ones count more. Proximity: for each two neighbouring words of the question, one divided by their
/// smallest distance in the passage, weighted by the rarer one (after Tao and Zhai, "An exploration of proximity measures in information retrieval", SIGIR 2007). Title: the share of the words, weighted by rarity, that title and
/// heading path hold. Position: how early the first of the words stands. How rare a word is, is told from the candidates themselves.
/// </remarks>
public sealed class FeatureReranker : IReranker
{
    private const double Match = 1;
    private const double Proximity = 0.2;
    private const double Title = 0.2;
    private const double Position = 0.05;

    /// <inheritdoc/>
    public Task<IReadOnlyList<ScoredChunk>> RerankAsync(Query query, IReadOnlyList<ScoredChunk> candidates, int top, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(query);
        ArgumentNullException.ThrowIfNull(candidates);
        ArgumentOutOfRangeException.ThrowIfLessThan(top, 1);
        cancellationToken.ThrowIfCancellationRequested();
        var read = candidates.Select(c => ReadCandidate.Of(c.Chunk, query.Text)).ToArray();
        var rarity = new WordRarity(read);
        cancellationToken.ThrowIfCancellationRequested();
        return Task.FromResult<IReadOnlyList<ScoredChunk>>([.. candidates
            .Select((c, i) => Scored(c, Features(read[i], rarity), query.Explain))
            .OrderByDescending(c => c.Score).ThenBy(c => c.Chunk.Id, StringComparer.Ordinal)
            .Take(top)]);
    }

    private static ScoredChunk Scored(ScoredChunk candidate, (string Name, double Weight, double Value)[] features, bool explain) => candidate with
    {
        Score = features.Sum(f => f.Weight * f.Value),
        Terms = explain ? [.. features.Select(f => new TermScore(f.Name, 1, f.Weight, f.Weight * f.Value))] : [],
    };

    private static (string Name, double Weight, double Value)[] Features(ReadCandidate candidate, WordRarity rarity) =>
    [
        ("(match)", Match, rarity.Share(candidate.Question, term => candidate.Saturation(term, rarity.AverageLength))),
        ("(proximity)", Proximity, candidate.Proximity(rarity)),
        ("(title)", Title, rarity.Share(candidate.Question, term => candidate.Names.Contains(term) ? 1 : 0)),
        ("(position)", Position, candidate.Earliness),
    ];
}
