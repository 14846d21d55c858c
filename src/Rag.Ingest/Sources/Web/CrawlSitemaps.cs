using System.Globalization;
using System.Runtime.CompilerServices;
using System.Xml;

namespace Rag.Ingest.Sources.Web;

/// <summary>The sitemaps of a crawl: their pages are added as if the first page led to them. Not safe for concurrent use.</summary>
internal sealed class CrawlSitemaps(WebSource source, WebClient client, CrawlRules rules, CrawlFrontier frontier)
{
    // An index may list 50,000 sitemaps of 50,000 pages; what is beyond the limit on pages would be thrown away.
    private const int MaxMaps = 1000;

    private readonly Queue<string> _pending = new();
    private readonly HashSet<string> _seen = new(StringComparer.Ordinal);

    /// <summary>Finds the sitemaps that the source names.</summary>
    public async Task BeginAsync(CancellationToken cancellationToken)
    {
        if (source.Sitemap is { } given)
        {
            var named = given == "auto" ? (await rules.RulesAsync(source.Start, cancellationToken)).Sitemaps : [given];
            Add(named.Count == 0 ? ["/sitemap.xml"] : named);
        }
    }

    /// <summary>Takes what is a sitemap as one.</summary>
    /// <param name="page">A page.</param>
    /// <param name="error">Why it cannot be read, if it cannot.</param>
    /// <returns>Whether it is one.</returns>
    public bool Take(WebAnswer.Page page, out string? error)
    {
        error = null;
        try
        {
            if (Sitemap.Parse(page.Bytes, source.Limits.MaxPages + 1, source.Limits.MaxResponseBytes) is not { } map)
            {
                return false;
            }

            Add(map.Maps);
            foreach (var address in map.Pages.Select(text => WebAddress.Of(text, page.Address)).OfType<Uri>().Where(rules.IsInside))
            {
                frontier.Add(new(address, Math.Min(1, source.Limits.MaxDepth)));
            }
        }
        catch (Exception e) when (e is XmlException or InvalidDataException or IOException)
        {
            error = $"The sitemap {page.Address} cannot be read: {e.Message.TrimEnd('.')}. Tell the site's owner, or leave it out.";
        }

        return true;
    }

    /// <summary>Reads those that are left, and tells which cannot be read.</summary>
    public async IAsyncEnumerable<SourceItem.Failed> ReadAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        while (!frontier.IsFull && _pending.TryDequeue(out var text))
        {
            if (WebAddress.Of(text, source.Start) is not { } address || !_seen.Add(address.AbsoluteUri))
            {
                continue;
            }

            await rules.WaitAsync(address, cancellationToken);
            var answer = await client.GetAsync(address, rules.RefusalAsync, _ => ("", ""), cancellationToken);
            if (ErrorOf(answer, address) is { } error)
            {
                yield return new(address.AbsoluteUri, error);
            }
        }
    }

    private string? ErrorOf(WebAnswer answer, Uri address) => answer switch
    {
        WebAnswer.Page page when Take(page, out var error) => error,
        WebAnswer.Status { Code: var code } => string.Create(CultureInfo.InvariantCulture, $"The sitemap {address} answered {code}. Name another with --sitemap, or leave that out."),
        WebAnswer.Elsewhere { Reason: var reason } => reason,
        WebAnswer.Failed { Reason: var reason } => reason,
        _ => $"{address} is no sitemap. Name one with --sitemap, or leave that out.",
    };

    private void Add(IEnumerable<string> maps)
    {
        foreach (var map in maps.Take(MaxMaps - _seen.Count - _pending.Count))
        {
            _pending.Enqueue(map);
        }
    }
}
