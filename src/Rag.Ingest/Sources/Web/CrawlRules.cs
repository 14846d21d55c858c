using System.Globalization;
using Rag.Network;

namespace Rag.Ingest.Sources.Web;

/// <summary>Where a crawl may go: its hosts, and what each of them asks for in its robots.txt. Not safe for concurrent use.</summary>
internal sealed class CrawlRules(WebSource source, WebClient client, TimeProvider time)
{
    private readonly bool _allowsHttp = source.Start.Scheme == Uri.UriSchemeHttp;
    private readonly HostList _hosts = new([source.Start.IsDefaultPort ? source.Start.Host : string.Create(CultureInfo.InvariantCulture, $"{source.Start.Host}:{source.Start.Port}"), .. source.Hosts]);
    private readonly Dictionary<string, (RobotsRules? Rules, string Problem)> _robots = new(StringComparer.Ordinal);
    private bool _waits;

    /// <summary>Whether an address lies on a host that may be asked.</summary>
    public bool IsInside(Uri address) => _hosts.Refusal(address, _allowsHttp) is null;

    /// <summary>Why an address is not asked for; <see langword="null"/> where it is.</summary>
    public async Task<WebAnswer?> RefusalAsync(Uri address, CancellationToken cancellationToken)
    {
        if (_hosts.Refusal(address, _allowsHttp) is { } refusal)
        {
            return new WebAnswer.Elsewhere($"{address}: {refusal} Allow the host by name (--allow-host), or begin there.");
        }

        var (rules, problem) = await RobotsAsync(address, cancellationToken);
        return rules is null ? new WebAnswer.Failed($"{address} is not asked for: {problem}")
            : rules.Allows(address) ? null
            : new WebAnswer.Elsewhere($"{address} is not asked for: the site's robots.txt does not allow it. Ask the site's owner.");
    }

    /// <summary>What the address's host asks for; nothing where it could not be read.</summary>
    public async Task<RobotsRules> RulesAsync(Uri address, CancellationToken cancellationToken) => (await RobotsAsync(address, cancellationToken)).Rules ?? RobotsRules.AllowAll;

    /// <summary>Waits as long as the address's host asks for between two requests; not before the first.</summary>
    public async Task WaitAsync(Uri address, CancellationToken cancellationToken)
    {
        if (_waits && (await RulesAsync(address, cancellationToken)).Delay is { Ticks: > 0 } delay)
        {
            await Task.Delay(delay, time, cancellationToken);
        }

        _waits = true;
    }

    // RFC 9309, 2.3.1: without a file everything is allowed, without an answer nothing.
    private async Task<(RobotsRules? Rules, string Problem)> RobotsAsync(Uri address, CancellationToken cancellationToken)
    {
        var place = new Uri(address, "/robots.txt");
        if (!_robots.TryGetValue(place.AbsoluteUri, out var known))
        {
            var answer = await client.GetAsync(place, (next, _) => Task.FromResult<WebAnswer?>(IsInside(next) ? null : new WebAnswer.Elsewhere("")), _ => ("", ""), cancellationToken);
            _robots[place.AbsoluteUri] = known = answer switch
            {
                WebAnswer.Page page => (RobotsRules.Parse(page.Bytes.Span), ""),
                WebAnswer.Status { Code: >= 400 and < 500 and not 429 } or WebAnswer.Elsewhere => (RobotsRules.AllowAll, ""),
                WebAnswer.Status status => (null, string.Create(CultureInfo.InvariantCulture, $"{place} answered {status.Code}, so it is not known what may be asked for. Try again later.")),
                WebAnswer.Failed failed => (null, failed.Reason),
                _ => (RobotsRules.AllowAll, ""),
            };
        }

        return known;
    }
}
