using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;

namespace Rag.Testing.Qdrant;

/// <summary>Snapshots on the server's disk: a collection's layout, indexes and points, in a form of the double's own.</summary>
internal sealed class CollectionSnapshots(Version version)
{
    private readonly SortedDictionary<string, SortedDictionary<string, string>> _files = new(StringComparer.Ordinal);

    public JsonNode List(string collection) => new JsonArray([.. Of(collection).Select(f => Describe(f.Key, f.Value))]);

    public JsonNode Take(string name, QdrantCollectionDouble collection)
    {
        var layout = collection.Layout.ToJson();
        var packed = new JsonObject
        {
            ["layout"] = layout["params"]!.DeepClone(),
            ["quantization_config"] = layout["quantization_config"]?.DeepClone(),
            ["indexes"] = new JsonObject(collection.Layout.Indexes.Select(i => KeyValuePair.Create(i.Key, (JsonNode?)i.Value.DeepClone()))),
            ["points"] = new JsonArray([.. collection.Points]),
        };
        var (files, text) = (Of(name), packed.ToJsonString());
        var file = $"{name}-{files.Count + 1}.snapshot";
        files[file] = text;
        return Describe(file, text);
    }

    /// <summary>The bytes of a file, as the text that they are.</summary>
    public string Read(string collection, string file) =>
        Of(collection).GetValueOrDefault(file) ?? throw QdrantRefusalException.NotFound($"Snapshot {file} not found");

    public JsonNode Delete(string collection, string file)
    {
        Read(collection, file);
        return JsonValue.Create(Of(collection).Remove(file));
    }

    /// <summary>What lies at an address: <c>file:///qdrant/snapshots/COLLECTION/FILE</c>, or that of a download from this server.</summary>
    public string Fetch(Uri location) => location.AbsolutePath.Split('/', StringSplitOptions.RemoveEmptyEntries) switch
    {
        ["qdrant", "snapshots", var collection, var file] when location.IsFile => Read(collection, file),
        ["collections", var collection, "snapshots", var file] when !location.IsFile => Read(collection, file),
        _ => throw QdrantRefusalException.Input($"Snapshot file {location} does not exist"),
    };

    public QdrantCollectionDouble Restore(string text, string? checksum)
    {
        if (checksum is not null && !checksum.Equals(Sha256(text), StringComparison.OrdinalIgnoreCase))
        {
            throw QdrantRefusalException.Input($"Snapshot checksum mismatch: expected {checksum}, got {Sha256(text)}");
        }

        var packed = text.StartsWith("{\"layout\"", StringComparison.Ordinal) ? JsonNode.Parse(text)! : throw QdrantRefusalException.Input("failed to unpack the snapshot");
        var request = (JsonObject)packed["layout"]!.DeepClone();
        request["quantization_config"] = packed["quantization_config"]?.DeepClone();
        var collection = new QdrantCollectionDouble(request, version);
        foreach (var (key, schema) in packed["indexes"]!.AsObject())
        {
            collection.Layout.Indexes[key] = schema!.DeepClone();
        }

        collection.Upsert(packed);
        return collection;
    }

    private SortedDictionary<string, string> Of(string collection) =>
        _files.TryGetValue(collection, out var files) ? files : _files[collection] = new(StringComparer.Ordinal);

    private static JsonObject Describe(string file, string text) => new()
    {
        ["name"] = file,
        ["creation_time"] = "2026-01-02T03:04:05",
        ["size"] = Encoding.UTF8.GetByteCount(text),
        ["checksum"] = Sha256(text),
    };

    private static string Sha256(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
}
