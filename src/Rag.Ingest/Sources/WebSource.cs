using System.Net;
using System.Runtime.CompilerServices;
using Rag.Ingest.Sources.Web;
using Rag.Network;

namespace Rag.Ingest.Sources;

/// <summary>The pages of a web site that are linked from one page, or listed in a sitemap. Safe for concurrent use.</summary>
/// <remarks>
/// <para>
/// A document's id and path are the page's address. One request is made at a time, by GET, without cookies, proxy or credentials; robots.txt (RFC 9309), its Crawl-delay up to 10 seconds,
/// <c>noindex</c>, <c>nofollow</c> and <c>rel=canonical</c> are heeded. Only allowed hosts are asked, and connections are made to addresses of the public Internet only, checked where the
/// connection is opened; up to five redirects are followed, each checked as the first address. No script runs: what a page builds in the browser is not seen.
/// </para>
/// <para>
/// A page whose server gave it an ETag or a Last-Modified is asked for with it next time, and is not sent again while it is the same. What is needed for that stays in labels of its document:
/// <c>crawl</c>, <c>etag</c>, <c>last-modified</c> and <c>links</c>, the pages that were found through it first.
/// </para>
/// <para>
/// A stored page of the same crawl is gone when no page leads to it any more, or when it is answered by 404 or 410; nothing is gone after a crawl in which anything failed or a limit was met.
/// </para>
/// </remarks>
public sealed class WebSource : IDocumentSource
{
    private readonly Func<HttpMessageInvoker>? _http;
    private readonly TimeProvider _time;

    /// <param name="start">Where the crawl begins: an http or https address of a page, or of a sitemap. Where it is https, http is not followed.</param>
    /// <exception cref="ArgumentException">It is no such address, or holds a user name.</exception>
    public WebSource(Uri start)
        : this(start, null, TimeProvider.System)
    {
    }

    internal WebSource(Uri start, Func<HttpMessageInvoker>? http, TimeProvider time)
    {
        ArgumentNullException.ThrowIfNull(start);
        Start = WebAddress.Of(start.OriginalString) ?? throw new ArgumentException($"'{start}' is no http or https address of up to {WebAddress.MaxLength} characters without a user name. Write one such as https://example.org/docs/.", nameof(start));
        (_http, _time) = (http, time);
    }

    /// <summary>Where the crawl begins, in the form in which addresses are compared.</summary>
    public Uri Start { get; }

    /// <summary>Hosts that may be asked besides that of the start: each <c>example.org</c>, or <c>*.example.org</c> for all below it, with a port where it is not the usual one. Default none.</summary>
    /// <exception cref="ArgumentException">An entry is no host.</exception>
    public IReadOnlyList<string> Hosts { get; init => field = Checked(value); } = [];

    /// <summary>Hosts that may be asked even if they lie in this machine or its networks, written as in <see cref="Hosts"/>; that does not make them allowed. Default none.</summary>
    /// <exception cref="ArgumentException">An entry is no host.</exception>
    public IReadOnlyList<string> PrivateHosts { get; init => field = Checked(value); } = [];

    /// <summary>A sitemap whose pages are taken besides: its address, relative to the start or not, or <c>auto</c> for those that robots.txt names, else <c>/sitemap.xml</c>. Default <see langword="null"/>: none.</summary>
    public string? Sitemap { get; init; }

    /// <summary>What the crawl may cost. Default <c>new()</c>.</summary>
    public WebLimits Limits { get; init; } = new();

    /// <inheritdoc/>
    public async IAsyncEnumerable<SourceItem> FindAsync(SyncContext sync, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(sync);
        using var http = _http?.Invoke() ?? Http();
        await foreach (var item in new WebCrawl(this, sync, http, _time).RunAsync(cancellationToken))
        {
            yield return item;
        }
    }

    // A proxy would connect where it likes, so there is none.
    private HttpMessageInvoker Http()
    {
        var named = new HostList(PrivateHosts);
        return new(new SocketsHttpHandler
        {
            ConnectCallback = (context, token) => (IsNamed(named, context.DnsEndPoint) ? PublicConnections.Anywhere : PublicConnections.Default).ConnectAsync(context.DnsEndPoint, token),
            UseProxy = false,
            UseCookies = false,
            AllowAutoRedirect = false,
            AutomaticDecompression = DecompressionMethods.All,
            MaxResponseHeadersLength = 64,
        });
    }

    private static bool IsNamed(HostList hosts, DnsEndPoint endPoint) => hosts.Refusal(new UriBuilder(endPoint.Port == 443 ? Uri.UriSchemeHttps : Uri.UriSchemeHttp, endPoint.Host, endPoint.Port).Uri, allowHttp: true) is null;

    private static IReadOnlyList<string> Checked(IReadOnlyList<string> hosts)
    {
        _ = new HostList(hosts); // an entry that is no host is told here
        return hosts;
    }
}
