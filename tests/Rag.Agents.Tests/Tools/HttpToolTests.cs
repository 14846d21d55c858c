using System.IO.Compression;
using System.Net;
using System.Text;
using Microsoft.Extensions.AI;
using Rag.Agents.Tools;
using Rag.Network;
using Rag.Testing;

namespace Rag.Agents.Tests.Tools;

public sealed class HttpToolTests : IDisposable
{
    private readonly LoopbackListener _server;
    private readonly List<string> _requests = [];
    private Func<string, byte[]?> _answer = _ => Page("text/plain", "hello");

    public HttpToolTests() => _server = new(async (stream, stopped) =>
    {
        using var reader = new StreamReader(stream, Encoding.ASCII, leaveOpen: true);
        while (await reader.ReadLineAsync(stopped) is { Length: > 0 } first)
        {
            var head = new StringBuilder(first);
            while (await reader.ReadLineAsync(stopped) is { Length: > 0 } line)
            {
                head.Append('\n').Append(line);
            }

            lock (_requests)
            {
                _requests.Add(head.ToString());
            }

            if (_answer(first.Split(' ')[1]) is not { } answer)
            {
                await Task.Delay(Timeout.Infinite, stopped);
                return;
            }

            await stream.WriteAsync(answer, stopped);
        }
    });

    private string Host => $"127.0.0.1:{_server.Port}";

    public void Dispose() => _server.Dispose();

    [Fact]
    public void Each_call_must_be_approved() => Assert.IsType<ApprovalRequiredAIFunction>(HttpTool.Create(["example.org"]));

