using Rag.Qdrant.Api;

namespace Rag.Qdrant;

/// <summary>The searches, each one request where nothing is tied or just being replaced.</summary>
internal sealed class ChunkSearch(QdrantClient client, QdrantCollection collection)
{
    // How far equal scores are followed beyond the end of the result.
    private const int MaxTied = 16_384;

    // How often a search is repeated that saw two versions of a document; a switch takes as long as one request.
    private const int MaxTries = 3;

    private readonly Visibility _visibility = new(client);

    public async Task<IReadOnlyList<ScoredChunk>> KeywordsAsync(Query query, int top, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var terms = SparseWords.Terms(query.Text);
        if (terms.Count == 0)
        {
            return [];
        }

        var visible = await _visibility.OfAsync(query, cancellationToken);
        var request = Words(SparseWords.Vector(terms), visible) with { WithPayload = true, WithVector = query.Explain ? [PointVectors.WordsName] : null };
        var found = await BestAsync(request, top, cancellationToken);
        var rarity = query.Explain && found.Count > 0 ? await RarityAsync(terms, found, visible, cancellationToken) : [];
        return [.. found.Select(p => Scored(p) with { Terms = query.Explain ? Explain(p, terms, rarity) : [] })];
    }

    public async Task<IReadOnlyList<ScoredChunk>> VectorsAsync(ReadOnlyMemory<float> vector, Query query, int top, CancellationToken cancellationToken)
    {
        var request = Vector(vector, await _visibility.OfAsync(query, cancellationToken)) with { WithPayload = true };
        return [.. (await BestAsync(request, top, cancellationToken)).Select(Scored)];
    }

    public async Task<IReadOnlyList<ScoredChunk>> HybridAsync(ReadOnlyMemory<float> vector, Query query, int top, QdrantFusion fusion, CancellationToken cancellationToken)
    {
        var visible = await _visibility.OfAsync(query, cancellationToken);
        var (words, depth) = (SparseWords.Vector(SparseWords.Terms(query.Text)), Math.Max(fusion.Depth, top));
        QueryRequest byVector = Vector(vector, visible) with { Limit = depth };
        var weighted = fusion as QdrantFusion.ReciprocalRank;
        var request = new QueryRequest
        {
            Prefetch = words.Indices.Count == 0 ? [byVector] : [Words(words, visible) with { Limit = depth }, byVector],
            Query = weighted is null
                ? new() { Fusion = "dbsf" }
                : new() { Rrf = new() { K = weighted.K, Weights = words.Indices.Count == 0 ? [weighted.VectorWeight] : [weighted.WordsWeight, weighted.VectorWeight] } },
            WithPayload = true,
        };
        return [.. (await BestAsync(request, top, cancellationToken)).Select(Scored)];
    }

    private static ScoredChunk Scored(ScoredPoint point) => new(StoredPoints.Chunk(point.Payload), point.Score);

    private static QueryRequest Vector(ReadOnlyMemory<float> vector, Condition visible) =>
        new() { Query = new() { Dense = vector }, Using = PointVectors.DenseName(vector.Length), Filter = visible };

    private QueryRequest Words(SparseVector words, Condition visible) => new()
    {
        Query = new() { Words = words },
        Using = PointVectors.WordsName,
        Filter = visible,
        Params = collection.CountsVisible ? new() { Idf = new(visible) } : null,
    };

    private async Task<IReadOnlyList<ScoredPoint>> BestAsync(QueryRequest request, int top, CancellationToken cancellationToken)
    {
        for (var attempt = 1; ; attempt++)
        {
            var points = await WithTiesAsync(request, top, cancellationToken);
            var newest = points.GroupBy(p => p.Payload.Document).ToDictionary(g => g.Key, g => g.Max(p => p.Payload.Generation), StringComparer.Ordinal);
            var current = points.Where(p => p.Payload.Generation == newest[p.Payload.Document]).ToList();
            if (current.Count == points.Count || attempt == MaxTries)
            {
                return [.. current.OrderByDescending(p => p.Score).ThenBy(p => StoredPoints.Chunk(p.Payload).Id, StringComparer.Ordinal).Take(top)];
            }
        }
    }

    /// <summary>The best points and every other that scores as the last of them: the server leaves open which of those it gives.</summary>
    private async Task<IReadOnlyList<ScoredPoint>> WithTiesAsync(QueryRequest request, int top, CancellationToken cancellationToken)
    {
        // Two beyond the end: fused ranks tie in pairs, and a pair at the end must not cost a second request.
        for (var limit = top + 2; ; limit = Math.Min(2 * limit, Math.Max(MaxTied, top + 2)))
        {
            var points = (await client.SendAsync(HttpMethod.Post, client.PathOf("/points/query"), request with { Limit = limit }, QdrantJson.Default.QueryRequest, QdrantJson.Default.ReplyQueryResult, cancellationToken)).Points;
            if (points.Count < limit || points[^1].Score < points[top - 1].Score || limit >= MaxTied)
            {
                return points;
            }
        }
    }

    /// <summary>What each term's weight is multiplied by: the score of the best chunk of a search for the term alone, over the chunk's weight.</summary>
    private async Task<Dictionary<uint, float>> RarityAsync(IReadOnlyList<(string Term, uint Id, float Weight)> terms, IReadOnlyList<ScoredPoint> found, Condition visible, CancellationToken cancellationToken)
    {
        var held = found.SelectMany(p => p.Vector!.Words!.Indices).ToHashSet();
        uint[] ids = [.. terms.Select(t => t.Id).Where(held.Contains)];
        var searches = new QueryBatchRequest([.. ids.Select(id => Words(new([id], [1]), visible) with { Limit = 1, WithPayload = true, WithVector = [PointVectors.WordsName] })]);
        var results = await client.SendAsync(HttpMethod.Post, client.PathOf("/points/query/batch"), searches, QdrantJson.Default.QueryBatchRequest, QdrantJson.Default.ReplyIReadOnlyListQueryResult, cancellationToken);
        return ids.Zip(results).Where(r => r.Second.Points.Count > 0).ToDictionary(r => r.First, r => r.Second.Points[0].Score / WeightOf(r.Second.Points[0], r.First));
    }

    private static float WeightOf(ScoredPoint point, uint id)
    {
        var words = point.Vector!.Words!;
        for (var i = 0; i < words.Indices.Count; i++)
        {
            if (words.Indices[i] == id)
            {
                return words.Values[i];
            }
        }

        return 0;
    }

    private static IReadOnlyList<TermScore> Explain(ScoredPoint point, IReadOnlyList<(string Term, uint Id, float Weight)> terms, Dictionary<uint, float> rarity) =>
    [
        .. terms.Select(t => (t.Term, t.Weight, Rarity: rarity.GetValueOrDefault(t.Id), Part: WeightOf(point, t.Id))).Where(t => t.Part > 0)
            .Select(t => new TermScore(t.Term, SparseWords.Occurrences(t.Part, point.Payload.Length!.Value), t.Rarity, t.Weight * t.Rarity * t.Part))
            .OrderByDescending(t => t.Score).ThenBy(t => t.Term, StringComparer.Ordinal),
    ];
}
