using System.Text.Json.Nodes;

namespace Rag.Testing.Qdrant;

/// <summary>The Query API: searches, searches over what other searches fetched, and their fusion. Searches are exact.</summary>
internal sealed class PointQuery(QdrantCollectionDouble collection)
{
    private const int DefaultLimit = 10;
    private const int DefaultGroupSize = 3;

    private static readonly Version RrfForm = new(1, 15, 4);
    private static readonly Version RrfWeights = new(1, 17);
    private static readonly string[] Untold = ["recommend", "discover", "context", "formula", "sample", "relevance_feedback", "text", "image", "object"];

    public JsonNode Query(JsonNode body)
    {
        var (limit, offset) = (body.Count("limit", DefaultLimit), body.Count("offset", 0, least: 0));
        var hits = Run(body, _ => true, (int)Math.Min((long)limit + offset, int.MaxValue));
        return new JsonObject { ["points"] = new JsonArray([.. hits.Skip(offset).Select(h => Show(h, body))]) };
    }

    public JsonNode Groups(JsonNode body)
    {
        var groups = new GroupedQuery(body, body.Count("limit", DefaultLimit), body.Count("group_size", DefaultGroupSize));
        return new JsonObject
        {
            ["groups"] = new JsonArray([.. groups.Run(this).Select(g => new JsonObject { ["id"] = JsonNode.Parse(g.Id), ["hits"] = new JsonArray([.. g.Hits.Select(h => Show(h, body))]) })]),
        };
    }

    /// <summary>Whether of two scores of the request the lower is the nearer.</summary>
    public bool LowerIsNearer(JsonNode request) =>
        collection.Layout.Dense.TryGetValue(request.Optional("using")?.GetValue<string>() ?? "", out var kind) && PointVectors.LowerIsNearer(kind.Distance)
        && request.Optional("query").Optional("fusion") is null && request.Optional("query").Optional("rrf") is null;

    /// <summary>Runs a request or prefetch. Its filter goes down into everything that it fetches first, of which it fetches so many times what is asked for.</summary>
    public List<Hit> Run(JsonNode request, Predicate<StoredPoint> inherited, int limit, int times = 1)
    {
        var own = PointFilter.Read(request.Optional("filter"));
        bool Visible(StoredPoint p) => inherited(p) && own(p);

        var query = request.Optional("query");
        var fetched = JsonFields.OneOrMany(request.Optional("prefetch"))?.Select(p => Run(p, Visible, (int)Math.Min((long)p.Count("limit", DefaultLimit) * times, int.MaxValue), times)).ToList() ?? [];
        var threshold = JsonFields.Number(request.Optional("score_threshold"));
        if (Fuse(query, fetched) is { } fused)
        {
            return [.. fused.Where(h => threshold is null || h.Score >= threshold).Take(limit)];
        }

        if (fetched.Count > 0 && query is null)
        {
            throw QdrantRefusalException.Input("cannot have prefetches without a query");
        }

        var points = fetched.Count > 0 ? fetched.SelectMany(hits => hits).Select(h => h.Point).DistinctBy(p => p.Id) : collection.Stored.Where(Visible);
        if (query is null)
        {
            return [.. points.Take(limit).Select(p => new Hit(p, 0))];
        }

        if (query.Optional("order_by") is { } order)
        {
            return [.. FieldOrder.Read(collection.Layout, order).Sort(points).Take(limit).Select(o => new Hit(o.Point, 0))];
        }

        var nearest = new NearestQuery(collection, request, Vector(query));
        var hits = nearest.Search(points, threshold);
        return query.Optional("mmr") is { } mmr
            ? nearest.Diversify([.. hits.Take(mmr.Count("candidates_limit", limit, least: 0))], Diversity(mmr), limit)
            : [.. hits.Take(limit)];
    }

    private List<Hit>? Fuse(JsonNode? query, List<List<Hit>> fetched)
    {
        var (fusion, rrf) = (query.Optional("fusion")?.GetValue<string>(), collection.Version >= RrfForm ? query.Optional("rrf") : null);
        if (fusion is null && rrf is null)
        {
            return null;
        }

        if (fetched.Count == 0)
        {
            throw QdrantRefusalException.Input("cannot apply Fusion without prefetches");
        }

        if (rrf is not null)
        {
            var weights = rrf.Optional("weights") is { } given && collection.Version >= RrfWeights ? JsonFields.Numbers<float>(given, "weights") : null;
            return ScoreFusion.ReciprocalRank(fetched, rrf.Count("k", ScoreFusion.DefaultK), weights);
        }

        return fusion switch
        {
            "rrf" => ScoreFusion.ReciprocalRank(fetched, ScoreFusion.DefaultK, null),
            "dbsf" => ScoreFusion.Distribution(fetched),
            _ => throw Variant(),
        };
    }

    private static JsonNode Vector(JsonNode query)
    {
        if (query is not JsonObject fields || fields.ContainsKey("indices"))
        {
            return query;
        }

        return fields["nearest"] ?? throw (Untold.FirstOrDefault(fields.ContainsKey) is { } untold
            ? new NotSupportedException($"The double answers no '{untold}' query; add it to PointQuery.")
            : Variant());
    }

    private static float Diversity(JsonNode mmr)
    {
        var diversity = JsonFields.Number(mmr.Optional("diversity")) ?? 0.5;
        return diversity is >= 0 and <= 1 ? (float)diversity : throw QdrantRefusalException.Validation($"query.mmr.diversity: value {diversity} invalid, must be from 0.0 to 1.0");
    }

    private static QdrantRefusalException Variant() => QdrantRefusalException.Format("data did not match any variant of untagged enum QueryInterface");

    private JsonObject Show(Hit hit, JsonNode body) =>
        PointReads.Show(collection.Layout, hit.Point, body, payload: false, new JsonObject { ["id"] = null, ["version"] = hit.Point.Version, ["score"] = hit.Score });
}
