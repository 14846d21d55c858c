using Rag.Qdrant.Api;
using Rag.Storage;

namespace Rag.Qdrant;

/// <summary>The searches, each one request where nothing is tied or just being replaced.</summary>
internal sealed class ChunkSearch(QdrantClient client, QdrantCollection collection)
{
    /// <summary>How far equal scores are followed beyond the end of the result.</summary>
    public const int MaxTied = 16_384;

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

    /// <summary>The fused list, and the space of the vectors in it: <see langword="null"/> where none of its chunks has one.</summary>
    public async Task<HybridResult> HybridAsync(ReadOnlyMemory<float> vector, Query query, int top, QdrantFusion fusion, CancellationToken cancellationToken)
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
        var found = await BestAsync(request, top, cancellationToken);
        return new([.. found.Select(Scored)], found.Select(p => StoredPoints.Space(p.Payload)).OfType<VectorSpace>().OrderBy(s => s.Model is null).FirstOrDefault());
    }

    /// <summary>In the order in which the server chose them.</summary>
    public async Task<IReadOnlyList<ScoredChunk>> DiverseAsync(ReadOnlyMemory<float> vector, Query query, int top, double lambda, int depth, CancellationToken cancellationToken)
    {
        var request = Vector(vector, await _visibility.OfAsync(query, cancellationToken));
        request = request with
        {
            Query = request.Query! with { Mmr = new((float)(1 - lambda), Math.Max(depth, top)) },
            WithPayload = true,
            Limit = top,
        };
        return [.. (await CurrentAsync(() => AskAsync(request, cancellationToken))).Select(Scored)];
    }

    public async Task<IReadOnlyList<ScoredDocument>> DocumentsAsync(Query query, int top, int chunks, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var words = SparseWords.Vector(SparseWords.Terms(query.Text));
        return words.Indices.Count == 0 ? [] : await GroupedAsync(Words(words, await _visibility.OfAsync(query, cancellationToken)), top, chunks, cancellationToken);
    }

    public async Task<IReadOnlyList<ScoredDocument>> DocumentsAsync(ReadOnlyMemory<float> vector, Query query, int top, int chunks, CancellationToken cancellationToken) =>
        await GroupedAsync(Vector(vector, await _visibility.OfAsync(query, cancellationToken)), top, chunks, cancellationToken);

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

    private async Task<IReadOnlyList<ScoredPoint>> BestAsync(QueryRequest request, int top, CancellationToken cancellationToken) =>
        [.. InOrder(await CurrentAsync(() => WithTiesAsync(request, top, cancellationToken))).Take(top)];

    private static IOrderedEnumerable<ScoredPoint> InOrder(IEnumerable<ScoredPoint> points) => points.OrderByDescending(p => p.Score).ThenBy(p => StoredPoints.ChunkId(p.Payload), StringComparer.Ordinal);

    /// <summary>What a search finds, of each document the newest version.</summary>
    private static async Task<IReadOnlyList<ScoredPoint>> CurrentAsync(Func<Task<IReadOnlyList<ScoredPoint>>> search)
    {
        for (var attempt = 1; ; attempt++)
        {
            var points = await search();
            var newest = points.GroupBy(p => p.Payload.Document).ToDictionary(g => g.Key, g => g.Max(p => p.Payload.Generation), StringComparer.Ordinal);
            var current = points.Where(p => p.Payload.Generation == newest[p.Payload.Document]).ToList();
            if (current.Count == points.Count || attempt == MaxTries)
            {
                return current;
            }
        }
    }

    private async Task<IReadOnlyList<ScoredPoint>> AskAsync(QueryRequest request, CancellationToken cancellationToken) =>
        (await client.SendAsync(HttpMethod.Post, client.PathOf("/points/query"), request, QdrantJson.Default.QueryRequest, QdrantJson.Default.ReplyQueryResult, cancellationToken)).Points;

    /// <summary>The best points and every other that scores as the last of them: the server leaves open which of those it gives.</summary>
    private async Task<IReadOnlyList<ScoredPoint>> WithTiesAsync(QueryRequest request, int top, CancellationToken cancellationToken)
    {
        // Two beyond the end: fused ranks tie in pairs, and a pair at the end must not cost a second request.
        for (var limit = top + 2; ; limit = Twice(limit, top))
        {
            var points = await AskAsync(request with { Limit = limit }, cancellationToken);
            if (points.Count < limit || points[^1].Score < points[top - 1].Score || limit >= MaxTied)
            {
                return points;
            }
        }
    }

    private static int Twice(int limit, int top) => Math.Min(2 * limit, Math.Max(MaxTied, top + 2));

    private async Task<IReadOnlyList<ScoredDocument>> GroupedAsync(QueryRequest request, int top, int chunks, CancellationToken cancellationToken)
    {
        var points = await CurrentAsync(() => GroupsWithTiesAsync(request with { WithPayload = true, GroupBy = "document" }, top, chunks, cancellationToken));
        return
        [
            .. points.GroupBy(p => p.Payload.Document, (id, hits) => new ScoredDocument(id, [.. InOrder(hits).Take(chunks).Select(Scored)]), StringComparer.Ordinal)
                .OrderByDescending(d => d.Chunks[0].Score).ThenBy(d => d.DocumentId, StringComparer.Ordinal).Take(top),
        ];
    }

    /// <summary>The same for documents and for the chunks of each.</summary>
    private async Task<IReadOnlyList<ScoredPoint>> GroupsWithTiesAsync(QueryRequest request, int top, int chunks, CancellationToken cancellationToken)
    {
        for (var (limit, size) = (top + 1, chunks + 1); ;)
        {
            var groups = (await client.SendAsync(HttpMethod.Post, client.PathOf("/points/query/groups"), request with { Limit = limit, GroupSize = size }, QdrantJson.Default.QueryRequest, QdrantJson.Default.ReplyGroupsResult, cancellationToken)).Groups;
            var moreDocuments = limit < MaxTied && groups.Count >= limit && groups[^1].Hits[0].Score == groups[top - 1].Hits[0].Score;
            var moreChunks = size < MaxTied && groups.Any(g => g.Hits.Count >= size && g.Hits[^1].Score == g.Hits[chunks - 1].Score);
            if (!moreDocuments && !moreChunks)
            {
                return [.. groups.SelectMany(g => g.Hits)];
            }

            (limit, size) = (moreDocuments ? Twice(limit, top) : limit, moreChunks ? Twice(size, chunks) : size);
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
