using System.Net;
using System.Text;
using System.Text.Json;
using Rag.Testing;

namespace Rag.OpenAI.Tests;

/// <summary>A server in the place of the network: answers each request with what a test says, and remembers it.</summary>
internal sealed class FakeServer(Func<FakeRequest, HttpResponseMessage> answer) : HttpMessageHandler
{
    public const string Address = "http://127.0.0.1:8080/v1";

    private readonly List<FakeRequest> _requests = [];

    public IReadOnlyList<FakeRequest> Requests
    {
        get
        {
            lock (_requests)
            {
                return [.. _requests];
            }
        }
    }

    /// <summary>A server that gives these replies, one for each request.</summary>
    public static FakeServer Of(params Func<HttpResponseMessage>[] replies)
    {
        var next = 0;
        return new(_ => replies[Math.Min(Interlocked.Increment(ref next), replies.Length) - 1]());
    }

    public static HttpResponseMessage Json(string body, int status = 200) => new((HttpStatusCode)status) { Content = new StringContent(body, Encoding.UTF8, "application/json") };

    /// <summary>A stream of events with these data, cut into reads of at most so many bytes.</summary>
    public static HttpResponseMessage Events(IEnumerable<string> data, int atMost = 4096) => Bytes(Encoding.UTF8.GetBytes(string.Concat(data.Select(d => $"data: {d}\n\n"))), atMost);

    public static HttpResponseMessage Bytes(byte[] bytes, int atMost = 4096)
    {
        var content = new StreamContent(new DribblingStream(bytes, atMost));
        content.Headers.ContentType = new("text/event-stream");
        return new() { Content = content };
    }

    /// <summary>An endpoint that asks this server.</summary>
    public OpenAIEndpoint Endpoint(OpenAIEndpointOptions? options = null, string address = Address) => new(address, options ?? new() { MaxRetries = 0 }, this);

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var body = request.Content is null ? "{}" : await request.Content.ReadAsStringAsync(cancellationToken);
        var headers = request.Headers.ToDictionary(h => h.Key, h => string.Join(' ', h.Value), StringComparer.OrdinalIgnoreCase);
        var taken = new FakeRequest($"{request.Method} {request.RequestUri}", headers, JsonElement.Parse(body));
        lock (_requests)
        {
            _requests.Add(taken);
        }

        return answer(taken);
    }
}

/// <summary>What a client asked.</summary>
internal sealed record FakeRequest(string Line, IReadOnlyDictionary<string, string> Headers, JsonElement Body);
