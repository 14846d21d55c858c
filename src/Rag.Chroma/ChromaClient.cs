using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Polly;
using Polly.Retry;
using Polly.Timeout;
using Rag.Storage;

namespace Rag.Chroma;

/// <summary>One database of a server, spoken to in JSON. Every request may be sent twice without harm, so what fails for the moment is tried again. Safe for concurrent use.</summary>
internal sealed class ChromaClient : IDisposable
{
    private static readonly HttpStatusCode[] Momentary =
        [HttpStatusCode.RequestTimeout, HttpStatusCode.TooManyRequests, HttpStatusCode.InternalServerError, HttpStatusCode.BadGateway, HttpStatusCode.ServiceUnavailable, HttpStatusCode.GatewayTimeout];

    private readonly HttpClient _http;
    private readonly ResiliencePipeline<HttpResponseMessage> _retries;
    private readonly ChromaStoreOptions _options;
    private readonly string _collections;

    public ChromaClient(Uri address, ChromaStoreOptions options, HttpMessageHandler? transport)
    {
        var path = address.AbsolutePath.Trim('/').Split('/');
        var (tenant, database) = path is [var t, var d, _] ? (t, d) : ("default_tenant", "default_database");
        (Server, Collection, Address, _options) = (address.GetLeftPart(UriPartial.Authority), Uri.UnescapeDataString(path[^1]), address.ToString(), options);
        _collections = $"api/v2/tenants/{tenant}/databases/{database}/collections";
        _http = transport is null ? new() : new(transport, disposeHandler: false);
        _http.BaseAddress = new(Server + "/");
        _http.Timeout = Timeout.InfiniteTimeSpan; // each try has its own
        if (options.ApiKey is { Length: > 0 } key)
        {
            _http.DefaultRequestHeaders.Add("x-chroma-token", key);
        }

        _retries = new ResiliencePipelineBuilder<HttpResponseMessage>()
            .AddRetry(new RetryStrategyOptions<HttpResponseMessage>
            {
                MaxRetryAttempts = 3,
                BackoffType = DelayBackoffType.Exponential,
                Delay = options.RetryDelay,
                UseJitter = options.RetryDelay > TimeSpan.Zero,
                DelayGenerator = retry => ValueTask.FromResult(retry.Outcome.Result?.Headers.RetryAfter?.Delta),
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

    /// <summary>What lies under the database's collections, or <see langword="null"/> where the server has nothing there.</summary>
    public async Task<T?> GetAsync<T>(string path, JsonTypeInfo<T> type, CancellationToken cancellationToken)
        where T : class
    {
        using var reply = await TryAsync(HttpMethod.Get, path, null, cancellationToken);
        return reply.StatusCode == HttpStatusCode.NotFound && Error(await reply.Content.ReadAsStringAsync(cancellationToken)) is not null ? null : await ReadAsync(reply, type, cancellationToken);
    }

    public async Task<T> PostAsync<TRequest, T>(string path, TRequest request, JsonTypeInfo<TRequest> requestType, JsonTypeInfo<T> replyType, CancellationToken cancellationToken)
    {
        using var reply = await TryAsync(HttpMethod.Post, path, JsonSerializer.SerializeToUtf8Bytes(request, requestType), cancellationToken);
        return await ReadAsync(reply, replyType, cancellationToken);
    }

    public void Dispose() => _http.Dispose();

    private async Task<HttpResponseMessage> TryAsync(HttpMethod method, string path, byte[]? body, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        try
        {
            return await _retries.ExecuteAsync(
                async token =>
                {
                    using var request = new HttpRequestMessage(method, _collections + path);
                    if (body is not null)
                    {
                        request.Content = new ByteArrayContent(body) { Headers = { ContentType = new MediaTypeHeaderValue("application/json") } };
                    }

                    return await _http.SendAsync(request, token); // reads the whole answer, so a connection lost in its middle is tried again too
                },
                cancellationToken);
        }
        catch (TimeoutRejectedException e)
        {
            throw new StoreException(string.Create(CultureInfo.InvariantCulture, $"The Chroma server '{Server}' did not answer within {_options.Timeout.TotalSeconds:0.###} seconds, four times. Look at its load, or allow more time."), e);
        }
        catch (Exception e) when (e is HttpRequestException or IOException)
        {
            throw new StoreException($"The Chroma server '{Server}' cannot be reached: {e.Message.TrimEnd('.')}. Start it, or check the address.", e);
        }
    }

    private async Task<T> ReadAsync<T>(HttpResponseMessage reply, JsonTypeInfo<T> type, CancellationToken cancellationToken)
    {
        if (!reply.IsSuccessStatusCode)
        {
            throw Refused(reply.StatusCode, await reply.Content.ReadAsStringAsync(cancellationToken));
        }

        try
        {
            return (await JsonSerializer.DeserializeAsync(await reply.Content.ReadAsStreamAsync(cancellationToken), type, cancellationToken))!;
        }
        catch (JsonException e)
        {
            throw NotChroma(e);
        }
    }

    private StoreException Refused(HttpStatusCode status, string body)
    {
        var said = Short(Error(body) ?? body);
        return status switch
        {
            HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden => new($"The Chroma server '{Server}' refuses the API key{(_options.ApiKey is { Length: > 0 } ? "" : " (none was given)")}. Set RAG_CHROMA_API_KEY to a key that may read and write '{Collection}'."),
            HttpStatusCode.NotFound when Error(body) is null => NotChroma(null),
            HttpStatusCode.NotFound => new($"The Chroma server '{Server}' does not know what was asked of '{Collection}': {said} Check the collection's name, and Chroma's tenant and database before it."),
            HttpStatusCode.TooManyRequests => new($"The Chroma server '{Server}' has too many requests, and had after four tries: {said} Wait, or give it more room."),
            _ => new(string.Create(CultureInfo.InvariantCulture, $"The Chroma server '{Server}' could not do what was asked of '{Collection}' ({(int)status}): {said} Look into the server's log, and into the quotas of Chroma Cloud.")),
        };
    }

    /// <summary>What the server gives as its reason; <see langword="null"/> where the answer is not of Chroma's form.</summary>
    private static string? Error(string body)
    {
        try
        {
            using var json = JsonDocument.Parse(body);
            return json.RootElement.ValueKind == JsonValueKind.Object && json.RootElement.TryGetProperty("error", out _) && json.RootElement.TryGetProperty("message", out var message) ? message.ToString() : null;
        }
        catch (JsonException)
        {
            return null; // a proxy in between answers in its own words: they are shown as they are
        }
    }

    private static string Short(string said)
    {
        said = said.ReplaceLineEndings(" ").Trim();
        return said.Length == 0 ? "it gave no reason." : $"{(said.Length > 300 ? said[..300] : said).TrimEnd('.')}.";
    }

    private StoreException NotChroma(JsonException? e) => new($"What answers at '{Server}' is not a Chroma server with the REST API v2. Check host and port; Chroma's is 8000, and Chroma must be 0.6 or newer.", e);
}
