using System.Text.Json.Nodes;

namespace Rag.Testing.Qdrant;

/// <summary>A published OpenAPI 3.0 document, to hold requests and answers against.</summary>
public sealed class OpenApiDocument(JsonNode document)
{
    private readonly JsonSchemaCheck _check = new(document);

    public static OpenApiDocument Load(string path) => new(JsonNode.Parse(File.ReadAllText(path))!);

    /// <summary>What the document does not allow in the request and in its answer: nothing where all is well. A field that no schema names is a fault too, so that a misspelt one is found.</summary>
    /// <exception cref="NotSupportedException">A schema uses a word that is not checked here.</exception>
    public IReadOnlyList<string> Faults(QdrantExchange exchange)
    {
        var path = document["paths"]!.AsObject().Where(p => Fits(p.Key, exchange.Path)).MinBy(p => p.Key.Count(c => c == '{')).Value;
        if (path?[exchange.Method.ToLowerInvariant()] is not { } operation)
        {
            return [$"The document has no {exchange.Method} {exchange.Path}."];
        }

        // A request that the server refused may be one that it should refuse.
        var answered = operation["responses"]![exchange.Status == 200 ? "200" : "4XX"] ?? operation["responses"]!["default"];
        return [.. exchange.Status == 200 ? Request(operation["requestBody"], exchange.Request) : [], .. exchange.Response is JsonObject ? Content(answered, exchange.Response, "answer") : []];
    }

    /// <summary>What the document does not allow in a body that is sent there.</summary>
    public IReadOnlyList<string> Faults(string method, string path, JsonNode body) =>
        [.. Request(document["paths"]?[path]?[method] is { } operation ? operation["requestBody"] : throw new ArgumentException($"The document has no {method} {path}.", nameof(path)), body)];

    private static bool Fits(string template, string path)
    {
        var (expected, actual) = (template.Split('/'), path.Split('/'));
        return expected.Length == actual.Length && expected.Zip(actual).All(p => p.First.StartsWith('{') || p.First == p.Second);
    }

    private IEnumerable<string> Request(JsonNode? requestBody, JsonNode? body) => (requestBody, body) switch
    {
        (null, null) => [],
        (null, _) => ["request: has a body, and the document takes none"],
        (_, null) => [],
        _ => Content(requestBody, body, "request"),
    };

    private IEnumerable<string> Content(JsonNode? described, JsonNode body, string at) =>
        described?["content"]?["application/json"]?["schema"] is { } schema ? _check.Faults(body, schema, at).Select(f => $"{f.At}: {f.Text}") : [];
}
