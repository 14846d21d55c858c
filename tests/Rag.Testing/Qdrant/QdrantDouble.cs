using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Rag.Testing.Qdrant;

/// <summary>
/// A Qdrant server inside the process: requests of its REST API answered from memory, in its forms and words. Searches are exact. What the double does not do
/// throws <see cref="NotSupportedException"/> instead of an answer. Several clients over one double are several programs over one server; safe for concurrent use.
/// </summary>
public sealed class QdrantDouble : HttpMessageHandler
{
    private readonly Lock _gate = new();
    private readonly List<QdrantExchange> _exchanges = [];
    private readonly Lazy<QdrantRoutes> _routes;

    public QdrantDouble() => _routes = new(() => new(Version));

    /// <summary>The version that it says it has, and whose fields and paths it knows; 1.19.0 by default.</summary>
    public Version Version { get; init; } = new(1, 19, 0);

    /// <summary>The key that requests must carry; none where null.</summary>
    public string? ApiKey { get; init; }

    /// <summary>The largest body that is taken, in bytes; 32 MiB as the server's configuration has it.</summary>
    public int MaxRequestBytes { get; init; } = 32 << 20;

    /// <summary>What goes wrong.</summary>
    public QdrantFaults Faults { get; } = new();

    /// <summary>All requests so far, in the order in which they were dealt with.</summary>
    public IReadOnlyList<QdrantExchange> Exchanges
    {
        get
        {
            lock (_gate)
            {
                return [.. _exchanges];
            }
        }
    }

    /// <summary>A client of its own over this server, at <c>http://qdrant/</c>.</summary>
    public HttpClient Client()
    {
        var client = new HttpClient(this, disposeHandler: false) { BaseAddress = new("http://qdrant/") };
        if (ApiKey is not null)
        {
            client.DefaultRequestHeaders.Add("api-key", ApiKey);
        }

        return client;
    }

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var body = request.Content is null ? "" : await request.Content.ReadAsStringAsync(cancellationToken);
        cancellationToken.ThrowIfCancellationRequested();
        var received = new QdrantRequest(request.Method.Method, request.RequestUri!.AbsolutePath, request.RequestUri.Query, body);
        var fault = NextFault(received);
        switch (fault)
        {
            case QdrantFault.NoAnswer:
                Record(received, null, null);
                await Task.Delay(Timeout.InfiniteTimeSpan, cancellationToken);
                throw new InvalidOperationException("An endless delay ended.");
            case QdrantFault.TooManyRequests refused:
                var later = Reply(received, HttpStatusCode.TooManyRequests, Error("Rate limiting exceeded: Write rate limit exceeded, retry later"));
                later.Headers.RetryAfter = new RetryConditionHeaderValue(TimeSpan.FromSeconds(refused.RetryAfterSeconds));
                return later;
            case QdrantFault.ServerError:
                return Reply(received, HttpStatusCode.InternalServerError, Error("Service internal error: something broke"));
            case QdrantFault.Reset { AfterApplying: false }:
                throw Lost(received);
        }

        var (status, text) = Answer(received, request, (fault as QdrantFault.HalfWritten)?.Points);
        return fault is QdrantFault.Reset ? throw Lost(received) : Reply(received, status, text);
    }

    private static string Error(string error) =>
        new JsonObject { ["status"] = new JsonObject { ["error"] = error }, ["time"] = 0 }.ToJsonString();

    private QdrantFault? NextFault(QdrantRequest request)
    {
        try
        {
            return Faults.Next(request);
        }
        catch (HttpRequestException)
        {
            Record(request, null, null);
            throw;
        }
    }

    private (HttpStatusCode Status, string Text) Answer(QdrantRequest received, HttpRequestMessage request, int? changes)
    {
        try
        {
            CheckKey(request);
            if (received is { Method: "GET", Segments: [] })
            {
                return (HttpStatusCode.OK, new JsonObject { ["title"] = "qdrant - vector search engine", ["version"] = Version.ToString(3) }.ToJsonString());
            }

            var body = ReadBody(received.Body, request);
            lock (_gate)
            {
                return (HttpStatusCode.OK, new JsonObject { ["result"] = _routes.Value.Answer(received, body, changes), ["status"] = "ok", ["time"] = 0 }.ToJsonString());
            }
        }
        catch (QdrantRefusal refusal)
        {
            return (refusal.Status, refusal.Plain ? refusal.Message : Error(refusal.Message));
        }
    }

    private void CheckKey(HttpRequestMessage request)
    {
        if (ApiKey is null)
        {
            return;
        }

        var given = request.Headers.TryGetValues("api-key", out var keys) ? keys.Single()
            : request.Headers.Authorization is { Scheme: "Bearer" } bearer ? bearer.Parameter
            : throw new QdrantRefusal(HttpStatusCode.Unauthorized, "Must provide an API key or an Authorization bearer token") { Plain = true };
        if (given != ApiKey)
        {
            throw new QdrantRefusal(HttpStatusCode.Unauthorized, "Invalid API key or JWT") { Plain = true };
        }
    }

    private JsonNode ReadBody(string text, HttpRequestMessage request)
    {
        if (text.Length == 0)
        {
            return new JsonObject();
        }

        if (request.Content!.Headers.ContentType?.MediaType != "application/json")
        {
            throw new QdrantRefusal(HttpStatusCode.BadRequest, "Content type error");
        }

        if (Encoding.UTF8.GetByteCount(text) is var bytes && bytes > MaxRequestBytes)
        {
            throw new QdrantRefusal(HttpStatusCode.BadRequest, $"JSON payload ({bytes} bytes) is larger than allowed (limit: {MaxRequestBytes} bytes).");
        }

        try
        {
            var body = JsonNode.Parse(text) ?? throw QdrantRefusal.Format("invalid type: null");
            if (text.Contains("\\u", StringComparison.Ordinal))
            {
                CheckText(body);
            }

            return body;
        }
        catch (JsonException e)
        {
            throw QdrantRefusal.Format(e.Message);
        }
        catch (InvalidOperationException)
        {
            throw QdrantRefusal.Format("lone leading surrogate in hex escape");
        }
    }

    /// <summary>Refuses text that is none in UTF-8: half of a surrogate pair.</summary>
    private static void CheckText(JsonNode? node)
    {
        switch (node)
        {
            case JsonObject fields:
                foreach (var (_, value) in fields)
                {
                    CheckText(value);
                }

                break;
            case JsonArray array:
                foreach (var value in array)
                {
                    CheckText(value);
                }

                break;
            default:
                JsonFields.IsText(node, out _);
                break;
        }
    }

    private HttpRequestException Lost(QdrantRequest request)
    {
        Record(request, null, null);
        return new("An error occurred while sending the request.", new IOException("Connection reset by peer"));
    }

    private HttpResponseMessage Reply(QdrantRequest request, HttpStatusCode status, string text)
    {
        Record(request, status, text);
        return new(status) { Content = new StringContent(text, Encoding.UTF8, text.StartsWith('{') ? "application/json" : "text/plain") };
    }

    private void Record(QdrantRequest request, HttpStatusCode? status, string? text)
    {
        lock (_gate)
        {
            _exchanges.Add(new(request, status, text));
        }
    }
}
