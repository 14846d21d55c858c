namespace Rag.Retrieval.Reranking;

/// <summary>Orders candidates without a model, by how the words of the question stand in them. Deterministic, safe for concurrent use.</summary>
/// <remarks>
/// Five features, each 0 to 1. Rank: the place in which a candidate comes, <c>50 / (50 + places before it)</c>. Coverage: the share of the question's words, weighted by rarity, that the passage, its title or its heading path hold. Proximity: for each two
/// neighbouring words of the question, one divided by their smallest distance in the passage, weighted by the rarer one (after Tao and Zhai, "An exploration of proximity measures in information retrieval", SIGIR 2007).
/// Title: the share that title and heading path hold. Position: how early the first of the words stands. How rare a word is, is told from the candidates themselves.
/// Passages with the same words share the best of their places.
/// </remarks>
public sealed class FeatureReranker : IReranker
{
    // From docs/concepts/queries-and-selection.md, which has what they were chosen on.
    private const double Rank = 1;
    private const double Coverage = 0.1;
    private const double Proximity = 0.1;
    private const double Title = 0.4;
    private const double Position = 0.1;

    /// <inheritdoc/>
    public Task<IReadOnlyList<ScoredChunk>> RerankAsync(Query query, IReadOnlyList<ScoredChunk> candidates, int top, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(query);
        ArgumentNullException.ThrowIfNull(candidates);
        ArgumentOutOfRangeException.ThrowIfLessThan(top, 1);
        cancellationToken.ThrowIfCancellationRequested();
        var read = candidates.Select(c => ReadCandidate.Of(c.Chunk, query.Text)).ToArray();
        var rarity = new WordRarity(read);
        var first = new Dictionary<(string Title, string Context, string Text), int>();
        for (var i = 0; i < candidates.Count; i++)
        {
            first.TryAdd(Wording(candidates[i]), i);
        }

        cancellationToken.ThrowIfCancellationRequested();
        return Task.FromResult<IReadOnlyList<ScoredChunk>>([.. candidates
            .Select((c, i) => Scored(c, Features(read[i], rarity, first[Wording(c)]), query.Explain))
            .OrderByDescending(c => c.Score).ThenBy(c => c.Chunk.Id, StringComparer.Ordinal)
            .Take(top)]);
    }

    private static (string Title, string Context, string Text) Wording(ScoredChunk candidate) => (candidate.Chunk.Title, candidate.Chunk.Context, candidate.Chunk.Text);

    private static ScoredChunk Scored(ScoredChunk candidate, (string Name, double Weight, double Value)[] features, bool explain) => candidate with
    {
        Score = features.Sum(f => f.Weight * f.Value),
        Terms = explain ? [.. features.Select(f => new TermScore(f.Name, 1, f.Weight, f.Weight * f.Value))] : [],
    };

    private static (string Name, double Weight, double Value)[] Features(ReadCandidate candidate, WordRarity rarity, int before) =>
    [
        ("(rank)", Rank, ReadCandidate.Half / (ReadCandidate.Half + before)),
        ("(coverage)", Coverage, rarity.Share(candidate.Question, candidate.Holds)),
        ("(proximity)", Proximity, candidate.Proximity(rarity)),
        ("(title)", Title, rarity.Share(candidate.Question, candidate.Names.Contains)),
        ("(position)", Position, candidate.Earliness),
    ];
}
