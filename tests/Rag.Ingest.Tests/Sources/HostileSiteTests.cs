using System.IO.Compression;
using System.Net;
using System.Text;
using Rag.Ingest.Sources;
using Rag.Network;
using Rag.Testing;
using static Rag.Ingest.Tests.Sources.WebCrawls;

namespace Rag.Ingest.Tests.Sources;

public sealed class HostileSiteTests
{
    private readonly WebCrawls _web = new();

    [Theory]
    [InlineData("http://169.254.169.254/latest/meta-data/", "169.254.169.254")]
    [InlineData("file:///etc/passwd", "no http or https address")]
    [InlineData("javascript:alert(1)", "no http or https address")]
    [InlineData("https://user:pass@site.test/", "no http or https address")]
    [InlineData("http://site.test/", "Only https addresses are allowed")]
    [InlineData("https://site.test.evil.test/", "is not allowed")]
    public async Task A_redirect_to_where_the_crawl_may_not_go_is_not_followed(string to, string about)
    {
        _web.Site.Redirect(Home, to);

        var report = await _web.CrawlAsync();

        Assert.Contains(about, Assert.Single(report.Failed).Error, StringComparison.Ordinal);
        Assert.Equal([Home], _web.Site.Asked);
    }

    [Fact]
    public async Task A_redirect_to_what_robots_txt_forbids_is_not_followed()
    {
        _web.Site.Page(Home + "robots.txt", "User-agent: *\nDisallow: /secret").Page(Home, Html("Herons fish.", "/a")).Redirect(Home + "a", "/secret").Page(Home + "secret", Html("Never."));

        await _web.CrawlAsync();

        Assert.Equal([Home, Home + "a"], _web.Site.Asked);
    }

    [Fact]
    public async Task A_redirect_loop_ends()
    {
        _web.Site.Page(Home, Html("Herons fish.", "/a")).Redirect(Home + "a", "/b").Redirect(Home + "b", "/a");

        var report = await _web.CrawlAsync();

        Assert.Contains("moved more than 5 times", Assert.Single(report.Failed).Error, StringComparison.Ordinal);
        Assert.Equal(1, report.Added);
    }

    [Fact]
    public async Task A_body_without_end_is_left()
    {
        _web.Site.Page(Home, Html("Herons fish.", "/endless")).On(Home + "endless", (_, _) => Task.FromResult(new HttpResponseMessage { Content = new StreamContent(new EndlessStream()) }));

        var report = await _web.CrawlAsync(Source(new() { MaxResponseBytes = 1 << 20 }));

        Assert.Contains("more than 1,048,576 bytes", Assert.Single(report.Failed).Error, StringComparison.Ordinal);
        Assert.Equal(1, report.Added);
    }

