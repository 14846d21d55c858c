using System.Collections.Concurrent;
using System.Text.Json;
using System.Text.Json.Nodes;
using Rag.Chroma.Api;
using Rag.Storage;
using Rag.Storage.Records;

namespace Rag.Chroma;

/// <summary>Records in a collection for texts and, since a collection takes vectors of one length, one for each length. What a server acknowledges, it shows at once.</summary>
internal sealed class ChromaRecords : IRecords
{
    // Quotas of Chroma Cloud: records written or read by one request, and bytes of a document (16,384).
    private const int Batch = 300;
    private const int DocumentBytes = 16_000;

    // Marks the collections that this program made.
    private const string Mark = "rag";

    private readonly ChromaClient _client;
    private readonly ConcurrentDictionary<int, string> _ids = new();

    private ChromaRecords(ChromaClient client, int maxNearest) => (_client, MaxNearest) = (client, maxNearest);

    public string Address => _client.Address;

    public int MaxBodyBytes => DocumentBytes;

    public int MaxNearest { get; }

    public static async Task<ChromaRecords> OpenAsync(ChromaClient client, int maxNearest, bool create, CancellationToken cancellationToken)
    {
        var records = new ChromaRecords(client, maxNearest);
        try
        {
            return await records.PathOfAsync(0, create, cancellationToken) is not null
                ? records
                : throw new StoreException($"The Chroma server '{client.Server}' has no collection '{client.Collection}'. Make it by ingesting into it, or check the name.");
        }
        catch
        {
            client.Dispose();
            throw;
        }
    }

    public async Task WriteAsync(string scope, IReadOnlyList<StoredRecord> records, CancellationToken cancellationToken)
    {
        foreach (var ofSize in records.GroupBy(r => r.Vector.Length))
        {
            var path = await PathOfAsync(ofSize.Key, create: true, cancellationToken);
            foreach (var batch in ofSize.Chunk(Batch))
            {
                var request = new UpsertRequest(
                    [.. batch.Select(r => r.Id)],
                    [.. batch.Select(r => r.Vector.IsEmpty ? [Place(r.Id)] : r.Vector.ToArray())],
                    [.. batch.Select(r => new RecordMetadata(scope, RecordId.KindOf(r.Id), RecordId.GroupOf(r.Id)))])
                {
                    Documents = ofSize.Key == 0 ? [.. batch.Select(r => r.Body)] : null,
                };
                await _client.PostAsync($"{path}/upsert", request, ChromaJson.Plain.UpsertRequest, ChromaJson.Plain.JsonElement, cancellationToken);
            }
        }
    }

    public async Task<IReadOnlyList<StoredRecord>> ReadAsync(string scope, IReadOnlyList<string> ids, int size, CancellationToken cancellationToken)
    {
        var found = new List<StoredRecord>();
        if (await PathOfAsync(size, create: false, cancellationToken) is { } path)
        {
            foreach (var batch in ids.Chunk(Batch))
            {
                var reply = await GetAsync(path, new([size == 0 ? "documents" : "embeddings"]) { Ids = batch }, cancellationToken);
                found.AddRange(reply.Ids.Select((id, i) => size == 0 ? new StoredRecord(id, reply.Documents?[i] ?? "") : new(id, "", reply.Embeddings![i])));
            }
        }

        return found;
    }

    public async Task<IReadOnlyList<string>> ListAsync(string scope, string kind, string? group, CancellationToken cancellationToken)
    {
        var path = await PathOfAsync(0, create: true, cancellationToken);
        var where = And(Is("scope", scope), Is("kind", kind), group is null ? null : Is("group", group));
        var ids = new List<string>();
        GetReply page;
        do
        {
            page = await GetAsync(path!, new([]) { Where = where, Limit = Batch, Offset = ids.Count }, cancellationToken);
            ids.AddRange(page.Ids);
        }
        while (page.Ids.Count == Batch);
        return ids;
    }

    public async Task DeleteAsync(string scope, IReadOnlyList<string> ids, int size, CancellationToken cancellationToken)
    {
        if (await PathOfAsync(size, create: false, cancellationToken) is { } path)
        {
            foreach (var batch in ids.Chunk(Batch))
            {
                await _client.PostAsync($"{path}/delete", new(batch), ChromaJson.Plain.DeleteRequest, ChromaJson.Plain.JsonElement, cancellationToken);
            }
        }
    }

