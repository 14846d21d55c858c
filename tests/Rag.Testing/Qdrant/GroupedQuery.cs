using System.Text.Json;
using System.Text.Json.Nodes;

namespace Rag.Testing.Qdrant;

/// <summary>Hits of one value of a field; the value as JSON.</summary>
internal sealed record HitGroup(string Id, IReadOnlyList<Hit> Hits);

/// <summary>
/// A search for groups of points with the same value of a field, the group with the nearest hit first. As the server does, it searches up to five times for groups,
/// without the points it has and the values it has enough of, then up to five times for what the best groups lack. Where lists are fused, ranks start anew each time.
/// </summary>
internal sealed class GroupedQuery(JsonNode request, int limit, int size)
{
    private const int Searches = 5;

    private readonly string _key = request.Text("group_by");
    private readonly Dictionary<string, List<Hit>> _groups = [];
    private readonly HashSet<PointId> _seen = [];

    public IEnumerable<HitGroup> Run(PointQuery search)
    {
        var lower = search.LowerIsNearer(request);
        List<HitGroup> Best() => [.. _groups.Select(g => new HitGroup(g.Key, QueryRanking.Best(g.Value, lower))).OrderBy(g => lower ? g.Hits[0].Score : -g.Hits[0].Score).Take(limit)];

        for (var round = 0; round < 2 * Searches && Best().Count(g => g.Hits.Count >= size) < limit; round++)
        {
            var collecting = round < Searches;
            HashSet<string> named = [.. collecting ? _groups.Where(g => g.Value.Count >= size).Select(g => g.Key) : Best().Where(g => g.Hits.Count < size).Select(g => g.Id)];
            var found = search.Run(request, p => !_seen.Contains(p.Id) && Values(p).Any(v => named.Count == 0 || named.Contains(v) != collecting), (int)Math.Min((long)limit * size, int.MaxValue), size);
            foreach (var hit in found)
            {
                Add(hit);
            }

            if (found.Count == 0)
            {
                round = collecting ? Searches - 1 : 2 * Searches;
            }
        }

        return Best().Select(g => g with { Hits = [.. g.Hits.Take(size)] });
    }

    private void Add(Hit hit)
    {
        _seen.Add(hit.Point.Id);
        foreach (var value in Values(hit.Point))
        {
            if (!_groups.TryGetValue(value, out var hits))
            {
                _groups[value] = hits = [];
            }

            hits.Add(hit);
        }
    }

    /// <summary>The texts and whole numbers that the point is grouped by; none where there are others among them.</summary>
    private List<string> Values(StoredPoint point)
    {
        var values = PayloadPath.Elements(point.Payload, _key).ToList();
        return values.All(v => v is JsonValue value && (value.GetValueKind() == JsonValueKind.String || value.TryGetValue<long>(out _))) ? [.. values.Select(v => v!.ToJsonString()).Distinct()] : [];
    }
}
