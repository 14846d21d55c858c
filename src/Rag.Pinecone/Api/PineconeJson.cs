using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;

namespace Rag.Pinecone.Api;

/// <summary>What the index is. Indexes of sparse vectors have no dimension.</summary>
internal sealed record IndexStats(int? Dimension, string? Metric);

/// <summary>What filters look at in a record, and its text.</summary>
internal sealed record RecordMetadata(string Kind, string Group, string? Body);

internal sealed record Vector(string Id, float[] Values, RecordMetadata? Metadata);

internal sealed record UpsertRequest(string Namespace, IReadOnlyList<Vector> Vectors);

internal sealed record FetchReply(Dictionary<string, Vector>? Vectors);

internal sealed record ListItem(string Id);

internal sealed record Pagination(string? Next);

internal sealed record ListReply(IReadOnlyList<ListItem>? Vectors, Pagination? Pagination);

internal sealed record DeleteRequest(string Namespace, IReadOnlyList<string> Ids);

internal sealed record QueryRequest(string Namespace, float[] Vector, int TopK, JsonObject? Filter);

internal sealed record Match(string Id, float Score);

internal sealed record QueryReply(IReadOnlyList<Match>? Matches);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(IndexStats))]
[JsonSerializable(typeof(UpsertRequest))]
[JsonSerializable(typeof(FetchReply))]
[JsonSerializable(typeof(ListReply))]
[JsonSerializable(typeof(DeleteRequest))]
[JsonSerializable(typeof(QueryRequest))]
[JsonSerializable(typeof(QueryReply))]
[JsonSerializable(typeof(JsonObject))]
[JsonSerializable(typeof(JsonElement))]
internal sealed partial class PineconeJson : JsonSerializerContext
{
    /// <summary>Without escapes that JSON can do without: texts are JSON themselves, and would grow by half.</summary>
    public static PineconeJson Plain => field ??= new(new JsonSerializerOptions(Default.Options) { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping });
}