    public async Task<IReadOnlyList<NearRecord>> NearestAsync(string scope, ReadOnlyMemory<float> vector, IReadOnlyList<string>? groups, int limit, CancellationToken cancellationToken)
    {
        if (await PathOfAsync(vector.Length, create: false, cancellationToken) is not { } path)
        {
            return [];
        }

        var among = groups is null ? null : new JsonObject { ["group"] = new JsonObject { ["$in"] = new JsonArray([.. groups.Select(g => JsonValue.Create(g))]) } };
        var request = new QueryRequest([vector.ToArray()], limit, among is null ? Is("scope", scope) : And(Is("scope", scope), among));
        var reply = await _client.PostAsync($"{path}/query", request, ChromaJson.Plain.QueryRequest, ChromaJson.Plain.QueryReply, cancellationToken);
        return [.. reply.Ids[0].Zip(reply.Distances[0], (id, distance) => new NearRecord(id, 1 - distance))];
    }

    public Task SettleAsync(string scope, CancellationToken cancellationToken) => Task.CompletedTask;

    public void Dispose() => _client.Dispose();

    // Chroma keeps no text without a vector. Points on a line, each at a place of its own, are the cheapest that its index can hold.
    private static float Place(string id) => id.Aggregate(7u, (hash, c) => (hash * 31) + c) / (float)uint.MaxValue;

    private static JsonObject Is(string field, string value) => new() { [field] = new JsonObject { ["$eq"] = value } };

    private static JsonObject And(params IEnumerable<JsonObject?> parts) => new() { ["$and"] = new JsonArray([.. parts.OfType<JsonObject>()]) };

    private Task<GetReply> GetAsync(string path, GetRequest request, CancellationToken cancellationToken) =>
        _client.PostAsync($"{path}/get", request, ChromaJson.Plain.GetRequest, ChromaJson.Plain.GetReply, cancellationToken);

    /// <summary>The path of the collection for vectors of a length, or for texts; <see langword="null"/> where there is none.</summary>
    private async Task<string?> PathOfAsync(int size, bool create, CancellationToken cancellationToken)
    {
        if (_ids.TryGetValue(size, out var known))
        {
            return $"/{known}";
        }

        var name = size == 0 ? _client.Collection : FormattableString.Invariant($"{_client.Collection}-{size}");
        var collection = await _client.GetAsync($"/{Uri.EscapeDataString(name)}", ChromaJson.Plain.Collection, cancellationToken);
        if (collection is null && create)
        {
            var request = new CollectionRequest(name, new() { [Mark] = 1 }, size == 0 ? [] : new() { ["hnsw"] = new JsonObject { ["space"] = "cosine" } });
            collection = await _client.PostAsync("", request, ChromaJson.Plain.CollectionRequest, ChromaJson.Plain.Collection, cancellationToken);
        }

        if (collection is null)
        {
            return null;
        }

        Check(collection, size);
        return $"/{_ids[size] = collection.Id}";
    }

    private void Check(Collection collection, int size)
    {
        if (collection.Metadata?.ContainsKey(Mark) != true)
        {
            throw new StoreException($"The collection '{collection.Name}' of the Chroma server '{_client.Server}' was made by another program. Give the store a collection of its own.");
        }

        var expected = size == 0 ? 1 : size;
        if (collection.Dimension is { } dimension && dimension != expected)
        {
            throw new StoreException($"The collection '{collection.Name}' of the Chroma server '{_client.Server}' holds vectors of {dimension} numbers, and this store needs {expected} there. Give the store a collection of its own.");
        }

        if (size > 0 && SpaceOf(collection.ConfigurationJson) is var space && space != "cosine")
        {
            throw new StoreException($"The collection '{collection.Name}' of the Chroma server '{_client.Server}' compares vectors by '{space}'; this store needs the cosine. Give the store a collection of its own.");
        }
    }

    // A server of one's own says hnsw, Chroma Cloud spann.
    private static string? SpaceOf(JsonElement configuration)
    {
        foreach (var index in (string[])["hnsw", "spann"])
        {
            if (configuration.ValueKind == JsonValueKind.Object && configuration.TryGetProperty(index, out var settings) && settings.ValueKind == JsonValueKind.Object && settings.TryGetProperty("space", out var space))
            {
                return space.GetString();
            }
        }

        return null;
    }
}
