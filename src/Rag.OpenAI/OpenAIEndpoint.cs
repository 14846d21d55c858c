using System.ClientModel;
using System.ClientModel.Primitives;
using OpenAI;
using Rag.OpenAI.Transport;

namespace Rag.OpenAI;

/// <summary>A server that speaks OpenAI's protocol: llama-server, vLLM, Ollama, OpenAI and others. Chat, embeddings and re-ranking share one. Safe for concurrent use.</summary>
/// <remarks>
/// Requests go through the OpenAI SDK's pipeline. Bodies are our own, since the SDK's models lose what other servers add, such as reasoning. Redirects are not followed, and no proxy is used for this machine.
/// </remarks>
public sealed class OpenAIEndpoint : IDisposable
{
    private readonly OpenAIEndpointOptions _options;
    private readonly HttpClient _http;
    private readonly Failures _failures;
    private readonly Retries _retries;

    /// <summary>Connects nothing yet.</summary>
    /// <param name="address">Where the API begins, such as <c>http://127.0.0.1:8080/v1</c>.</param>
    /// <param name="options">Key, headers, patience. Default <c>new()</c>.</param>
    /// <param name="handler">Sends the requests, for certificates and proxies of one's own; stays the caller's.</param>
    /// <exception cref="FormatException">The address is none, or has a user name, a query or a fragment in it.</exception>
    public OpenAIEndpoint(string address, OpenAIEndpointOptions? options = null, HttpMessageHandler? handler = null)
    {
        ArgumentNullException.ThrowIfNull(address);
        _options = options ?? new();
        Address = AddressOf(address);
        _failures = new(Address, hasKey: !string.IsNullOrEmpty(_options.ApiKey), [_options.ApiKey ?? "", .. _options.Headers.Values]);
        _retries = new(_options.MaxRetries, _options.Time);
        _http = new(handler ?? Sockets(Address), disposeHandler: handler is null) { Timeout = Timeout.InfiniteTimeSpan };
        Client = new(new KeyPolicy(_options.ApiKey), new OpenAIClientOptions
        {
            Endpoint = Address,
            Transport = new HttpClientPipelineTransport(_http),
            NetworkTimeout = Timeout.InfiniteTimeSpan, // each try has a SilenceLimit
            RetryPolicy = new ClientRetryPolicy(maxRetries: 0), // Retries
        });
    }

    /// <summary>Where the API begins, without a slash at the end.</summary>
    public Uri Address { get; }

    /// <summary>The SDK's client.</summary>
    internal OpenAIClient Client { get; }

    /// <summary>Whether this is OpenAI's own service, which refuses fields that it does not know.</summary>
    internal bool IsOpenAI => Address.Host.Equals("api.openai.com", StringComparison.OrdinalIgnoreCase) || Address.Host.EndsWith(".openai.azure.com", StringComparison.OrdinalIgnoreCase);

    /// <summary>The names of the models that the endpoint serves, in its order.</summary>
    /// <exception cref="OpenAIException">The endpoint does not answer, or not as it should.</exception>
    public async Task<IReadOnlyList<string>> ListModelsAsync(CancellationToken cancellationToken = default)
    {
        var models = Client.GetOpenAIModelClient();
        using var reply = await SendAsync(models.GetModelsAsync, null, cancellationToken);
        return await reply.ReadJsonAsync(json => json.GetProperty("data").EnumerateArray().Select(m => m.GetProperty("id").GetString()!).ToList());
    }

    /// <summary>Closes the connections.</summary>
    public void Dispose() => _http.Dispose();

    /// <summary>Sends a request, again where that may help, until a reply begins that is no refusal.</summary>
    /// <param name="call">Sends it once; the result's content is not read yet.</param>
    /// <param name="caller">Makes options with the caller's headers, new ones for each try.</param>
    /// <param name="cancellationToken">Stops the sending, and the reading of the reply.</param>
    /// <exception cref="OpenAIException">No reply came, or a refusal.</exception>
    internal async Task<Reply> SendAsync(Func<RequestOptions, Task<ClientResult>> call, Func<RequestOptions?>? caller, CancellationToken cancellationToken)
    {
        var reply = await _retries.RunAsync(token => TryAsync(call, caller?.Invoke() ?? new(), token), cancellationToken);
        if (reply.Status is >= 200 and < 300)
        {
            return reply;
        }

        using (reply)
        {
            throw _failures.Refused(reply.Status, await reply.ReadStartAsync(), reply.RetryAfter);
        }
    }

    private async Task<Reply> TryAsync(Func<RequestOptions, Task<ClientResult>> call, RequestOptions options, CancellationToken cancellationToken)
    {
        var limit = new SilenceLimit(_options.Timeout, _options.Time, cancellationToken);
        try
        {
            (options.CancellationToken, options.BufferResponse, options.ErrorOptions) = (limit.Token, false, ClientErrorBehaviors.NoThrow);
            foreach (var (name, value) in _options.Headers)
            {
                options.SetHeader(name, value);
            }

            var response = (await call(options)).GetRawResponse();
            limit.Restart();
            return new(response, limit, _failures, _options.Time);
        }
        catch (Exception e)
        {
            var failure = limit.RanOut ? _failures.Silent(_options.Timeout, e) : e is ClientResultException or IOException or HttpRequestException or OperationCanceledException ? _failures.Unreachable(e) : null;
            limit.Dispose();
            cancellationToken.ThrowIfCancellationRequested();
            if (failure is null)
            {
                throw;
            }

            throw failure;
        }
    }

    private static SocketsHttpHandler Sockets(Uri address) =>
        new() { AllowAutoRedirect = false, UseProxy = !address.IsLoopback, ConnectTimeout = TimeSpan.FromSeconds(15), PooledConnectionLifetime = TimeSpan.FromMinutes(2) };

    private static Uri AddressOf(string text)
    {
        if (!Uri.TryCreate(text, UriKind.Absolute, out var address) || (address.Scheme != Uri.UriSchemeHttp && address.Scheme != Uri.UriSchemeHttps) || address.Host.Length == 0)
        {
            var given = text.Contains('@', StringComparison.Ordinal) ? "What was given" : $"'{text}'"; // there may be a password before it
            throw new FormatException($"{given} is no address of an endpoint. Give it with scheme and path, such as http://127.0.0.1:8080/v1.");
        }

        return address.UserInfo.Length > 0 || address.Query.Length > 0 || address.Fragment.Length > 0
            ? throw new FormatException($"The address of the endpoint at '{address.Host}' has a user name, a query or a fragment in it. Leave them out, such as http://127.0.0.1:8080/v1, and give secrets as key or headers.")
            : new(address.AbsoluteUri.TrimEnd('/'));
    }
}