    [Fact]
    public async Task Headers_that_do_not_come_and_bodies_that_drip_are_left_after_the_timeout()
    {
        using var silence = new SemaphoreSlim(0);
        _web.Site.Page(Home, Html("Herons fish.", "/slow", "/drip"))
            .On(Home + "slow", async (_, token) =>
            {
                silence.Release();
                await Task.Delay(Timeout.Infinite, token);
                throw new InvalidOperationException("not reached");
            })
            .On(Home + "drip", (_, _) => Task.FromResult(new HttpResponseMessage { Content = new StreamContent(new SilentStream(() => silence.Release())) }));

        var crawl = _web.CrawlAsync();
        for (var i = 0; i < 2; i++)
        {
            await silence.WaitAsync();
            _web.Time.Advance(TimeSpan.FromSeconds(30));
        }

        var report = await crawl;
        Assert.Equal([Home + "drip", Home + "slow"], report.Failed.Select(f => f.Path));
        Assert.All(report.Failed, f => Assert.Contains("within 30 seconds", f.Error, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_crawl_that_takes_too_long_ends_and_says_so()
    {
        _web.Site.Page(Home, Html("Herons fish.", "/a", "/b")).Page(Home + "b", Html("B.")).On(Home + "a", (_, _) =>
        {
            _web.Time.Advance(TimeSpan.FromHours(2));
            return Task.FromResult(FakeSite.Response(200, Encoding.UTF8.GetBytes(Html("A."))));
        });

        var report = await _web.CrawlAndDeleteAsync(Source(new() { ResponseTimeout = TimeSpan.FromHours(3) }));

        Assert.Equal((2, 0), (report.Added, report.Failed.Count));
        Assert.Contains("ended after 01:00:00", Assert.Single(report.Warnings).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Answers_together_are_limited_and_a_site_that_asks_for_less_is_left_alone()
    {
        var home = Html("Herons fish.", "/a", "/b");
        _web.Site.Page(Home, home).Page(Home + "a", Html("A."));

        var limited = await _web.CrawlAsync(Source(new() { MaxTotalBytes = home.Length }));
        Assert.Equal((1, 0), (limited.Added, limited.Failed.Count));
        Assert.Contains("bytes, and there are more pages", Assert.Single(limited.Warnings).Message, StringComparison.Ordinal);
        _web.Site.Status(Home + "a", 429);
        var report = await _web.CrawlAsync();
        Assert.Contains("(429)", Assert.Single(report.Warnings).Message, StringComparison.Ordinal);
        Assert.Equal([Home, Home + "a"], _web.Site.Asked);
    }

    [Fact]
    public async Task A_hundred_thousand_links_are_no_more_than_the_limit()
    {
        _web.Site.Page(Home, "<meta name=robots content=noindex>" + Html("Herons fish.", [.. Enumerable.Range(0, 100_000).Select(i => $"/{i}")]));

        var report = await _web.CrawlAsync(Source(new() { MaxPages = 50 }));

        Assert.Equal((0, 50), (report.Added, _web.Site.Asked.Count));
        Assert.Contains(report.Warnings, warning => warning.Message.Contains("ended at 50 pages", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Links_that_would_be_long_labels_are_not_kept_and_the_page_is_sent_each_time()
    {
        _web.Site.Page(Home, Html("Herons fish.", [.. Enumerable.Range(0, 300).Select(i => $"/page/{i}")]), ("ETag", "\"1\""));

        await _web.CrawlAsync();
        Assert.Equal(["crawl"], (await _web.Store.GetDocumentAsync(Home))!.Tags.Keys);
        var report = await _web.CrawlAsync();

        Assert.Equal((1, 200, 301), (report.Unchanged, _web.Site.Answered[0], _web.Site.Asked.Count));
    }

    [Fact]
    public async Task Odd_links_are_passed_over()
    {
        string[] links = ["javascript:void(0)", "data:text/html,x", "file:///etc/passwd", "ftp://site.test/", "//", "http://", "https://[::1/", "https://site.test:99999/", "\\\\site\\share", "mailto:a@b", "tel:1", "blob:x", "", "#", "https://user@site.test/", "https://169.254.169.254/", new string('x', 5000), "/%", "/ok%2E%2e%2fx"];
        _web.Site.Page(Home, Html("Herons fish.", links));

        var report = await _web.CrawlAsync();

        Assert.Empty(report.Failed);
        Assert.All(_web.Site.Asked, address => Assert.StartsWith(Home, address, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("<!DOCTYPE urlset [<!ENTITY x SYSTEM 'file:///etc/passwd'>]><urlset><url><loc>https://site.test/&x;</loc></url></urlset>")]
    [InlineData("<!DOCTYPE urlset [<!ENTITY a 'aaaaaaaaaa'><!ENTITY b '&a;&a;&a;&a;&a;&a;&a;&a;'>]><urlset><url><loc>&b;</loc></url></urlset>")]
    [InlineData("<urlset><url><loc>https://site.test/a")]
    public async Task A_sitemap_with_entities_or_damage_is_a_failure(string sitemap)
    {
        _web.Site.Page(Home, Html("Herons fish.")).Page(Home + "map.xml", sitemap);

        var report = await _web.CrawlAsync(new(new(Home), () => new(_web.Site, false), _web.Time) { Sitemap = "/map.xml" });

        Assert.Contains("cannot be read", Assert.Single(report.Failed).Error, StringComparison.Ordinal);
        Assert.DoesNotContain(_web.Site.Asked, address => address.Contains("passwd", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_sitemap_of_a_million_entries_is_read_as_far_as_is_needed()
    {
        var entries = Encoding.UTF8.GetBytes(string.Concat(Enumerable.Range(0, 1000).Select(i => $"<url><loc>https://site.test/{i}</loc></url>")));
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Fastest))
        {
            gzip.Write("<urlset>"u8);
            for (var i = 0; i < 1000; i++)
            {
                gzip.Write(entries);
            }
        }

        _web.Site.Page(Home, Html("Herons fish.")).Bytes(Home + "map.xml.gz", packed.ToArray());

        var report = await _web.CrawlAsync(new(new(Home), () => new(_web.Site, false), _web.Time) { Sitemap = "map.xml.gz", Limits = new() { MaxPages = 20 } });

        Assert.Equal((1, 21), (report.Added, _web.Site.Asked.Count)); // 20 pages and the sitemap
        Assert.Contains("ended at 20 pages", Assert.Single(report.Warnings).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Robots_txt_without_end_and_of_costly_patterns_costs_little()
    {
        var rules = new StringBuilder("User-agent: *\n");
        while (rules.Length < 600_000)
        {
            rules.Append("Disallow: /").Append(string.Concat(Enumerable.Repeat("*a", 400))).Append("b$\n");
        }

        _web.Site.Page(Home + "robots.txt", rules.ToString()).Page(Home, Html("Herons fish.", "/" + new string('a', 1500))).Page(Home + new string('a', 1500), Html("Otters swim."));

        Assert.Equal(2, (await _web.CrawlAsync()).Added);
    }

    [Fact]
    public async Task A_server_of_this_machine_is_asked_only_where_it_is_named()
    {
        var asked = 0;
        using var server = new LoopbackListener(async (stream, stopped) =>
        {
            using var reader = new StreamReader(stream, Encoding.ASCII, leaveOpen: true);
            while (await reader.ReadLineAsync(stopped) is { } line)
            {
                if (line.Length == 0)
                {
                    asked++;
                    var body = Encoding.UTF8.GetBytes(Html("Herons fish."));
                    await stream.WriteAsync((byte[])[.. Encoding.ASCII.GetBytes($"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: {body.Length}\r\n\r\n"), .. body], stopped);
                }
            }
        });
        var host = $"127.0.0.1:{server.Port}";

        var refused = await _web.CrawlAsync(new(new($"http://{host}/")));
        var before = asked;
        var taken = await _web.CrawlAsync(new(new($"http://{host}/")) { PrivateHosts = [host] });

        Assert.Contains("(--allow-private)", Assert.Single(refused.Failed).Error, StringComparison.Ordinal);
        Assert.Equal((0, 1), (before, taken.Added));
    }

    [Fact]
    public async Task What_unpacks_to_too_much_is_left()
    {
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Optimal, leaveOpen: true))
        {
            gzip.Write(new byte[20 << 20]);
        }

        using var server = new LoopbackListener(async (stream, stopped) =>
        {
            using var reader = new StreamReader(stream, Encoding.ASCII, leaveOpen: true);
            while (await reader.ReadLineAsync(stopped) is { } line)
            {
                if (line.Length == 0)
                {
                    await stream.WriteAsync((byte[])[.. Encoding.ASCII.GetBytes($"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Encoding: gzip\r\nContent-Length: {packed.Length}\r\n\r\n"), .. packed.ToArray()], stopped);
                }
            }
        });
        var host = $"127.0.0.1:{server.Port}";

        var report = await _web.CrawlAsync(new(new($"http://{host}/")) { PrivateHosts = [host], Limits = new() { MaxResponseBytes = 1 << 20 } });

        Assert.Contains("more than 1,048,576 bytes", Assert.Single(report.Failed).Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_name_that_leads_into_a_private_network_is_not_connected_to()
    {
        var connections = new PublicConnections(PublicAddress.IsPublic, (_, _) => Task.FromResult<IPAddress[]>([IPAddress.Parse("10.0.0.1"), IPAddress.Loopback]));
        var source = new WebSource(new(Home), () => new(new SocketsHttpHandler { ConnectCallback = (context, token) => connections.ConnectAsync(context.DnsEndPoint, token) }), _web.Time);

        Assert.Contains("has no address on the public Internet", Assert.Single((await _web.CrawlAsync(source)).Failed).Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Cancelling_throws_while_a_server_is_silent()
    {
        using var stop = new CancellationTokenSource();
        _web.Site.On(Home, async (_, token) =>
        {
            await stop.CancelAsync();
            await Task.Delay(Timeout.Infinite, token);
            throw new InvalidOperationException("not reached");
        });

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => _web.CrawlAsync(cancellationToken: stop.Token));
    }

    private WebSource Source(WebLimits limits) => new(new(Home), () => new(_web.Site, false), _web.Time) { Limits = limits };

    private class SilentStream(Action? isRead = null) : Stream
    {
        public override bool CanRead => true;

        public override bool CanSeek => false;

        public override bool CanWrite => false;

        public override long Length => throw new NotSupportedException();

        public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

        public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            isRead?.Invoke();
            await Task.Delay(Timeout.Infinite, cancellationToken);
            return 0;
        }

        public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

        public override void Flush()
        {
        }

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
    }

    private sealed class EndlessStream : SilentStream
    {
        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            buffer.Span.Fill((byte)'x');
            return ValueTask.FromResult(buffer.Length);
        }
    }
}
