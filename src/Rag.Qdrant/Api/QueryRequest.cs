using System.Text.Json.Serialization;

namespace Rag.Qdrant.Api;

/// <summary>A point to write or as it is read.</summary>
internal sealed record Point(string Id, PointVectors? Vector, PointPayload Payload);

internal sealed record ScoredPoint(string Id, float Score, PointPayload Payload, PointVectors? Vector = null);

internal sealed record UpsertRequest(IReadOnlyList<Point> Points)
{
    /// <summary>Points that exist change only if they match.</summary>
    public Condition? UpdateFilter { get; init; }
}

internal sealed record RetrieveRequest(IReadOnlyList<string> Ids)
{
    public bool WithPayload { get; init; } = true;
}

internal sealed record DeleteRequest(Condition Filter);

/// <summary>What changes of a point's payload; what is <see langword="null"/> stays.</summary>
internal sealed record ChangedPayload
{
    public string? Kind { get; init; }

    /// <summary>The new findings; empty for none.</summary>
    public string? Findings { get; init; }

    public IReadOnlyList<string>? Labels { get; init; }
}

internal sealed record SetPayloadRequest(ChangedPayload Payload, Condition Filter);

internal sealed record UpdateOperation
{
    public SetPayloadRequest? SetPayload { get; init; }

    public DeleteRequest? Delete { get; init; }
}

internal sealed record BatchRequest(IReadOnlyList<UpdateOperation> Operations);

internal sealed record PayloadSelector
{
    public IReadOnlyList<string>? Include { get; init; }

    public IReadOnlyList<string>? Exclude { get; init; }
}

internal sealed record ScrollRequest(Condition Filter, int Limit)
{
    public string? Offset { get; init; }

    public PayloadSelector? WithPayload { get; init; }

    public bool WithVector { get; init; }
}

internal sealed record ScrollResult(IReadOnlyList<Point> Points, string? NextPageOffset);

internal sealed record FacetRequest(string Key, int Limit, Condition Filter)
{
    public bool Exact { get; init; } = true;
}

internal sealed record FacetHit(string Value, long Count);

internal sealed record FacetResult(IReadOnlyList<FacetHit> Hits);

internal sealed record IdfCorpus(Condition Corpus);

internal sealed record SearchParams
{
    public IdfCorpus? Idf { get; init; }
}

internal sealed record Rrf
{
    public int? K { get; init; }

    public IReadOnlyList<float>? Weights { get; init; }
}

/// <summary>How far results are to differ from each other, 0 to 1, and among how many they are chosen.</summary>
internal sealed record Mmr(float Diversity, int CandidatesLimit);

/// <summary>What to compare with: one of a vector, a sparse vector or a fusion of what was fetched first.</summary>
[JsonConverter(typeof(SearchQueryConverter))]
internal sealed record SearchQuery
{
    public ReadOnlyMemory<float> Dense { get; init; }

    public SparseVector? Words { get; init; }

    /// <summary>With a vector: its neighbours are chosen so that they differ.</summary>
    public Mmr? Mmr { get; init; }

    public string? Fusion { get; init; }

    public Rrf? Rrf { get; init; }
}

internal sealed record QueryRequest
{
    public IReadOnlyList<QueryRequest>? Prefetch { get; init; }

    public SearchQuery? Query { get; init; }

    public string? Using { get; init; }

    public Condition? Filter { get; init; }

    public SearchParams? Params { get; init; }

    public int? Limit { get; init; }

    public bool? WithPayload { get; init; }

    public IReadOnlyList<string>? WithVector { get; init; }

    /// <summary>For a search in groups: the field whose values they are of, and the points in each.</summary>
    public string? GroupBy { get; init; }

    public int? GroupSize { get; init; }
}

internal sealed record QueryResult(IReadOnlyList<ScoredPoint> Points);

internal sealed record PointGroup(IReadOnlyList<ScoredPoint> Hits);

internal sealed record GroupsResult(IReadOnlyList<PointGroup> Groups);

internal sealed record QueryBatchRequest(IReadOnlyList<QueryRequest> Searches);
