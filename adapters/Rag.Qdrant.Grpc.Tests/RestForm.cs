using System.Text.Json.Nodes;
using Google.Protobuf.Collections;
using Proto = Qdrant.Client.Grpc;

namespace Rag.Qdrant.Grpc.Tests;

/// <summary>Messages in REST's form, written out by hand so that nothing here shares a mistake with the adapter. What the double of the server cannot take is not passed over: it throws.</summary>
internal static class RestForm
{
    public static JsonObject Of(Proto.CreateCollection m) => Only(
        ("vectors", Map(m.VectorsConfig.ParamsMap.Map, v => Only(("size", v.Size), ("distance", v.Distance.ToString()), ("on_disk", OnDisk(v))))),
        ("sparse_vectors", Map(m.SparseVectorsConfig.Map, v => Only(("modifier", v.Modifier == Proto.Modifier.Idf ? "idf" : null)))),
        ("shard_number", m.HasShardNumber ? m.ShardNumber : null),
        ("replication_factor", m.HasReplicationFactor ? m.ReplicationFactor : null),
        ("write_consistency_factor", m.HasWriteConsistencyFactor ? m.WriteConsistencyFactor : null),
        ("on_disk_payload", OnDisk(m)),
        ("quantization_config", m.QuantizationConfig is { } quantized ? Only(("scalar", Scalar(quantized.Scalar))) : null));

    public static JsonObject Of(Proto.CreateFieldIndexCollection m) => Only(
        ("field_name", m.FieldName),
        ("field_schema", Only(
            ("type", m.FieldType switch { Proto.FieldType.Keyword => "keyword", Proto.FieldType.Integer => "integer", var other => throw new NotSupportedException(other.ToString()) }),
            ("is_tenant", m.FieldIndexParams?.KeywordIndexParams.IsTenant))));

    public static JsonObject Of(Proto.CreateVectorNameRequest m) => Only(("dense", Only(("size", m.DenseConfig.Size), ("distance", m.DenseConfig.Distance.ToString()))));

    public static JsonObject Of(Proto.UpsertPoints m) => Only(("points", List(m.Points, Point)), ("update_filter", m.UpdateFilter is { } filter ? Of(filter) : null));

    public static JsonObject Of(Proto.PointsSelector m) => Only(("filter", Of(m.Filter)));

    public static JsonObject Of(Proto.UpdateBatchPoints m) => Only(("operations", List(m.Operations, o => o.OperationCase switch
    {
        Proto.PointsUpdateOperation.OperationOneofCase.DeletePoints => Only(("delete", Of(o.DeletePoints.Points))),
        Proto.PointsUpdateOperation.OperationOneofCase.SetPayload => Only(("set_payload", Only(("payload", Map(o.SetPayload.Payload, Value)), ("filter", Of(o.SetPayload.PointsSelector.Filter))))),
        var other => throw new NotSupportedException(other.ToString()),
    })));

    public static JsonObject Of(Proto.GetPoints m) => Only(("ids", List(m.Ids, i => i.Uuid)), ("with_payload", Of(m.WithPayload)), ("with_vector", Of(m.WithVectors)));

    public static JsonObject Of(Proto.ScrollPoints m) => Only(
        ("filter", Of(m.Filter)), ("limit", m.Limit), ("offset", m.Offset?.Uuid), ("with_payload", Of(m.WithPayload)), ("with_vector", Of(m.WithVectors)));

    public static JsonObject Of(Proto.FacetCounts m) => Only(("key", m.Key), ("filter", Of(m.Filter)), ("limit", m.Limit), ("exact", m.Exact));

    public static JsonObject Of(Proto.QueryPoints m) => Only(
        ("prefetch", m.Prefetch.Count == 0 ? null : List(m.Prefetch, Prefetch)), ("query", Query(m.Query)), ("using", m.HasUsing ? m.Using : null), ("filter", m.Filter is { } filter ? Of(filter) : null),
        ("params", Params(m.Params)), ("limit", m.Limit), ("with_payload", m.WithPayload is { } payload ? Of(payload) : null), ("with_vector", m.WithVectors is { } vectors ? Of(vectors) : null));

    public static JsonObject Of(Proto.QueryPointGroups m) => Only(
        ("group_by", m.GroupBy), ("group_size", m.GroupSize), ("query", Query(m.Query)), ("using", m.Using), ("filter", Of(m.Filter)), ("params", Params(m.Params)), ("limit", m.Limit), ("with_payload", Of(m.WithPayload)));

    public static JsonObject Of(Proto.Filter m) => Only(
        ("must", m.Must.Count == 0 ? null : List(m.Must, Condition)), ("must_not", m.MustNot.Count == 0 ? null : List(m.MustNot, Condition)), ("should", m.Should.Count == 0 ? null : List(m.Should, Condition)));

    private static JsonObject Prefetch(Proto.PrefetchQuery m) => Only(
        ("query", Query(m.Query)), ("using", m.Using), ("filter", m.Filter is { } filter ? Of(filter) : null), ("params", Params(m.Params)), ("limit", m.Limit));

    private static JsonObject? Params(Proto.SearchParams? m) => m is null ? null : Only(("idf", Only(("corpus", Of(m.Idf.Corpus)))));

