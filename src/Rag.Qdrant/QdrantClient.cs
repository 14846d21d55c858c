using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Polly;
using Polly.Retry;
using Polly.Timeout;
using Rag.Qdrant.Api;
using Rag.Storage;

namespace Rag.Qdrant;

/// <summary>One collection of a server, spoken to in JSON. Every request may be sent twice without harm, so what fails for the moment is tried again. Safe for concurrent use.</summary>
internal sealed class QdrantClient : IDisposable
{
    private static readonly HttpStatusCode[] Momentary =
        [HttpStatusCode.RequestTimeout, HttpStatusCode.TooManyRequests, HttpStatusCode.InternalServerError, HttpStatusCode.BadGateway, HttpStatusCode.ServiceUnavailable, HttpStatusCode.GatewayTimeout];

    private readonly HttpClient _http;
    private readonly ResiliencePipeline<HttpResponseMessage> _retries;
    private readonly QdrantStoreOptions _options;

    public QdrantClient(Uri address, QdrantStoreOptions options, HttpMessageHandler? transport)
    {
        (Server, Collection, Address, _options) = (address.GetLeftPart(UriPartial.Authority), Uri.UnescapeDataString(address.AbsolutePath.Trim('/')), address.ToString(), options);
        _http = transport is null ? new() : new(transport, disposeHandler: false);
        _http.BaseAddress = new(Server + "/");
        _http.Timeout = Timeout.InfiniteTimeSpan; // each try has its own
        if (options.ApiKey is { Length: > 0 } key)
        {
            _http.DefaultRequestHeaders.Add("api-key", key);
        }

        _retries = new ResiliencePipelineBuilder<HttpResponseMessage>()
            .AddRetry(new RetryStrategyOptions<HttpResponseMessage>
            {
                MaxRetryAttempts = 3,
                BackoffType = DelayBackoffType.Exponential,
                Delay = options.RetryDelay,
                UseJitter = options.RetryDelay > TimeSpan.Zero,
                DelayGenerator = retry => ValueTask.FromResult(AskedFor(retry.Outcome.Result)),
                ShouldHandle = new PredicateBuilder<HttpResponseMessage>()
                    .Handle<HttpRequestException>().Handle<IOException>().Handle<TimeoutRejectedException>()
                    .HandleResult(reply => Momentary.Contains(reply.StatusCode)),
            })
            .AddTimeout(options.Timeout)
            .Build();
    }

    /// <summary>The collection's address, for sentences.</summary>
    public string Address { get; }

    public string Server { get; }

    public string Collection { get; }

    /// <summary>The path of the collection, or of something under it.</summary>
    public string PathOf(string rest = "") => $"collections/{Uri.EscapeDataString(Collection)}{rest}";

    public async Task<T> SendAsync<TRequest, T>(HttpMethod method, string path, TRequest request, JsonTypeInfo<TRequest> requestType, JsonTypeInfo<Reply<T>> replyType, CancellationToken cancellationToken)
    {
        var body = JsonSerializer.SerializeToUtf8Bytes(request, requestType);
        return await ReadAsync(await SendAsync(method, path, body, cancellationToken), replyType, cancellationToken);
    }

    /// <summary>Writes, and waits until the server has applied it.</summary>
    public Task UpdateAsync<TRequest>(HttpMethod method, string path, TRequest request, JsonTypeInfo<TRequest> requestType, CancellationToken cancellationToken) =>
        SendAsync(method, PathOf(path), request, requestType, QdrantJson.Default.ReplyJsonElement, cancellationToken);

    /// <summary>What lies at a path, or the default where the server has nothing there.</summary>
    public async Task<T?> GetAsync<T>(string path, JsonTypeInfo<T> type, CancellationToken cancellationToken)
    {
        using var reply = await TryAsync(HttpMethod.Get, path, null, cancellationToken);
        if (reply.StatusCode == HttpStatusCode.NotFound)
        {
            return default;
        }

        await ThrowIfRefusedAsync(reply, cancellationToken);
        try
        {
            return await JsonSerializer.DeserializeAsync(await reply.Content.ReadAsStreamAsync(cancellationToken), type, cancellationToken);
        }
        catch (JsonException e)
        {
            throw NotQdrant(e);
        }
    }

    /// <summary>Sends a request that must not be repeated, however long it takes; the answer's body is still to be read.</summary>
    public async Task<HttpResponseMessage> OpenAsync(HttpMethod method, string path, HttpContent? content, CancellationToken cancellationToken)
    {
        try
        {
            using var request = new HttpRequestMessage(method, path) { Content = content };
            var reply = await _http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
            await ThrowIfRefusedAsync(reply, cancellationToken);
            return reply;
        }
        catch (QdrantException e)
        {
            throw new StoreException(e.Message, e);
        }
        catch (Exception e) when (e is HttpRequestException or IOException)
        {
            throw Unreachable(e);
        }
    }

    /// <summary>The same, with the answer.</summary>
    public async Task<T> SendOnceAsync<T>(HttpMethod method, string path, HttpContent? content, JsonTypeInfo<Reply<T>> replyType, CancellationToken cancellationToken) =>
        await ReadAsync(await OpenAsync(method, path, content, cancellationToken), replyType, cancellationToken);

    public static HttpContent Json<T>(T body, JsonTypeInfo<T> type) => Json(JsonSerializer.SerializeToUtf8Bytes(body, type));

