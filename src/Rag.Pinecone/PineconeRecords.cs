using System.Collections.Concurrent;
using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using Rag.Pinecone.Api;
using Rag.Storage;
using Rag.Storage.Records;

namespace Rag.Pinecone;

/// <summary>Records in the namespaces of an index: each scope is one. A write is seen once the index has its log sequence number, in the order of these numbers.</summary>
internal sealed class PineconeRecords : IRecords
{
    // Pinecone's limits: 100 ids in a list, 1,000 in a deletion, 1,000 records and 2 MB in an upsert, 40 KB of metadata in a record. Ids to fetch stand in the address, which should stay short.
    private const int ListPage = 100;
    private const int FetchBatch = 50;
    private const int DeleteBatch = 1_000;
    private const int UpsertBatch = 100;
    private const int UpsertBytes = 1_500_000;
    private const int MetadataBytes = 20_000; // a text that is JSON in JSON can grow to twice its length

    // How often it is asked whether a write can be read; with the longest wait and the usual delay about a minute.
    private const int MaxLooks = 34;

    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(2);

    private readonly PineconeClient _client;
    private readonly TimeSpan _delay;
    private readonly TimeProvider _clock;
    private readonly int _dimension;
    private readonly ConcurrentDictionary<string, long> _written = new(StringComparer.Ordinal);

    private PineconeRecords(PineconeClient client, TimeSpan delay, TimeProvider clock, int dimension) => (_client, _delay, _clock, _dimension) = (client, delay, clock, dimension);

    public string Address => _client.Address;

    public int MaxBodyBytes => MetadataBytes;

    public int MaxNearest => 10_000;

    public static async Task<PineconeRecords> OpenAsync(PineconeClient client, TimeSpan delay, TimeProvider clock, CancellationToken cancellationToken)
    {
        try
        {
            var (stats, _) = await client.PostAsync("describe_index_stats", [], PineconeJson.Plain.JsonObject, PineconeJson.Plain.IndexStats, cancellationToken);
            return stats switch
            {
                { Dimension: null or 0 } => throw new StoreException($"The Pinecone index '{client.Address}' is one of sparse vectors. Make one of dense vectors with the metric cosine."),
                { Metric: not (null or "cosine") } => throw new StoreException($"The Pinecone index '{client.Address}' compares vectors by '{stats.Metric}'. Make one with the metric cosine."),
                { Dimension: { } dimension } => new(client, delay, clock, dimension),
            };
        }
        catch
        {
            client.Dispose();
            throw;
        }
    }

    public async Task WriteAsync(string scope, IReadOnlyList<StoredRecord> records, CancellationToken cancellationToken)
    {
        var (batch, bytes) = (new List<Vector>(), 0);
        foreach (var record in records)
        {
            var size = EstimatedBytes(record);
            if (batch.Count == UpsertBatch || (batch.Count > 0 && bytes + size > UpsertBytes))
            {
                await SendAsync();
            }

            var metadata = new RecordMetadata(RecordId.KindOf(record.Id), RecordId.GroupOf(record.Id), record.Vector.IsEmpty ? record.Body : null);
            batch.Add(new(record.Id, Filled(record.Vector), metadata));
            bytes += size;
        }

        await SendAsync();

        async Task SendAsync()
        {
            if (batch.Count > 0)
            {
                var (_, lsn) = await _client.PostAsync("vectors/upsert", new(scope, batch), PineconeJson.Plain.UpsertRequest, PineconeJson.Plain.JsonElement, cancellationToken);
                Note(scope, lsn);
                (batch, bytes) = ([], 0);
            }
        }
    }

    public async Task<IReadOnlyList<StoredRecord>> ReadAsync(string scope, IReadOnlyList<string> ids, int size, CancellationToken cancellationToken)
    {
        var found = new List<StoredRecord>();
        foreach (var batch in ids.Chunk(FetchBatch))
        {
            var path = $"vectors/fetch?namespace={scope}&{string.Join('&', batch.Select(id => "ids=" + Uri.EscapeDataString(id)))}";
            var (reply, _) = await _client.GetAsync(path, PineconeJson.Plain.FetchReply, cancellationToken);
            found.AddRange((reply.Vectors ?? []).Values.Select(v => size == 0 ? new StoredRecord(v.Id, v.Metadata?.Body ?? "") : new(v.Id, "", v.Values.AsMemory(0, size))));
        }

        return found;
    }

