using System.Globalization;
using System.Numerics.Tensors;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Rag.Testing.Pinecone;

/// <summary>The service refuses a request.</summary>
internal sealed class PineconeRefusalException(int status, string message) : Exception(message)
{
    public int Status => status;
}

/// <summary>
/// A serverless index of Pinecone on a port of this machine: those requests of its data plane API that a store makes, in its forms and words, within its limits. Searches are exact.
/// Stricter than the service, it refuses a field that it does not know.
/// </summary>
public sealed class PineconeDouble : IDisposable
{
    private sealed record Entry(float[] Values, JsonObject? Metadata);

    private sealed class Space
    {
        public SortedDictionary<string, Entry> Seen { get; } = new(StringComparer.Ordinal);

        /// <summary>Writes that no read sees yet; the first is the next.</summary>
        public Queue<Action<SortedDictionary<string, Entry>>> Waiting { get; } = [];

        public long Written { get; set; }
    }

    // How the size of metadata is counted is not published; as JSON without needless escapes is more than the texts alone.
    private static readonly JsonSerializerOptions Plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private readonly Dictionary<string, Space> _spaces = new(StringComparer.Ordinal);

    public PineconeDouble() => Http = new(Answer);

    public LoopbackHttp Http { get; }

    /// <summary>The key that every request must carry; none where null.</summary>
    public string? ApiKey { get; init; }

    /// <summary>The index's dimension; none for sparse vectors.</summary>
    public int? Dimension { get; init; } = 16;

    public string Metric { get; init; } = "cosine";

    /// <summary>Whether a write waits until reads have come: each read of a namespace lets the first waiting write be seen.</summary>
    public bool Lags { get; init; }

    /// <summary>Whether answers tell log sequence numbers; the local emulator does not.</summary>
    public bool TellsNumbers { get; init; } = true;

    /// <summary>The ids of all records that reads see.</summary>
    public IReadOnlyList<string> Ids => [.. _spaces.Values.SelectMany(s => s.Seen.Keys)];

    /// <summary>Has reads see all that was written.</summary>
    public void Settle()
    {
        foreach (var space in _spaces.Values)
        {
            Catch(space, int.MaxValue);
        }
    }

    public void Dispose() => Http.Dispose();

    private static void Catch(Space space, int writes)
    {
        while (writes-- > 0 && space.Waiting.TryDequeue(out var write))
        {
            write(space.Seen);
        }
    }

    private static JsonObject Fields(string body, params string[] known)
    {
        var fields = JsonNode.Parse(body)!.AsObject();
        return fields.FirstOrDefault(f => !known.Contains(f.Key)).Key is { } unknown ? throw new PineconeRefusalException(400, $"Unknown field {unknown}") : fields;
    }

    private static void Require(bool condition, string message)
    {
        if (!condition)
        {
            throw new PineconeRefusalException(400, message);
        }
    }

    private LoopbackAnswer Answer(LoopbackRequest request)
    {
        try
        {
            if (ApiKey is not null && request.Headers.GetValueOrDefault("Api-Key") != ApiKey)
            {
                throw new PineconeRefusalException(401, "Invalid API Key");
            }

            Require(request.Headers.ContainsKey("X-Pinecone-API-Version"), "No API version");
            Require(Encoding.UTF8.GetByteCount(request.Body) <= 2_097_152, "Request size exceeds the maximum supported size of 2097152 bytes");
            return Result(request);
        }
        catch (PineconeRefusalException refusal)
        {
            return new(refusal.Status, refusal.Status == 401 ? refusal.Message : new JsonObject { ["code"] = 3, ["message"] = refusal.Message, ["details"] = new JsonArray() }.ToJsonString());
        }
    }

