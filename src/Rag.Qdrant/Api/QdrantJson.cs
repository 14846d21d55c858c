using System.Text.Json;
using System.Text.Json.Serialization;
using Rag.Storage;

namespace Rag.Qdrant.Api;

/// <summary>The envelope of every answer.</summary>
internal sealed record Reply<T>(T? Result);

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    Converters = [typeof(AnyText)])]
[JsonSerializable(typeof(SparseVector))]
[JsonSerializable(typeof(Rrf))]
[JsonSerializable(typeof(Mmr))]
[JsonSerializable(typeof(UpsertRequest))]
[JsonSerializable(typeof(RetrieveRequest))]
[JsonSerializable(typeof(DeleteRequest))]
[JsonSerializable(typeof(BatchRequest))]
[JsonSerializable(typeof(ScrollRequest))]
[JsonSerializable(typeof(FacetRequest))]
[JsonSerializable(typeof(QueryRequest))]
[JsonSerializable(typeof(QueryBatchRequest))]
[JsonSerializable(typeof(CollectionRequest))]
[JsonSerializable(typeof(VectorRequest))]
[JsonSerializable(typeof(IndexRequest))]
[JsonSerializable(typeof(ServerVersion))]
[JsonSerializable(typeof(SnapshotRecover))]
[JsonSerializable(typeof(Reply<SnapshotDescription>))]
[JsonSerializable(typeof(Reply<IReadOnlyList<SnapshotDescription>>))]
[JsonSerializable(typeof(Reply<JsonElement>))]
[JsonSerializable(typeof(Reply<CollectionDescription>))]
[JsonSerializable(typeof(Reply<IReadOnlyList<Point>>))]
[JsonSerializable(typeof(Reply<ScrollResult>))]
[JsonSerializable(typeof(Reply<FacetResult>))]
[JsonSerializable(typeof(Reply<QueryResult>))]
[JsonSerializable(typeof(Reply<IReadOnlyList<QueryResult>>))]
[JsonSerializable(typeof(Reply<GroupsResult>))]
internal sealed partial class QdrantJson : JsonSerializerContext;