    public async Task<IReadOnlyList<string>> ListAsync(string scope, string kind, string? group, CancellationToken cancellationToken)
    {
        var prefix = Uri.EscapeDataString(group is null ? $"{kind}:" : $"{kind}:{group}:");
        var (ids, next) = (new List<string>(), "");
        do
        {
            var token = next.Length == 0 ? "" : "&paginationToken=" + Uri.EscapeDataString(next);
            var (page, _) = await _client.GetAsync(string.Create(CultureInfo.InvariantCulture, $"vectors/list?namespace={scope}&prefix={prefix}&limit={ListPage}{token}"), PineconeJson.Plain.ListReply, cancellationToken);
            ids.AddRange((page.Vectors ?? []).Select(v => v.Id));
            next = page.Pagination?.Next ?? "";
        }
        while (next.Length > 0);
        return ids;
    }

    public async Task DeleteAsync(string scope, IReadOnlyList<string> ids, int size, CancellationToken cancellationToken)
    {
        foreach (var batch in ids.Chunk(DeleteBatch))
        {
            var (_, lsn) = await _client.PostAsync("vectors/delete", new(scope, batch), PineconeJson.Plain.DeleteRequest, PineconeJson.Plain.JsonElement, cancellationToken);
            Note(scope, lsn);
        }
    }

    public async Task<IReadOnlyList<NearRecord>> NearestAsync(string scope, ReadOnlyMemory<float> vector, IReadOnlyList<string>? groups, int limit, CancellationToken cancellationToken)
    {
        var filter = new JsonObject { ["kind"] = new JsonObject { ["$eq"] = "vector" } };
        if (groups is not null)
        {
            filter["group"] = new JsonObject { ["$in"] = new JsonArray([.. groups.Select(g => JsonValue.Create(g))]) };
        }

        var (reply, _) = await QueryAsync(new(scope, Filled(vector), limit, filter), cancellationToken);
        return [.. (reply.Matches ?? []).Select(m => new NearRecord(m.Id, m.Score))];
    }

    public async Task SettleAsync(string scope, CancellationToken cancellationToken)
    {
        if (!_written.TryGetValue(scope, out var written))
        {
            return;
        }

        var wait = _delay;
        for (var look = 0; look < MaxLooks; look++)
        {
            // Where the service tells no number, as the local emulator, there is nothing to wait for.
            if ((await QueryAsync(new(scope, Filled(default), 1, null), cancellationToken)).Lsn is not { } seen || seen >= written)
            {
                return;
            }

            await Task.Delay(wait, _clock, cancellationToken);
            wait = wait * 2 < LongestWait ? wait * 2 : LongestWait;
        }

        throw new StoreException($"What was written to the Pinecone index '{Address}' cannot be read yet, after asking {MaxLooks} times. It is stored; look at the index's load, and write it again if searches do not find it later.");
    }

    public void Dispose() => _client.Dispose();

    // Escapes of the quotes in a text that is JSON, and a dozen characters for a number that is not 0.
    private int EstimatedBytes(StoredRecord record) => (Encoding.UTF8.GetByteCount(record.Body) * 3 / 2) + (12 * record.Vector.Length) + (2 * _dimension) + 300;

    private Task<(QueryReply Reply, long? Lsn)> QueryAsync(QueryRequest request, CancellationToken cancellationToken) =>
        _client.PostAsync("query", request, PineconeJson.Plain.QueryRequest, PineconeJson.Plain.QueryReply, cancellationToken);

    private void Note(string scope, long? lsn)
    {
        if (lsn is { } number)
        {
            _written.AddOrUpdate(scope, number, (_, known) => Math.Max(known, number));
        }
    }

    /// <summary>A vector with zeros up to the index's dimension. Pinecone keeps no text without a vector, and no vector of zeros: a text has a one.</summary>
    private float[] Filled(ReadOnlyMemory<float> vector)
    {
        if (vector.Length > _dimension)
        {
            throw new StoreException($"The Pinecone index '{Address}' takes vectors of up to {_dimension} numbers, not of {vector.Length}. Make an index with that many dimensions, or embed with a smaller model.");
        }

        var values = new float[_dimension];
        vector.CopyTo(values);
        values[0] = vector.IsEmpty ? 1 : values[0];
        return values;
    }
}
