using AngleSharp.Dom;
using AngleSharp.Html.Dom;
using Rag.Ingest.Reading;
using Rag.Ingest.Reading.Html;

namespace Rag.Ingest.Sources.Web;

/// <summary>What a page says to a crawler.</summary>
/// <param name="Links">Addresses that it leads to, each once, in the order of the page; none where it asks that they are not followed.</param>
/// <param name="Canonical">The address under which it wants to be known.</param>
/// <param name="IsListed">Whether it may be indexed.</param>
internal sealed record PageView(IReadOnlyList<Uri> Links, Uri? Canonical, bool IsListed)
{
    /// <summary>Looks at the bytes of a page; what is no HTML says nothing.</summary>
    /// <param name="bytes">Its bytes.</param>
    /// <param name="address">Where it lies.</param>
    /// <param name="robotsHeaders">Values of <c>X-Robots-Tag</c>.</param>
    /// <param name="cancellationToken">Stops the reading.</param>
    /// <exception cref="DocumentFormatException">The page is built to do harm.</exception>
    public static PageView Of(ReadOnlyMemory<byte> bytes, Uri address, IEnumerable<string> robotsHeaders, CancellationToken cancellationToken)
    {
        var wishes = robotsHeaders.SelectMany(Directives).ToHashSet(StringComparer.OrdinalIgnoreCase);
        var (links, canonical) = (new List<Uri>(), default(Uri));
        if (MediaTypes.Detect(bytes.Span, address.AbsolutePath) == MediaTypes.Html)
        {
            using var page = HtmlPage.Parse(HtmlEncoding.Decode(bytes.Span, address.AbsoluteUri), address.AbsoluteUri, ReaderLimits.Default, cancellationToken);
            canonical = Walk(page, address, links, wishes);
        }

        var isClosed = wishes.Contains("none");
        return new(isClosed || wishes.Contains("nofollow") ? [] : links, canonical, !isClosed && !wishes.Contains("noindex"));
    }

    private static Uri? Walk(IHtmlDocument page, Uri address, List<Uri> links, HashSet<string> wishes)
    {
        var (canonical, root, seen) = (default(Uri), address, new HashSet<string>(StringComparer.Ordinal));
        var pending = new Stack<INode>([page]);
        while (pending.TryPop(out var node))
        {
            for (var i = node.ChildNodes.Length - 1; i >= 0; i--)
            {
                pending.Push(node.ChildNodes[i]);
            }

            switch (node as IElement)
            {
                case { LocalName: "base" } element when ReferenceEquals(root, address):
                    root = WebAddress.Of(element.GetAttribute("href"), address) ?? address;
                    break;
                case { LocalName: "meta" } element when element.GetAttribute("name")?.ToLowerInvariant() is "robots" or RobotsRules.Product:
                    wishes.UnionWith(Directives(element.GetAttribute("content") ?? ""));
                    break;
                case { LocalName: "link" } element when HasRelation(element, "canonical"):
                    canonical ??= WebAddress.Of(element.GetAttribute("href"), root);
                    break;
                case { LocalName: "a" or "area" } element when !HasRelation(element, "nofollow") && WebAddress.Of(element.GetAttribute("href"), root) is { } link && seen.Add(link.AbsoluteUri):
                    links.Add(link);
                    break;
            }
        }

        return canonical;
    }

    private static bool HasRelation(IElement element, string name) =>
        element.GetAttribute("rel")?.Split([' ', '\t', '\n', '\f', '\r']).Contains(name, StringComparer.OrdinalIgnoreCase) == true;

    // "noindex, nofollow"; a header may begin with the name of the crawler that it is meant for
    private static IEnumerable<string> Directives(string value)
    {
        var colon = value.IndexOf(':', StringComparison.Ordinal);
        var isAddressed = colon > 0 && !value.AsSpan(0, colon).ContainsAny(" ,") && !value.StartsWith("unavailable_after", StringComparison.OrdinalIgnoreCase) && !value.StartsWith("max-", StringComparison.OrdinalIgnoreCase);
        return isAddressed && !value[..colon].Equals(RobotsRules.Product, StringComparison.OrdinalIgnoreCase)
            ? []
            : (isAddressed ? value[(colon + 1)..] : value).Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
    }
}