    /// <exception cref="ArgumentException">The address names no collection, or is not of http or https.</exception>
    public static void ThrowIfNoCollection(Uri address)
    {
        ArgumentNullException.ThrowIfNull(address);
        if (!address.IsAbsoluteUri || address.Scheme is not ("http" or "https") || address.AbsolutePath.Trim('/') is not { Length: > 0 } name || name.Contains('/', StringComparison.Ordinal))
        {
            throw new ArgumentException($"'{address}' names no collection of a Qdrant server; write it as http://host:6333/collection.", nameof(address));
        }
    }

    public void Dispose() => _http.Dispose();

    private static ByteArrayContent Json(byte[] body) => new(body) { Headers = { ContentType = new MediaTypeHeaderValue("application/json") } };

    private StoreException Unreachable(Exception e) => new($"The Qdrant server '{Server}' cannot be reached: {e.Message.TrimEnd('.')}. Start it, or check the address.", e);

    private static TimeSpan? AskedFor(HttpResponseMessage? reply) => reply?.Headers.RetryAfter?.Delta;

    private async Task<HttpResponseMessage> SendAsync(HttpMethod method, string path, byte[] body, CancellationToken cancellationToken)
    {
        var reply = await TryAsync(method, path, body, cancellationToken);
        await ThrowIfRefusedAsync(reply, cancellationToken);
        return reply;
    }

    private async Task<T> ReadAsync<T>(HttpResponseMessage reply, JsonTypeInfo<Reply<T>> type, CancellationToken cancellationToken)
    {
        using (reply)
        {
            try
            {
                return (await JsonSerializer.DeserializeAsync(await reply.Content.ReadAsStreamAsync(cancellationToken), type, cancellationToken))!.Result!;
            }
            catch (Exception e) when (e is JsonException or FormatException)
            {
                throw new StoreException($"The collection '{Address}' holds points that this program did not write: {e.Message} Give the store a collection of its own.", e);
            }
        }
    }

    private async Task<HttpResponseMessage> TryAsync(HttpMethod method, string path, byte[]? body, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        try
        {
            return await _retries.ExecuteAsync(
                async token =>
                {
                    using var request = new HttpRequestMessage(method, path);
                    if (body is not null)
                    {
                        request.Content = Json(body);
                    }

                    return await _http.SendAsync(request, token); // reads the whole answer, so a connection lost in its middle is tried again too
                },
                cancellationToken);
        }
        catch (TimeoutRejectedException e)
        {
            throw new StoreException(string.Create(CultureInfo.InvariantCulture, $"The Qdrant server '{Server}' did not answer within {_options.Timeout.TotalSeconds:0.###} seconds, four times. Look at its load, or allow more time."), e);
        }
        catch (Exception e) when (e is HttpRequestException or IOException)
        {
            throw Unreachable(e);
        }
    }

    private async Task ThrowIfRefusedAsync(HttpResponseMessage reply, CancellationToken cancellationToken)
    {
        if (reply.IsSuccessStatusCode)
        {
            return;
        }

        var (status, said) = (reply.StatusCode, Said(await reply.Content.ReadAsStringAsync(cancellationToken)));
        reply.Dispose();
        throw new QdrantException(status, status switch
        {
            HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden => $"The Qdrant server '{Server}' refuses the API key{(_options.ApiKey is { Length: > 0 } ? "" : " (none was given)")}. Set RAG_QDRANT_API_KEY to a key that may read and write '{Collection}'.",
            HttpStatusCode.NotFound => $"The Qdrant server '{Server}' does not know what was asked of '{Collection}': {said} Check the collection's name; the server must be Qdrant 1.15.4 or newer.",
            HttpStatusCode.BadRequest or HttpStatusCode.RequestEntityTooLarge when said.Contains("larger than allowed", StringComparison.Ordinal) =>
                $"A document is too long for one request to the Qdrant server '{Server}': {said} Raise service.max_request_size_mb in its configuration, or split the document.",
            HttpStatusCode.TooManyRequests => $"The Qdrant server '{Server}' has too many requests, and had after four tries: {said} Wait, or give it more room.",
            HttpStatusCode.RequestTimeout or HttpStatusCode.GatewayTimeout => $"The Qdrant server '{Server}' did not answer in time, and did not in four tries: {said} Look at its load, or allow more time.",
            _ => string.Create(CultureInfo.InvariantCulture, $"The Qdrant server '{Server}' could not do what was asked of '{Collection}' ({(int)status}): {said} Look into the server's log."),
        });
    }

    private static string Said(string body)
    {
        try
        {
            using var json = JsonDocument.Parse(body);
            if (json.RootElement.TryGetProperty("status", out var status) && status.ValueKind == JsonValueKind.Object && status.TryGetProperty("error", out var error))
            {
                body = error.ToString();
            }
        }
        catch (JsonException)
        {
            // a proxy in between answers in its own words: they are shown as they are
        }

        body = body.ReplaceLineEndings(" ").Trim();
        return body.Length == 0 ? "it gave no reason." : $"{(body.Length > 300 ? body[..300] : body).TrimEnd('.')}.";
    }

    private StoreException NotQdrant(JsonException e) => new($"What answers at '{Server}' is not a Qdrant server. Check host and port; Qdrant takes REST at 6333 and gRPC at 6334.", e);
}
