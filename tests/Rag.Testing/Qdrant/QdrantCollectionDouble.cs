using System.Text.Json.Nodes;

namespace Rag.Testing.Qdrant;

/// <summary>A collection: its layout and its points, ascending by id. Not safe for concurrent use.</summary>
public sealed class QdrantCollectionDouble
{
    private readonly SortedDictionary<PointId, StoredPoint> _points = [];
    private Action<int> _beforePoint = _ => { };
    private int _changed;

    internal QdrantCollectionDouble(JsonNode request, Version version) => (Layout, Version) = (new(request), version);

    internal CollectionLayout Layout { get; }

    internal Version Version { get; }

    /// <summary>The points as a scroll shows them, with payload and vectors, ascending by id.</summary>
    public IEnumerable<JsonObject> Points => Stored.Select(p => PointReads.Show(Layout, p, new JsonObject { ["with_vector"] = true }, payload: true, []));

    internal IReadOnlyCollection<StoredPoint> Stored => _points.Values;

    /// <summary>The number of the operation that was last begun.</summary>
    internal ulong Operation { get; private set; }

    /// <summary>Writes points as a request to <c>PUT points</c> does.</summary>
    /// <exception cref="QdrantRefusalException">The server would refuse it.</exception>
    public void Upsert(JsonNode request) => new PointUpdates(this).Upsert(request);

    internal StoredPoint? Find(PointId id) => _points.GetValueOrDefault(id);

    /// <summary>The next operation's number, which is the version of the points that it writes.</summary>
    internal ulong Begin() => ++Operation;

    internal void Put(StoredPoint point)
    {
        _beforePoint(_changed++);
        _points[point.Id] = point;
    }

    internal void Remove(PointId id)
    {
        _beforePoint(_changed++);
        _points.Remove(id);
    }

    /// <summary>A vector's name goes, and with it what the points have under it.</summary>
    internal void RemoveVector(string name)
    {
        Layout.Remove(name);
        foreach (var point in Stored.Where(p => p.Has(name)).ToList())
        {
            _points[point.Id] = point with { Dense = point.Dense.Where(v => v.Key != name).ToDictionary(), Sparse = point.Sparse.Where(v => v.Key != name).ToDictionary() };
        }
    }

    internal JsonObject Describe()
    {
        var schema = new JsonObject();
        foreach (var (key, type) in Layout.Indexes)
        {
            schema[key] = new JsonObject
            {
                ["data_type"] = Layout.IndexType(key),
                ["params"] = type is JsonObject ? type.DeepClone() : null,
                ["points"] = Stored.Count(p => PayloadPath.Values(p.Payload, key).Count > 0),
            };
        }

        return new()
        {
            ["status"] = "green",
            ["optimizer_status"] = "ok",
            ["indexed_vectors_count"] = 0,
            ["points_count"] = _points.Count,
            ["segments_count"] = 1,
            ["config"] = Layout.ToJson(),
            ["payload_schema"] = schema,
        };
    }

    /// <summary>Changes points, of which each is announced with its place in the request.</summary>
    internal void Update(Action change, Action<int> beforePoint)
    {
        (_beforePoint, _changed) = (beforePoint, 0);
        try
        {
            change();
        }
        finally
        {
            _beforePoint = _ => { };
        }
    }
}
