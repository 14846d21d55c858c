using System.Text.Json.Nodes;

namespace Rag.Testing.Qdrant;

/// <summary>A collection: its layout and its points, ascending by id.</summary>
internal sealed class DoubleCollection(JsonNode request)
{
    private readonly SortedDictionary<PointId, StoredPoint> _points = [];

    public CollectionLayout Layout { get; } = new(request);

    public IReadOnlyCollection<StoredPoint> Points => _points.Values;

    public List<string> Snapshots { get; } = [];

    /// <summary>The number of the operation that was last begun.</summary>
    public ulong Operation { get; private set; }

    /// <summary>How many points may still change before the server fails; unlimited where null.</summary>
    public int? Budget { get; set; }

    public StoredPoint? Find(PointId id) => _points.GetValueOrDefault(id);

    /// <summary>The next operation's number, which is the version of the points that it writes.</summary>
    public ulong Begin() => ++Operation;

    public void Put(StoredPoint point)
    {
        Spend();
        _points[point.Id] = point;
    }

    public void Remove(PointId id)
    {
        Spend();
        _points.Remove(id);
    }

    public JsonObject Describe()
    {
        var schema = new JsonObject();
        foreach (var (key, type) in Layout.Indexes)
        {
            schema[key] = new JsonObject
            {
                ["data_type"] = Layout.IndexType(key),
                ["params"] = type is JsonObject ? type.DeepClone() : null,
                ["points"] = Points.Count(p => PayloadPath.Values(p.Payload, key).Count > 0),
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

    private void Spend()
    {
        if (Budget is { } left)
        {
            Budget = left > 0 ? left - 1 : throw new QdrantRefusal(System.Net.HttpStatusCode.InternalServerError, "Service internal error: the disk failed in the middle of a batch");
        }
    }
}