    [Fact]
    public async Task A_page_is_read_by_get_without_anything_of_ours()
    {
        Assert.Equal($"http://{Host}/a:\nhello", await Tool().CallAsync(null, ("url", $"http://{Host}/a")));

        var request = Assert.Single(_requests);
        Assert.StartsWith("GET /a HTTP/1.1", request);
        Assert.DoesNotContain("Cookie", request, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("Authorization", request, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task Of_html_the_words_are_given()
    {
        _answer = _ => Page("text/html; charset=utf-8", "<html><head><title>T</title></head><body><h1>Caf&eacute;</h1><script>if (a < b) steal('<p>');</script><p>One <b>t</b>wo\n three<br>2 < 3 &lt;b&gt;<!-- <p>no</p> --></p><style>p{}</style></body>");

        Assert.Equal($"http://{Host}/:\nCafé\nOne two three\n2 < 3 <b>", await Tool().CallAsync(null, ("url", $"http://{Host}/")));
    }

    [Theory]
    [InlineData("https://example.com/", "The host example.com is not allowed. Allowed: example.org, *.example.net.")]
    [InlineData("https://example.org.evil.com/", "The host example.org.evil.com is not allowed.")]
    [InlineData("https://example.net/", "The host example.net is not allowed.")]
    [InlineData("https://badexample.net/", "The host badexample.net is not allowed.")]
    [InlineData("https://example.org:8443/", "The host example.org:8443 is not allowed.")]
    [InlineData("http://example.org/", "Only https addresses are allowed, not http.")]
    [InlineData("file:///etc/passwd", "Only https addresses are allowed, not file.")]
    [InlineData("https://user:pass@example.org/", "An address with a user name or password is not allowed.")]
    [InlineData("https://example.org@evil.com/", "An address with a user name or password is not allowed.")]
    [InlineData("example.org", "This is no address")]
    [InlineData("https://127.0.0.1/", "The host 127.0.0.1 is not allowed.")]
    [InlineData("https://0x7f000001/", "The host 127.0.0.1 is not allowed.")]
    public async Task Other_addresses_are_refused(string url, string sentence)
    {
        Assert.StartsWith(sentence, await HttpTool.Create(["example.org", "*.example.net"]).CallAsync(null, ("url", url)));
    }

    [Theory]
    [InlineData("sub.example.net")]
    [InlineData("a.b.EXAMPLE.net.")]
    public async Task A_name_that_leads_to_this_machine_is_not_connected_to(string host)
    {
        var tool = HttpTool.Create(["*.example.net"], new(), new(PublicAddress.IsPublic, (_, _) => Task.FromResult<IPAddress[]>([IPAddress.Loopback, IPAddress.IPv6Loopback])), TimeProvider.System);

        Assert.Contains("has no address on the public Internet", await tool.CallAsync(null, ("url", $"https://{host}/")), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_address_that_is_connected_to_is_the_one_that_was_checked()
    {
        // The name has a public address first and then a private one; only the first answer is ever used.
        var asked = 0;
        List<IPAddress> seen = [];
        var tool = HttpTool.Create([$"rebind.test:{_server.Port}"], new() { AllowHttp = true }, new(a => { seen.Add(a); return seen.Count == 1; }, (_, _) => Task.FromResult<IPAddress[]>([++asked == 1 ? IPAddress.Loopback : IPAddress.Any])), TimeProvider.System);

        Assert.EndsWith("hello", await tool.CallAsync(null, ("url", $"http://rebind.test:{_server.Port}/")));
        Assert.Equal(1, asked);
        Assert.Equal([IPAddress.Loopback], seen);
    }

    [Theory]
    [InlineData("8.8.8.8", true)]
    [InlineData("2606:4700::1111", true)]
    [InlineData("127.0.0.1", false)]
    [InlineData("127.255.0.9", false)]
    [InlineData("10.1.2.3", false)]
    [InlineData("172.16.0.1", false)]
    [InlineData("172.32.0.1", true)]
    [InlineData("192.168.1.1", false)]
    [InlineData("169.254.169.254", false)]
    [InlineData("100.64.0.1", false)]
    [InlineData("100.128.0.1", true)]
    [InlineData("0.0.0.0", false)]
    [InlineData("224.0.0.1", false)]
    [InlineData("255.255.255.255", false)]
    [InlineData("198.18.0.1", false)]
    [InlineData("::1", false)]
    [InlineData("::", false)]
    [InlineData("::ffff:8.8.8.8", false)]
    [InlineData("::ffff:127.0.0.1", false)]
    [InlineData("::127.0.0.1", false)]
    [InlineData("64:ff9b::7f00:1", false)]
    [InlineData("2002:7f00:1::", false)]
    [InlineData("fe80::1", false)]
    [InlineData("fc00::1", false)]
    [InlineData("fd12::1", false)]
    [InlineData("ff02::1", false)]
    public void Only_public_addresses_are_public(string address, bool isPublic) => Assert.Equal(isPublic, PublicAddress.IsPublic(IPAddress.Parse(address)));

    [Fact]
    public async Task Redirects_are_followed_three_times_and_checked_each_time()
    {
        _answer = path => path switch
        {
            "/end" => Page("text/plain", "here"),
            "/away" => Redirect("https://evil.test/?q=secret"),
            "/down" => Redirect("file:///etc/passwd"),
            "/loop" => Redirect("/loop"),
            _ => Redirect(path.Length == 2 ? "/end" : path[..^1]),
        };

        Assert.Equal($"http://{Host}/end:\nhere", await GetAsync("/abc"[..3]));
        Assert.Equal($"http://{Host}/end:\nhere", await GetAsync("/a"));
        Assert.Equal($"http://{Host}/loop was moved more than 3 times.", await GetAsync("/loop"));
        Assert.StartsWith("The page has moved to https://evil.test/?q=secret. The host evil.test is not allowed.", await GetAsync("/away"));
        Assert.StartsWith("The page has moved to file:///etc/passwd. Only http and https addresses are allowed", await GetAsync("/down"));
    }

    [Fact]
    public async Task Long_and_compressed_pages_are_cut()
    {
        using var zipped = new MemoryStream();
        using (var gzip = new GZipStream(zipped, CompressionLevel.Optimal, leaveOpen: true))
        {
            gzip.Write(Encoding.ASCII.GetBytes(new string('x', 5_000_000)));
        }

        _answer = path => path == "/zip" ? Response("200 OK", "Content-Type: text/plain\r\nContent-Encoding: gzip", zipped.ToArray()) : Page("text/plain", new('y', 200_000));
        var tool = Tool(new() { AllowHttp = true, MaxBytes = 1000 });

        foreach (var path in (string[])["/zip", "/long"])
        {
            var text = await tool.CallAsync(null, ("url", $"http://{Host}{path}"));
            Assert.EndsWith("(The page is longer; its first 1000 bytes were read.)", text);
            Assert.InRange(text.Length, 1000, 1200);
        }
    }

    [Fact]
    public async Task What_is_no_text_or_no_page_is_said()
    {
        _answer = path => path == "/gone" ? Response("404 Not Found", "Content-Type: text/html", "<p>no"u8.ToArray()) : path == "/untyped" ? Response("200 OK", "X: y", [1]) : Page("image/png", "PNG");

        Assert.Equal($"http://{Host}/gone answered 404 NotFound.", await GetAsync("/gone"));
        Assert.Equal($"http://{Host}/x is image/png; only text can be read.", await GetAsync("/x"));
        Assert.Equal($"http://{Host}/untyped is of no stated type; only text can be read.", await GetAsync("/untyped"));
    }

    [Fact]
    public async Task A_server_that_does_not_answer_is_left_after_the_timeout()
    {
        var (time, came) = (new ManualTime(), new TaskCompletionSource());
        _answer = _ =>
        {
            came.SetResult();
            return null;
        };
        var waiting = HttpTool.Create([Host], new() { AllowHttp = true }, new(_ => true, (_, _) => Task.FromResult<IPAddress[]>([IPAddress.Loopback])), time).CallAsync(null, ("url", $"http://{Host}/"));

        await came.Task;
        time.Advance(TimeSpan.FromSeconds(15));

        Assert.Equal($"http://{Host}/ did not answer within 15 seconds.", await waiting);
    }

    [Fact]
    public async Task Cancellation_throws()
    {
        using var stop = new CancellationTokenSource();
        _answer = _ =>
        {
            stop.Cancel();
            return null;
        };

        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await Tool().InvokeAsync(new() { ["url"] = $"http://{Host}/" }, stop.Token));
    }

    [Theory]
    [InlineData("https://example.org")]
    [InlineData("example.org/path")]
    [InlineData("*.10.0.0.1")]
    [InlineData("")]
    public void An_entry_that_is_no_host_is_refused(string host) => Assert.Throws<ArgumentException>(() => HttpTool.Create([host]));

    private Task<string> GetAsync(string path) => Tool().CallAsync(null, ("url", $"http://{Host}{path}"));

    private ApprovalRequiredAIFunction Tool(HttpToolOptions? options = null) =>
        HttpTool.Create([Host], options ?? new() { AllowHttp = true }, new(_ => true, (_, _) => Task.FromResult<IPAddress[]>([IPAddress.Loopback])), TimeProvider.System);

    private static byte[] Redirect(string to) => Response("302 Found", $"Location: {to}", []);

    private static byte[] Page(string type, string text) => Response("200 OK", $"Content-Type: {type}", Encoding.UTF8.GetBytes(text));

    private static byte[] Response(string status, string headers, byte[] body) => [.. Encoding.ASCII.GetBytes($"HTTP/1.1 {status}\r\n{headers}\r\nContent-Length: {body.Length}\r\n\r\n"), .. body];
}