    private static JsonObject Query(Proto.Query m) => m.VariantCase switch
    {
        Proto.Query.VariantOneofCase.Nearest => Only(("nearest", Nearest(m.Nearest))),
        Proto.Query.VariantOneofCase.NearestWithMmr => Only(
            ("nearest", Nearest(m.NearestWithMmr.Nearest)), ("mmr", Only(("diversity", m.NearestWithMmr.Mmr.Diversity), ("candidates_limit", m.NearestWithMmr.Mmr.CandidatesLimit)))),
        Proto.Query.VariantOneofCase.Fusion => Only(("fusion", m.Fusion == Proto.Fusion.Dbsf ? "dbsf" : "rrf")),
        Proto.Query.VariantOneofCase.Rrf => Only(("rrf", Only(("k", m.Rrf.HasK ? m.Rrf.K : null), ("weights", m.Rrf.Weights.Count == 0 ? null : List(m.Rrf.Weights, w => w))))),
        var other => throw new NotSupportedException(other.ToString()),
    };

    private static JsonNode Nearest(Proto.VectorInput m) => m.VariantCase switch
    {
        Proto.VectorInput.VariantOneofCase.Dense => List(m.Dense.Data, v => v),
        Proto.VectorInput.VariantOneofCase.Sparse => Sparse(m.Sparse),
        var other => throw new NotSupportedException(other.ToString()),
    };

    private static JsonObject Condition(Proto.Condition m) => m.ConditionOneOfCase switch
    {
        Proto.Condition.ConditionOneOfOneofCase.Filter => Of(m.Filter),
        Proto.Condition.ConditionOneOfOneofCase.IsEmpty => Only(("is_empty", Only(("key", m.IsEmpty.Key)))),
        Proto.Condition.ConditionOneOfOneofCase.Field => Only(("key", m.Field.Key), ("match", m.Field.Match is { } match ? Match(match) : null), ("range", m.Field.Range is { } range ? Range(range) : null)),
        var other => throw new NotSupportedException(other.ToString()),
    };

    private static JsonObject Match(Proto.Match m) => m.MatchValueCase switch
    {
        Proto.Match.MatchValueOneofCase.Keyword => Only(("value", m.Keyword)),
        Proto.Match.MatchValueOneofCase.Keywords => Only(("any", List(m.Keywords.Strings, s => s))),
        var other => throw new NotSupportedException(other.ToString()),
    };

    private static JsonObject Range(Proto.Range m) => Only(("lt", m.HasLt ? m.Lt : null), ("gt", m.HasGt ? m.Gt : null), ("lte", m.HasLte ? m.Lte : null), ("gte", m.HasGte ? m.Gte : null));

    private static JsonNode Of(Proto.WithPayloadSelector m) => m.SelectorOptionsCase switch
    {
        Proto.WithPayloadSelector.SelectorOptionsOneofCase.Enable => m.Enable,
        Proto.WithPayloadSelector.SelectorOptionsOneofCase.Exclude => Only(("exclude", List(m.Exclude.Fields, f => f))),
        var other => throw new NotSupportedException(other.ToString()),
    };

    private static JsonNode Of(Proto.WithVectorsSelector m) => m.SelectorOptionsCase switch
    {
        Proto.WithVectorsSelector.SelectorOptionsOneofCase.Enable => m.Enable,
        Proto.WithVectorsSelector.SelectorOptionsOneofCase.Include => List(m.Include.Names, n => n),
        var other => throw new NotSupportedException(other.ToString()),
    };

    private static JsonObject Point(Proto.PointStruct m) => Only(
        ("id", m.Id.Uuid),
        ("vector", m.Vectors is null ? throw new NotSupportedException("The server answers 'Expected some vectors'.") : Map(m.Vectors.Vectors_.Vectors, v => v.VectorCase switch
        {
            Proto.Vector.VectorOneofCase.Dense => List(v.Dense.Data, n => n),
            Proto.Vector.VectorOneofCase.Sparse => Sparse(v.Sparse),
            var other => throw new NotSupportedException(other.ToString()),
        })),
        ("payload", Map(m.Payload, Value)));

    private static JsonObject Sparse(Proto.SparseVector m) => Only(("indices", List(m.Indices, i => i)), ("values", List(m.Values, v => v)));

    private static JsonNode? Value(Proto.Value m) => m.KindCase switch
    {
        Proto.Value.KindOneofCase.StringValue => m.StringValue,
        Proto.Value.KindOneofCase.IntegerValue => m.IntegerValue,
        Proto.Value.KindOneofCase.ListValue => List(m.ListValue.Values, Value),
        Proto.Value.KindOneofCase.StructValue => Map(m.StructValue.Fields, Value),
        var other => throw new NotSupportedException(other.ToString()),
    };

#pragma warning disable CS0612 // the newest servers have other fields for these, all servers have them
    private static JsonNode? OnDisk(Proto.VectorParams m) => m.HasOnDisk ? m.OnDisk : null;

    private static JsonNode? OnDisk(Proto.CreateCollection m) => m.HasOnDiskPayload ? m.OnDiskPayload : null;

    private static JsonObject Scalar(Proto.ScalarQuantization m) => Only(("type", m.Type == Proto.QuantizationType.Int8 ? "int8" : null), ("always_ram", m.AlwaysRam));
#pragma warning restore CS0612

    private static JsonArray List<T>(IEnumerable<T> values, Func<T, JsonNode?> form) => [.. values.Select(form)];

    private static JsonObject Map<T>(MapField<string, T> values, Func<T, JsonNode?> form) => new(values.Select(v => KeyValuePair.Create(v.Key, form(v.Value))));

    /// <summary>The fields that have a value.</summary>
    private static JsonObject Only(params ReadOnlySpan<(string Name, JsonNode? Value)> fields)
    {
        var json = new JsonObject();
        foreach (var (name, value) in fields)
        {
            if (value is not null)
            {
                json[name] = value;
            }
        }

        return json;
    }
}