    private LoopbackAnswer Result(LoopbackRequest request)
    {
        var query = request.Query.Split('&', StringSplitOptions.RemoveEmptyEntries).Select(p => p.Split('=', 2)).Select(p => (Name: p[0], Value: Uri.UnescapeDataString(p[1]))).ToList();
        switch (request.Method, request.Path)
        {
            case ("POST", "/describe_index_stats"):
                return new(200, new JsonObject { ["namespaces"] = new JsonObject(), ["dimension"] = Dimension, ["metric"] = Metric, ["vectorType"] = Dimension is null ? "sparse" : "dense", ["totalVectorCount"] = 0 }.ToJsonString());
            case ("POST", "/vectors/upsert"):
                return Upsert(Fields(request.Body, "namespace", "vectors"));
            case ("POST", "/vectors/delete"):
                return Delete(Fields(request.Body, "namespace", "ids"));
            case ("POST", "/query"):
                var fields = Fields(request.Body, "namespace", "vector", "topK", "filter", "includeValues", "includeMetadata");
                return Read((string)fields["namespace"]!, seen => Query(fields, seen));
            case ("GET", "/vectors/fetch"):
                return Read(query.Single(p => p.Name == "namespace").Value, seen => Fetch([.. query.Where(p => p.Name == "ids").Select(p => p.Value)], seen));
            case ("GET", "/vectors/list"):
                string Of(string name) => query.SingleOrDefault(p => p.Name == name).Value ?? "";
                return Read(Of("namespace"), seen => List(Of("prefix"), int.Parse(Of("limit"), CultureInfo.InvariantCulture), Of("paginationToken"), seen));
            default:
                throw new NotSupportedException($"The double has no {request.Method} {request.Path}.");
        }
    }

    private LoopbackAnswer Upsert(JsonObject request)
    {
        var vectors = request["vectors"]!.AsArray().Select(v => v!.AsObject()).ToList();
        Require(vectors.Count is > 0 and <= 1_000, "The number of vectors must be from 1 to 1000");
        var entries = new List<(string, Entry)>();
        foreach (var vector in vectors)
        {
            var (id, values, metadata) = ((string)vector["id"]!, Values(vector["values"]!), vector["metadata"]?.DeepClone().AsObject());
            Require(id.Length is > 0 and <= 512 && id.All(char.IsAscii), $"Vector ID must be ASCII of at most 512 characters, but is {id}");
            Require(values.Length == Dimension, $"Vector dimension {values.Length} does not match the dimension of the index {Dimension}");
            Require(values.Any(v => v != 0), "Dense vectors must contain at least one non-zero value.");
            Require(Encoding.UTF8.GetByteCount(metadata?.ToJsonString(Plain) ?? "") <= 40_960, "Metadata size exceeds the limit of 40960 bytes per vector");
            Require(metadata?.All(m => m.Value is JsonValue) ?? true, "Metadata value must be a string, number, boolean or list of strings, got 'null'");
            entries.Add((id, new(values, metadata)));
        }

        return Write(
            (string)request["namespace"]!,
            seen =>
            {
                foreach (var (id, entry) in entries)
                {
                    seen[id] = entry;
                }
            },
            new JsonObject { ["upsertedCount"] = entries.Count });
    }

    private LoopbackAnswer Delete(JsonObject request)
    {
        var ids = request["ids"]!.AsArray().Select(i => (string)i!).ToList();
        Require(ids.Count is > 0 and <= 1_000, "The number of ids must be from 1 to 1000");
        return _spaces.ContainsKey((string)request["namespace"]!)
            ? Write((string)request["namespace"]!, seen => ids.ForEach(id => seen.Remove(id)), [])
            : throw new PineconeRefusalException(404, "Namespace not found");
    }

    private LoopbackAnswer Write(string name, Action<SortedDictionary<string, Entry>> write, JsonObject answer)
    {
        if (!_spaces.TryGetValue(name, out var space))
        {
            _spaces[name] = space = new();
        }

        space.Waiting.Enqueue(write);
        space.Written++;
        if (!Lags)
        {
            Catch(space, int.MaxValue);
        }

        return Numbered(answer, "x-pinecone-request-lsn", space.Written);
    }

