using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Rag.Api.Tests.Faults;

public sealed class RawRequestTests(RawRequestTests.Running running) : IClassFixture<RawRequestTests.Running>
{
    private const string Hidden = "GET /health/ready HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n";

    /// <summary>What is sent, and the only status that comes back; a second request hidden in it is not answered.</summary>
    public static TheoryData<string, string, int> Requests => new()
    {
        { "a line that is no header", "GET /health/live HTTP/1.1\r\nHost: 127.0.0.1\r\nno header\r\n\r\n", 400 },
        { "a space before the colon", "GET /health/live HTTP/1.1\r\nHost : 127.0.0.1\r\n\r\n", 400 },
        { "a folded header", "GET /health/live HTTP/1.1\r\nHost: 127.0.0.1\r\nX: a\r\n b\r\n\r\n", 400 },
        { "a bare CR in a header", "GET /health/live HTTP/1.1\r\nHost: 127.0.0.1\r\nX: a\rY: b\r\n\r\n", 400 },
        { "a NUL in a header", "GET /health/live HTTP/1.1\r\nHost: 127.0.0.1\r\nX: a\0b\r\n\r\n", 400 },
        { "no host", "GET /health/live HTTP/1.1\r\n\r\n", 400 },
        { "two hosts", "GET /health/live HTTP/1.1\r\nHost: 127.0.0.1\r\nHost: evil.example\r\n\r\n", 400 },
        { "another version", "GET /health/live HTTP/9.9\r\nHost: 127.0.0.1\r\n\r\n", 505 },
        { "TLS on a plain port", "\u0016\u0003\u0001\u0002\0\u0001\0\u0001\u00fc\u0003\u0003\r\n\r\n", 400 },
        { "a long line", $"GET /{new string('a', 20_000)} HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n", 414 },
        { "a large head", $"GET /health/live HTTP/1.1\r\nHost: 127.0.0.1\r\nX: {new string('a', 40_000)}\r\n\r\n", 431 },
        { "many headers", $"GET /health/live HTTP/1.1\r\nHost: 127.0.0.1\r\n{string.Concat(Enumerable.Range(0, 300).Select(i => $"X{i}: a\r\n"))}\r\n", 431 },
        { "a negative length", $"POST /api/search HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: -1\r\n\r\n{Hidden}", 400 },
        { "two lengths", $"POST /api/search HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\nContent-Length: 2\r\nContent-Length: 3\r\n\r\n{{}}{Hidden}", 400 },
        { "a chunk size that is none", $"POST /api/search HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\nZZ\r\n{{}}\r\n0\r\n\r\n{Hidden}", 400 },
        { "a chunk size that overflows", $"POST /api/search HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\nFFFFFFFFFFFFFFFF1\r\n{{}}\r\n0\r\n\r\n{Hidden}", 400 },
        { "a chunk longer than it says", $"POST /api/search HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n1\r\n{{}}\r\n0\r\n\r\n{Hidden}", 400 },
        { "an encoding that is not chunked", $"POST /api/search HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\nTransfer-Encoding: xchunked\r\n\r\n{Hidden}", 400 },
        { "chunked and something behind it", $"POST /api/search HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked, identity\r\n\r\n0\r\n\r\n{Hidden}", 400 },
        { "a length and chunks", $"POST /api/search HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\nContent-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n{Hidden}", 400 },
        { "chunks and a length", $"POST /api/search HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\nContent-Length: 300\r\n\r\n2\r\n{{}}\r\n0\r\n\r\n{Hidden}", 400 },
        { "a way out of the documents", "GET /api/documents/text/../../../../etc/passwd HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n", 404 },
        { "a way out, hidden", "GET /api/documents/file/%2e%2e%2f%2e%2e%2fetc%2fpasswd HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n", 404 },
        { "a line break in an id", "GET /api/documents/text/a%0d%0aX-Injected:%20yes HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n", 404 },
        { "a NUL in a path", "GET /api/documents/text/a%00b HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n", 400 },
    };

    [Theory]
    [MemberData(nameof(Requests))]
    public async Task A_malformed_request_is_refused_and_the_server_goes_on(string what, string request, int status)
    {
        var answer = await SendAsync(running.Server, request);

        var statuses = answer.Split('\n').Where(l => l.StartsWith("HTTP/1.1 ", StringComparison.Ordinal)).Select(l => l.Split(' ')[1]).ToList();
        Assert.True(statuses is [var only] && only == $"{status}", $"{what}: {string.Join(", ", statuses)}\n{answer}");
        Assert.DoesNotContain("\nX-Injected", answer, StringComparison.OrdinalIgnoreCase);
        Assert.Equal(HttpStatusCode.OK, (await running.Server.GetAsync("/health/ready")).Status);
    }

    /// <summary>One server for all of them: it has to survive each.</summary>
    public sealed class Running : IAsyncLifetime
    {
        internal ApiServer Server { get; private set; } = null!;

        public async ValueTask InitializeAsync() => Server = await ApiServer.StartAsync();

        public ValueTask DisposeAsync() => Server.DisposeAsync();
    }

    /// <summary>Sends bytes and reads until the server closes the connection.</summary>
    private static async Task<string> SendAsync(ApiServer server, string request)
    {
        using var socket = new TcpClient(AddressFamily.InterNetwork);
        await socket.ConnectAsync(IPAddress.Loopback, server.Address.Port, TestContext.Current.CancellationToken);
        await using var stream = socket.GetStream();
        var answer = new MemoryStream();
        try
        {
            await stream.WriteAsync(Encoding.Latin1.GetBytes(request), TestContext.Current.CancellationToken);
            await stream.CopyToAsync(answer, TestContext.Current.CancellationToken);
        }
        catch (IOException)
        {
            // it was closed before all was read, as may be
        }

        return Encoding.Latin1.GetString(answer.ToArray());
    }
}
