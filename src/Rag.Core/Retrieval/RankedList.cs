namespace Rag.Retrieval;

/// <summary>One of the lists of a fusion with what it gives to each chunk.</summary>
internal sealed class RankedList
{
    private readonly Dictionary<string, (int Rank, double Share)> _places;
    private readonly double _weight;
    private readonly double _missing;

    /// <param name="list">Hits, best first, at least one.</param>
    /// <param name="weight">Above 0.</param>
    /// <param name="scale">Scores, in order, to scores of the common scale.</param>
    public RankedList(IReadOnlyList<ScoredChunk> list, double weight, Func<double[], double[]> scale)
    {
        Hits = [.. list.DistinctBy(hit => hit.Chunk.Id)];
        if (Hits.FirstOrDefault(hit => !double.IsFinite(hit.Score)) is { } strange)
        {
            throw new ArgumentException($"The score of '{strange.Chunk.Id}' is {strange.Score}; only finite scores can be fused.", nameof(list));
        }

        var scaled = scale([.. Hits.Select(hit => hit.Score)]);
        _weight = weight;
        _missing = weight * Math.Min(0, scaled.Min());
        _places = Hits.Select((hit, i) => (hit.Chunk.Id, Rank: i + 1, Share: weight * scaled[i])).ToDictionary(p => p.Id, p => (p.Rank, p.Share), StringComparer.Ordinal);
    }

    /// <summary>The hits, each chunk once.</summary>
    public ScoredChunk[] Hits { get; }

    /// <summary>Whether the list says where its scores come from.</summary>
    public bool IsExplained => Hits[0].Terms.Count > 0;

    /// <summary>What the list adds to a chunk's score.</summary>
    public double Share(string chunkId) => _places.TryGetValue(chunkId, out var place) ? place.Share : _missing;

    /// <summary>Terms that add up to <see cref="Share"/>.</summary>
    public IEnumerable<TermScore> Explain(string chunkId)
    {
        if (!_places.TryGetValue(chunkId, out var place))
        {
            return _missing == 0 ? [] : [new("(not in this list)", 0, _weight, _missing)];
        }

        var hit = Hits[place.Rank - 1];
        return hit.Score == 0 || hit.Terms.Count == 0
            ? [new("(rank in this list)", place.Rank, _weight, place.Share)]
            : hit.Terms.Select(t => t with { Score = t.Score * (place.Share / hit.Score) });
    }
}
