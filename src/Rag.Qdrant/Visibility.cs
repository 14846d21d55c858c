using Rag.Qdrant.Api;
using Rag.Storage;

namespace Rag.Qdrant;

/// <summary>What a query may see, as a condition that the server checks while it searches.</summary>
/// <param name="client">Asks for the values of a field that a range is over.</param>
internal sealed class Visibility(QdrantClient client)
{
    public const string Chunk = "chunk";
    public const string Staged = "staged";
    public const string Document = "document";

    /// <summary>A document whose new chunks are being shown and old ones removed.</summary>
    public const string Switching = "switching";

    public static Condition Documents { get; } = Condition.IsAny("kind", [Document, Switching]);

    public static Condition Chunks { get; } = Condition.IsAny("kind", [Chunk, Staged]);

    // A range over more values than this would make every request as long as the list.
    private const int MaxValues = 10_000;

    private const string Everyone = "*";

    public static IReadOnlyList<string> Groups(Document document) => document.Groups.Count == 0 ? [Everyone] : [.. document.Groups.Select(Group)];

    public static IEnumerable<string> GroupsOf(IReadOnlyList<string> stored) => stored.Where(g => g != Everyone).Select(g => g[Group("").Length..]);

    public static IReadOnlyList<string> Labels(Document document) =>
    [
        .. document.Tags.Select(t => Label(t.Key) + t.Value),
        .. document.Findings.Select(f => f.Name).Distinct().Where(name => !document.Tags.ContainsKey(name)).SelectMany(name => Filter.ValuesOf(document, name).Distinct().Select(value => Label(name) + value)),
    ];

    /// <summary>The chunks that a query may see.</summary>
    public async Task<Condition> OfAsync(Query query, CancellationToken cancellationToken)
    {
        var mine = Condition.And(
            Condition.Is("kind", Chunk),
            Condition.Is("tenant", query.Tenant),
            Condition.IsAny("groups", [Everyone, .. query.Groups.Select(Group)]));
        return query.Filter == Filter.All ? mine : Condition.And(mine, await TranslateAsync(query.Filter, mine, cancellationToken));
    }

    private async Task<Condition> TranslateAsync(Filter filter, Condition mine, CancellationToken cancellationToken)
    {
        switch (filter)
        {
            case Filter.In f:
                return Condition.IsAny(Key(f.Field), [.. f.Values.Select(v => Prefix(f.Field) + v)]);
            case Filter.Range f:
                return await ValuesAsync(f, mine, cancellationToken);
            case Filter.And f:
                return f.Parts.Count == 0 ? Condition.All : Condition.And(await AllAsync(f.Parts, mine, cancellationToken));
            case Filter.Or f:
                return f.Parts.Count == 0 ? Condition.Nothing : new() { Should = await AllAsync(f.Parts, mine, cancellationToken) };
            case Filter.Not f:
                return new() { MustNot = [await TranslateAsync(f.Part, mine, cancellationToken)] };
            default:
                throw new NotSupportedException($"Filter case {filter.GetType().Name} is not known here; add it to Visibility.");
        }
    }

    private async Task<IReadOnlyList<Condition>> AllAsync(IReadOnlyList<Filter> parts, Condition mine, CancellationToken cancellationToken)
    {
        var conditions = new List<Condition>();
        foreach (var part in parts)
        {
            conditions.Add(await TranslateAsync(part, mine, cancellationToken));
        }

        return conditions;
    }

    /// <summary>A range as the stored values that lie in it: the server has no order of texts, and its numbers are not ours.</summary>
    private async Task<Condition> ValuesAsync(Filter.Range range, Condition mine, CancellationToken cancellationToken)
    {
        var (key, prefix) = (Key(range.Field), Prefix(range.Field));
        var facet = await client.SendAsync(HttpMethod.Post, client.PathOf("/facet"), new FacetRequest(key, MaxValues + 1, mine), QdrantJson.Default.FacetRequest, QdrantJson.Default.ReplyFacetResult, cancellationToken);
        if (facet.Hits.Count > MaxValues)
        {
            throw new StoreException($"The filter's range over '{range.Field}' would have to choose among more than {MaxValues} values, which the store '{client.Address}' cannot. Filter by fewer, coarser values, such as a year instead of a time.");
        }

        return Condition.IsAny(key, [.. facet.Hits.Select(h => h.Value).Where(v => v.StartsWith(prefix, StringComparison.Ordinal) && range.Matches(_ => [v[prefix.Length..]]))]);
    }

    private static string Key(string field) => field switch
    {
        "document" or "path" or "type" or "language" or "tenant" => field,
        "group" => "groups",
        _ => "labels",
    };

    private static string Prefix(string field) => field switch
    {
        "document" or "path" or "type" or "language" or "tenant" => "",
        "group" => Group(""),
        _ => Label(field),
    };

    // An escaped name holds no '=', so that no name with a value can be taken for another.
    private static string Label(string name) => Escaped(name) + "=";

    private static string Escaped(string name) => name.Replace("%", "%25", StringComparison.Ordinal).Replace("=", "%3D", StringComparison.Ordinal);

    private static string Group(string name) => "g:" + name;
}
