using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Polly;
using Polly.Retry;
using Polly.Timeout;
using Rag.Storage;

namespace Rag.Pinecone;

/// <summary>One index, spoken to in JSON. Every request may be sent twice without harm, so what fails for the moment is tried again. Safe for concurrent use.</summary>
internal sealed class PineconeClient : IDisposable
{
    private const string ApiVersion = "2025-04";

    private static readonly HttpStatusCode[] Momentary =
        [HttpStatusCode.RequestTimeout, HttpStatusCode.TooManyRequests, HttpStatusCode.InternalServerError, HttpStatusCode.BadGateway, HttpStatusCode.ServiceUnavailable, HttpStatusCode.GatewayTimeout];

    private readonly HttpClient _http;
    private readonly ResiliencePipeline<HttpResponseMessage> _retries;
    private readonly PineconeStoreOptions _options;

    public PineconeClient(Uri address, PineconeStoreOptions options, HttpMessageHandler? transport)
    {
        (Address, _options) = (address.GetLeftPart(UriPartial.Authority), options);
        _http = transport is null ? new() : new(transport, disposeHandler: false);
        _http.BaseAddress = new(Address + "/");
        _http.Timeout = Timeout.InfiniteTimeSpan; // each try has its own
        _http.DefaultRequestHeaders.Add("X-Pinecone-API-Version", ApiVersion);
        if (options.ApiKey is { Length: > 0 } key)
        {
            _http.DefaultRequestHeaders.Add("Api-Key", key);
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

    /// <summary>The index's host.</summary>
    public string Address { get; }

    public Task<(T Reply, long? Lsn)> GetAsync<T>(string path, JsonTypeInfo<T> type, CancellationToken cancellationToken) => SendAsync(HttpMethod.Get, path, null, type, cancellationToken);

    /// <summary>The answer, and the number of the write or of the last write that the answer knows of, where the service tells it.</summary>
    public Task<(T Reply, long? Lsn)> PostAsync<TRequest, T>(string path, TRequest request, JsonTypeInfo<TRequest> requestType, JsonTypeInfo<T> replyType, CancellationToken cancellationToken) =>
        SendAsync(HttpMethod.Post, path, JsonSerializer.SerializeToUtf8Bytes(request, requestType), replyType, cancellationToken);

    public void Dispose() => _http.Dispose();

    private async Task<(T Reply, long? Lsn)> SendAsync<T>(HttpMethod method, string path, byte[]? body, JsonTypeInfo<T> type, CancellationToken cancellationToken)
    {
        using var reply = await TryAsync(method, path, body, cancellationToken);
        var lsn = reply.Headers.TryGetValues("x-pinecone-request-lsn", out var values) || reply.Headers.TryGetValues("x-pinecone-max-indexed-lsn", out values) ? values.First() : null;
        return (await ReadAsync(reply, type, cancellationToken), long.TryParse(lsn, CultureInfo.InvariantCulture, out var number) ? number : null);
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
                        request.Content = new ByteArrayContent(body) { Headers = { ContentType = new MediaTypeHeaderValue("application/json") } };
                    }

                    return await _http.SendAsync(request, token); // reads the whole answer, so a connection lost in its middle is tried again too
                },
                cancellationToken);
        }
        catch (TimeoutRejectedException e)
        {
            throw new StoreException(string.Create(CultureInfo.InvariantCulture, $"The Pinecone index '{Address}' did not answer within {_options.Timeout.TotalSeconds:0.###} seconds, four times. Look at the network, or allow more time."), e);
        }
        catch (Exception e) when (e is HttpRequestException or IOException)
        {
            throw new StoreException($"The Pinecone index '{Address}' cannot be reached: {e.Message.TrimEnd('.')}. Check the network and the index's host, as Pinecone's console shows it.", e);
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
            throw NotPinecone(e);
        }
    }

    private StoreException Refused(HttpStatusCode status, string body)
    {
        var said = Said(body);
        return status switch
        {
            HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden => new($"The Pinecone index '{Address}' refuses the API key{(_options.ApiKey is { Length: > 0 } ? "" : " (none was given)")}. Set RAG_PINECONE_API_KEY to a key of the index's project."),
            HttpStatusCode.NotFound => new($"There is no Pinecone index at '{Address}': {said} Check the index's host, as Pinecone's console shows it; the index must be serverless."),
            HttpStatusCode.TooManyRequests => new($"The Pinecone index '{Address}' has too many requests, and had after four tries: {said} Wait, or ask for higher limits."),
            _ => new(string.Create(CultureInfo.InvariantCulture, $"The Pinecone index '{Address}' could not do what was asked ({(int)status}): {said} Look at the index in Pinecone's console.")),
        };
    }

    private static string Said(string body)
    {
        try
        {
            using var json = JsonDocument.Parse(body);
            if (json.RootElement.ValueKind == JsonValueKind.Object && json.RootElement.TryGetProperty("message", out var message))
            {
                body = message.ToString();
            }
        }
        catch (JsonException)
        {
            // some refusals are plain words: they are shown as they are
        }

        body = body.ReplaceLineEndings(" ").Trim();
        return body.Length == 0 ? "it gave no reason." : $"{(body.Length > 300 ? body[..300] : body).TrimEnd('.')}.";
    }

    private StoreException NotPinecone(JsonException e) => new($"What answers at '{Address}' is not a Pinecone index. Check the index's host, as Pinecone's console shows it.", e);
}
