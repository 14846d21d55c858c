using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;

namespace Rag.Chroma.Api;

/// <summary>Makes a collection, or gives the one that has the name.</summary>
internal sealed record CollectionRequest(string Name, JsonObject Metadata, JsonObject Configuration)
{
    public bool GetOrCreate { get; init; } = true;
}

/// <summary>What the server says of a collection.</summary>
internal sealed record Collection(string Id, string Name, Dictionary<string, JsonElement>? Metadata, int? Dimension, JsonElement ConfigurationJson);

/// <summary>What filters look at in a record.</summary>
internal sealed record RecordMetadata(string Scope, string Kind, string Group);

internal sealed record UpsertRequest(IReadOnlyList<string> Ids, IReadOnlyList<float[]> Embeddings, IReadOnlyList<RecordMetadata> Metadatas)
{
    public IReadOnlyList<string>? Documents { get; init; }
}

internal sealed record GetRequest(IReadOnlyList<string> Include)
{
    public IReadOnlyList<string>? Ids { get; init; }

    public JsonObject? Where { get; init; }

    public int? Limit { get; init; }

    public int? Offset { get; init; }
}

internal sealed record GetReply(IReadOnlyList<string> Ids, IReadOnlyList<string?>? Documents, IReadOnlyList<float[]>? Embeddings);

internal sealed record DeleteRequest(IReadOnlyList<string> Ids);

internal sealed record QueryRequest(IReadOnlyList<float[]> QueryEmbeddings, int NResults, JsonObject Where)
{
    public IReadOnlyList<string> Include { get; init; } = ["distances"];
}

/// <summary>One list for each vector of the query.</summary>
internal sealed record QueryReply(IReadOnlyList<IReadOnlyList<string>> Ids, IReadOnlyList<IReadOnlyList<float>> Distances);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(CollectionRequest))]
[JsonSerializable(typeof(Collection))]
[JsonSerializable(typeof(UpsertRequest))]
[JsonSerializable(typeof(GetRequest))]
[JsonSerializable(typeof(GetReply))]
[JsonSerializable(typeof(DeleteRequest))]
[JsonSerializable(typeof(QueryRequest))]
[JsonSerializable(typeof(QueryReply))]
[JsonSerializable(typeof(JsonElement))]
internal sealed partial class ChromaJson : JsonSerializerContext
{
    /// <summary>Without escapes that JSON can do without: texts are JSON themselves, and would grow by half.</summary>
    public static ChromaJson Plain => field ??= new(new JsonSerializerOptions(Default.Options) { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping });
}
