using System.Text.Json.Nodes;

namespace Rag.Testing.Qdrant;

/// <summary>A filter in its JSON form as a predicate over points: every <c>must</c>, no <c>must_not</c>, one <c>should</c> where any is given, <c>min_count</c> of a <c>min_should</c>.</summary>
internal static class PointFilter
{
    private static readonly string[] Clauses = ["must", "must_not", "should", "min_should"];

    public static Predicate<StoredPoint> Read(JsonNode? filter)
    {
        if (filter is null)
        {
            return _ => true;
        }

        if (filter is not JsonObject fields)
        {
            throw QdrantRefusalException.Format("invalid type, expected struct Filter");
        }

        if (fields.Select(f => f.Key).FirstOrDefault(k => !Clauses.Contains(k)) is { } unknown)
        {
            throw QdrantRefusalException.Format($"unknown field `{unknown}`, expected one of `should`, `min_should`, `must`, `must_not`");
        }

        var must = Conditions(fields["must"]);
        var mustNot = Conditions(fields["must_not"]);
        var should = Conditions(fields["should"]);
        var some = fields["min_should"] is { } atLeast ? Conditions(atLeast.Required("conditions")) : null;
        var least = some is null ? 0 : fields["min_should"]!.Count("min_count", 0);
        return point =>
            (must is null || must.All(c => c(point)))
            && (mustNot is null || !mustNot.Any(c => c(point)))
            && (should is null || should.Any(c => c(point)))
            && (some is null || some.Count(c => c(point)) >= least);
    }

    private static List<Predicate<StoredPoint>>? Conditions(JsonNode? node) => JsonFields.OneOrMany(node)?.Select(Condition).ToList();

    private static Predicate<StoredPoint> Condition(JsonNode node)
    {
        if (node.Optional("has_id") is { } ids)
        {
            var wanted = PointId.ReadAll(ids).ToHashSet();
            return point => wanted.Contains(point.Id);
        }

        if (node.Optional("has_vector") is not null)
        {
            var vector = node.Text("has_vector");
            return point => point.Has(vector);
        }

        if (node.Optional("key") is not null)
        {
            var (path, check) = (Path(node), FieldCondition.Read(node));
            return point => check(PayloadPath.Values(point.Payload, path));
        }

        if (node.Optional("is_empty") is JsonObject empty)
        {
            var path = Path(empty);
            return point => PayloadPath.Values(point.Payload, path).All(v => v is null or JsonArray { Count: 0 });
        }

        if (node.Optional("is_null") is JsonObject isNull)
        {
            var path = Path(isNull);
            return point => PayloadPath.Values(point.Payload, path).Any(v => v is null);
        }

        return node.Optional("nested") is { } nested ? Nested(nested) : node.Optional("slice") is not null ? throw new NotSupportedException("The double does not slice; add it to PointFilter.") : Read(node);
    }

    /// <summary>One element of the array must meet the whole filter.</summary>
    private static Predicate<StoredPoint> Nested(JsonNode nested)
    {
        var path = Path(nested);
        var (elements, filter) = (path.EndsWith("[]", StringComparison.Ordinal) ? path : path + "[]", Read(nested.Required("filter")));
        return point => PayloadPath.Values(point.Payload, elements).OfType<JsonObject>()
            .Any(element => filter(point with { Payload = element, Dense = new Dictionary<string, float[]>(), Sparse = new Dictionary<string, SparseValues>() }));
    }

    private static string Path(JsonNode node)
    {
        var path = node.Text("key");
        PayloadPath.Steps(path); // refuses one that is none
        return path;
    }
}
