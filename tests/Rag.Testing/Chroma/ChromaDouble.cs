using System.Text;
using System.Text.Json.Nodes;

namespace Rag.Testing.Chroma;

/// <summary>The server refuses a request.</summary>
internal sealed class ChromaRefusalException(int status, string error, string message) : Exception(message)
{
    public int Status => status;

    public string Error => error;
}

/// <summary>
/// A Chroma server on a port of this machine: those requests of its REST API v2 that a store makes, in its forms and words, within the quotas of Chroma Cloud. Searches are exact.
/// Stricter than the server, it refuses a field that it does not know.
/// </summary>
public sealed class ChromaDouble : IDisposable
{
    private const string Root = "/api/v2/tenants/default_tenant/databases/default_database/collections";

    private readonly Dictionary<string, ChromaCollectionDouble> _collections = new(StringComparer.Ordinal);

    public ChromaDouble() => Http = new(Answer);

    public LoopbackHttp Http { get; }

    /// <summary>The key that every request must carry; none where null.</summary>
    public string? ApiKey { get; init; }

    public ChromaCollectionDouble this[string name] => _collections[name];

    /// <summary>The names of the collections.</summary>
    public IEnumerable<string> Names => _collections.Keys;

    /// <summary>Makes a collection as another program would.</summary>
    public void Add(string name, JsonObject? metadata = null, string? space = null, int? dimension = null) => _collections.Add(name, new(name, metadata, space ?? "l2") { Dimension = dimension });

    public void Dispose() => Http.Dispose();

    internal static JsonObject Fields(string body, params string[] known)
    {
        var fields = JsonNode.Parse(body)!.AsObject();
        return fields.FirstOrDefault(f => !known.Contains(f.Key)).Key is { } unknown ? throw new ChromaRefusalException(422, "UnprocessableEntity", $"unknown field `{unknown}`") : fields;
    }

    private LoopbackAnswer Answer(LoopbackRequest request)
    {
        try
        {
            if (ApiKey is not null && request.Headers.GetValueOrDefault("x-chroma-token") != ApiKey)
            {
                throw new ChromaRefusalException(401, "AuthError", "Unauthorized");
            }

            if (!request.Path.StartsWith(Root, StringComparison.Ordinal))
            {
                return new(404, "");
            }

            return new(200, Result(request.Method, request.Path[Root.Length..].Split('/', StringSplitOptions.RemoveEmptyEntries), request.Body).ToJsonString());
        }
        catch (ChromaRefusalException refusal)
        {
            return new(refusal.Status, new JsonObject { ["error"] = refusal.Error, ["message"] = refusal.Message }.ToJsonString());
        }
    }

    private JsonNode Result(string method, string[] path, string body) => (method, path) switch
    {
        ("POST", []) => Create(Fields(body, "name", "metadata", "configuration", "get_or_create")),
        ("GET", [var name]) => (_collections.GetValueOrDefault(name) ?? throw NotFound(name)).Describe(),
        ("POST", [var id, "upsert"]) => ById(id).Upsert(Fields(body, "ids", "embeddings", "metadatas", "documents")),
        ("POST", [var id, "get"]) => ById(id).Get(Fields(body, "ids", "where", "limit", "offset", "include")),
        ("POST", [var id, "delete"]) => ById(id).Delete(Fields(body, "ids")),
        ("POST", [var id, "query"]) => ById(id).Query(Fields(body, "query_embeddings", "n_results", "where", "include")),
        _ => throw new NotSupportedException($"The double has no {method} {string.Join('/', path)}."),
    };

    private JsonObject Create(JsonObject request)
    {
        var name = (string)request["name"]!;
        if (Encoding.UTF8.GetByteCount(name) is < 3 or > 128 || !name.All(c => char.IsAsciiLetterOrDigit(c) || c is '.' or '_' or '-') || !char.IsAsciiLetterOrDigit(name[0]) || !char.IsAsciiLetterOrDigit(name[^1]))
        {
            throw new ChromaRefusalException(400, "InvalidArgumentError", $"Validation error: name: Expected a name containing 3-512 characters from [a-zA-Z0-9._-], starting and ending with a character in [a-zA-Z0-9]. Got: {name}");
        }

        if (!_collections.TryGetValue(name, out var collection))
        {
            _collections[name] = collection = new(name, request["metadata"]?.DeepClone().AsObject(), (string?)request["configuration"]?["hnsw"]?["space"] ?? "l2");
        }
        else if ((bool?)request["get_or_create"] != true)
        {
            throw new ChromaRefusalException(409, "UniqueConstraintError", $"Collection [{name}] already exists");
        }

        return collection.Describe();
    }

    private ChromaCollectionDouble ById(string id) => _collections.Values.FirstOrDefault(c => c.Id == id) ?? throw NotFound(id);

    private static ChromaRefusalException NotFound(string name) => new(404, "NotFoundError", $"Collection [{name}] does not exist");
}
