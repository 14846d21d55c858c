using System.Text.Json.Nodes;

namespace Rag.Testing.Qdrant;

/// <summary>Points by a field that has an index of numbers or times; those without a value are left out, one with several values comes by its first.</summary>
internal sealed class FieldOrder
{
    private readonly string _key;
    private readonly bool _times;
    private readonly bool _descending;
    private readonly double? _start;

    private FieldOrder(string key, bool times, bool descending, JsonNode? start)
    {
        (_key, _times, _descending) = (key, times, descending);
        _start = start is null ? null : Value(start);
    }

    public static FieldOrder Read(CollectionLayout layout, JsonNode order)
    {
        var key = JsonFields.IsText(order, out var name) ? name : order.Text("key");
        var type = layout.IndexType(key);
        return type is "integer" or "float" or "datetime"
            ? new(key, type == "datetime", order.Optional("direction")?.GetValue<string>() == "desc", order.Optional("start_from"))
            : throw QdrantRefusalException.Input($"No range index for `order_by` key: `{key}`. Please create one to use `order_by`. Check https://qdrant.tech/documentation/concepts/indexing/#payload-index to see which payload schemas support Range conditions");
    }

    public IEnumerable<(StoredPoint Point, JsonNode Value)> Sort(IEnumerable<StoredPoint> points)
    {
        var valued = points.SelectMany(p => PayloadPath.Elements(p.Payload, _key).Select(Value).OfType<double>().Take(1).Select(v => (Point: p, Value: v)))
            .Where(v => _start is null || (_descending ? v.Value <= _start : v.Value >= _start));
        var sorted = _descending ? valued.OrderByDescending(v => v.Value).ThenByDescending(v => v.Point.Id) : valued.OrderBy(v => v.Value).ThenBy(v => v.Point.Id);
        return sorted.Select(v => (v.Point, (JsonNode)(v.Value == Math.Floor(v.Value) ? JsonValue.Create((long)v.Value) : JsonValue.Create(v.Value))));
    }

    /// <summary>Times are microseconds since 1970.</summary>
    private double? Value(JsonNode? node) => _times ? (FieldCondition.Time(node) - DateTimeOffset.UnixEpoch)?.TotalMicroseconds : JsonFields.Number(node);
}
