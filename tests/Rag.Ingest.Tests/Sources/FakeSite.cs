using System.Net;
using System.Text;

namespace Rag.Ingest.Tests.Sources;

/// <summary>A web site in memory: what stands under an address is answered, everything else with 404.</summary>
internal sealed class FakeSite : HttpMessageHandler
{
    private readonly Dictionary<string, Func<HttpRequestMessage, CancellationToken, Task<HttpResponseMessage>>> _pages = new(StringComparer.Ordinal);

    /// <summary>The addresses that were asked for, robots.txt left out.</summary>
    public List<string> Asked { get; } = [];

    /// <summary>The statuses with which they were answered.</summary>
    public List<int> Answered { get; } = [];

    public FakeSite Page(string address, string html, params (string Name, string Value)[] headers) => Bytes(address, Encoding.UTF8.GetBytes(html), headers);

    public FakeSite Bytes(string address, byte[] bytes, params (string Name, string Value)[] headers) => On(address, (request, _) =>
    {
        var tag = headers.FirstOrDefault(h => h.Name == "ETag").Value;
        var date = headers.FirstOrDefault(h => h.Name == "Last-Modified").Value;
        var isSame = (tag is not null && request.Headers.TryGetValues("If-None-Match", out var tags) && tags.Contains(tag))
            || (date is not null && request.Headers.TryGetValues("If-Modified-Since", out var dates) && dates.Contains(date));
        return Task.FromResult(Response(isSame ? 304 : 200, isSame ? [] : bytes, headers));
    });

    public FakeSite Status(string address, int code, params (string Name, string Value)[] headers) => On(address, (_, _) => Task.FromResult(Response(code, [], headers)));

    public FakeSite Redirect(string address, string to) => Status(address, 302, ("Location", to));

    public FakeSite On(string address, Func<HttpRequestMessage, CancellationToken, Task<HttpResponseMessage>> answer)
    {
        _pages[address] = answer;
        return this;
    }

    public FakeSite Without(string address)
    {
        _pages.Remove(address);
        return this;
    }

    public static HttpResponseMessage Response(int code, byte[] body, params (string Name, string Value)[] headers)
    {
        var response = new HttpResponseMessage((HttpStatusCode)code) { Content = new ByteArrayContent(body) };
        foreach (var (name, value) in headers)
        {
            _ = response.Headers.TryAddWithoutValidation(name, value) || response.Content.Headers.TryAddWithoutValidation(name, value);
        }

        return response;
    }

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var address = request.RequestUri!.AbsoluteUri;
        var response = _pages.TryGetValue(address, out var page) ? await page(request, cancellationToken) : Response(404, []);
        response.RequestMessage = request;
        if (!address.EndsWith("/robots.txt", StringComparison.Ordinal))
        {
            Asked.Add(address);
            Answered.Add((int)response.StatusCode);
        }

        return response;
    }
}