    private LoopbackAnswer Read(string name, Func<SortedDictionary<string, Entry>, JsonObject> read)
    {
        var space = _spaces.GetValueOrDefault(name) ?? new();
        var answer = Numbered(read(space.Seen), "x-pinecone-max-indexed-lsn", space.Written - space.Waiting.Count);
        Catch(space, 1);
        return answer;
    }

    private LoopbackAnswer Numbered(JsonObject answer, string header, long number) =>
        new(200, answer.ToJsonString()) { Headers = TellsNumbers ? new Dictionary<string, string> { [header] = number.ToString(CultureInfo.InvariantCulture) } : [] };

    private JsonObject Query(JsonObject request, SortedDictionary<string, Entry> seen)
    {
        var (vector, limit) = (Values(request["vector"]!), (int)request["topK"]!);
        Require(limit is > 0 and <= 10_000, "topK must be from 1 to 10000");
        Require(vector.Length == Dimension, $"Query vector dimension {vector.Length} does not match the dimension of the index {Dimension}");
        Require(vector.Any(v => v != 0), "Dense vectors must contain at least one non-zero value.");
        var found = seen.Where(e => Matches(e.Value, request["filter"]?.AsObject())).Select(e => (e.Key, Score: TensorPrimitives.CosineSimilarity(vector, e.Value.Values))).OrderByDescending(e => e.Score).Take(limit);
        return new() { ["matches"] = new JsonArray([.. found.Select(e => new JsonObject { ["id"] = e.Key, ["score"] = e.Score, ["values"] = new JsonArray() })]), ["namespace"] = request["namespace"]!.DeepClone(), ["usage"] = new JsonObject { ["readUnits"] = 1 } };
    }

    private static bool Matches(Entry entry, JsonObject? filter) => filter?.All(field =>
    {
        var (comparison, operand) = field.Value!.AsObject().Single();
        var stored = (string?)entry.Metadata?[field.Key];
        return comparison switch
        {
            "$eq" => stored is not null && stored == (string?)operand,
            "$in" => stored is not null && operand!.AsArray().Any(v => (string?)v == stored),
            _ => throw new NotSupportedException($"The double does not compare by {comparison}."),
        };
    }) ?? true;

    private static JsonObject Fetch(IReadOnlyList<string> ids, SortedDictionary<string, Entry> seen)
    {
        Require(ids.Count is > 0 and <= 1_000, "The number of ids must be from 1 to 1000");
        var vectors = new JsonObject();
        foreach (var id in ids.Where(seen.ContainsKey))
        {
            vectors[id] = new JsonObject { ["id"] = id, ["values"] = new JsonArray([.. seen[id].Values.Select(v => JsonValue.Create(v))]), ["metadata"] = seen[id].Metadata?.DeepClone() };
        }

        return new() { ["vectors"] = vectors, ["namespace"] = "", ["usage"] = new JsonObject { ["readUnits"] = 1 } };
    }

    private static JsonObject List(string prefix, int limit, string token, SortedDictionary<string, Entry> seen)
    {
        Require(limit is > 0 and <= 100, "limit must be from 1 to 100");
        var after = Encoding.UTF8.GetString(Convert.FromBase64String(token));
        var page = seen.Keys.Where(id => id.StartsWith(prefix, StringComparison.Ordinal) && string.CompareOrdinal(id, after) > 0).Take(limit + 1).ToList();
        var answer = new JsonObject { ["vectors"] = new JsonArray([.. page.Take(limit).Select(id => new JsonObject { ["id"] = id })]), ["namespace"] = "", ["usage"] = new JsonObject { ["readUnits"] = 1 } };
        if (page.Count > limit)
        {
            answer["pagination"] = new JsonObject { ["next"] = Convert.ToBase64String(Encoding.UTF8.GetBytes(page[limit - 1])) };
        }

        return answer;
    }

    private static float[] Values(JsonNode numbers) => [.. numbers.AsArray().Select(n => (float)n!)];
}
