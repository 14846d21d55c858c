using System.Text.Json.Nodes;

namespace Rag.Testing.Qdrant;

/// <summary>A vector, sparse vector or point to be near to, under one of a collection's vector names.</summary>
internal sealed class NearestQuery
{
    private static readonly Version ScopedIdf = new(1, 19);

    private readonly string _name;
    private readonly float[]? _dense;
    private readonly SparseValues? _sparse;
    private readonly PointId? _itself;
    private readonly QdrantDistance _distance = QdrantDistance.Dot;

    /// <summary>Reads the vector of a request or prefetch, whose <c>using</c> and <c>params</c> count.</summary>
    public NearestQuery(QdrantCollectionDouble collection, JsonNode request, JsonNode vector)
    {
        if (request.Optional("lookup_from") is not null)
        {
            throw new NotSupportedException("The double does not look vectors up in another collection; add it to NearestQuery.");
        }

        _name = request.Optional("using")?.GetValue<string>() ?? "";
        var layout = collection.Layout;
        if (vector is JsonValue)
        {
            var id = PointId.Read(vector);
            var point = collection.Find(id) ?? throw QdrantRefusalException.NotFound($"No point with id {id} found");
            (_itself, _dense, _sparse) = (id, point.Dense.GetValueOrDefault(_name), point.Sparse.GetValueOrDefault(_name));
            if (!point.Has(_name))
            {
                throw QdrantRefusalException.VectorName(_name);
            }
        }
        else if (layout.Sparse.ContainsKey(_name))
        {
            _sparse = SparseValues.Read(vector);
        }
        else
        {
            _dense = PointVectors.ReadDense(layout, _name, vector);
        }

        if (_sparse is not null && layout.Sparse[_name].Idf)
        {
            var corpus = collection.Version >= ScopedIdf && request.Optional("params").Optional("idf").Optional("corpus") is { } filter ? PointFilter.Read(filter) : _ => true;
            _sparse = Weighted(_sparse, [.. collection.Stored.Where(p => p.Sparse.ContainsKey(_name) && corpus(p)).Select(p => p.Sparse[_name])]);
        }
        else if (_dense is not null)
        {
            _distance = layout.Dense[_name].Distance;
        }
    }

    public bool LowerIsNearer => PointVectors.LowerIsNearer(_distance);

    /// <summary>Those that have the vector, nearest first, without those at or beyond the threshold; of sparse vectors only those that share an index. A point is no neighbour of its own.</summary>
    public List<Hit> Search(IEnumerable<StoredPoint> points, double? threshold)
    {
        var scored = points.Where(p => p.Id != _itself).Select(p => Score(p) is { } score ? new Hit(p, score) : null).OfType<Hit>();
        return QueryRanking.Best(scored.Where(h => threshold is null || (LowerIsNearer ? h.Score < threshold : h.Score > threshold)), LowerIsNearer);
    }

    public List<Hit> Diversify(IReadOnlyList<Hit> candidates, float diversity, int limit) =>
        QueryRanking.Diverse(candidates, h => Similarity(Score(h.Point)!.Value), (a, b) => Similarity(Between(a.Point, b.Point)), diversity, limit);

    private float? Score(StoredPoint point) =>
        _sparse is not null ? (point.Sparse.TryGetValue(_name, out var words) ? _sparse.Dot(words) : null)
        : point.Dense.TryGetValue(_name, out var numbers) ? PointVectors.Score(_distance, _dense!, numbers) : null;

    private float Between(StoredPoint a, StoredPoint b) =>
        _sparse is not null ? a.Sparse[_name].Dot(b.Sparse[_name]) ?? 0 : PointVectors.Score(_distance, a.Dense[_name], b.Dense[_name]);

    /// <summary>The higher the nearer: inside, the server compares euclidean distances as their negative square.</summary>
    private float Similarity(float score) => _distance == QdrantDistance.Euclid ? -score * score : LowerIsNearer ? -score : score;

    /// <summary>The values times <c>ln(1 + (N - n + 0.5) / (n + 0.5))</c>, of N vectors n of which have the index.</summary>
    private static SparseValues Weighted(SparseValues query, List<SparseValues> corpus)
    {
        var having = query.Indices.Select(i => corpus.Count(v => Array.BinarySearch(v.Indices, i) >= 0));
        var idf = having.Select(n => Math.Log(1 + ((corpus.Count - n + 0.5) / (n + 0.5))));
        return query with { Values = [.. query.Values.Zip(idf, (value, weight) => (float)(value * weight))] };
    }
}
