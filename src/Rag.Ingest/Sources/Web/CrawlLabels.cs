using System.Globalization;
using Rag.Storage;

namespace Rag.Ingest.Sources.Web;

/// <summary>What a crawl keeps with a page's document, so that an unchanged page need not be sent again though its links are needed.</summary>
/// <param name="key">Names the crawl: pages of another one say nothing about this one.</param>
internal sealed class CrawlLabels(string key)
{
    private const string Crawl = "crawl";
    private const string ETag = "etag";
    private const string LastModified = "last-modified";
    private const string Links = "links";

    // Longer lists are not kept, and the page is sent each time: labels stand beside every passage.
    private const int MaxLinks = 4000;

    /// <summary>Labels of a page; empty ones take earlier ones away.</summary>
    /// <param name="page">The page.</param>
    /// <param name="depth">How deep it lies: how far its links were followed depends on it.</param>
    /// <param name="found">The pages that were found through it first.</param>
    public IReadOnlyDictionary<string, string> Of(WebAnswer.Page page, int depth, IEnumerable<Uri> found)
    {
        var links = string.Join(' ', found.Select(link => link.AbsoluteUri).Prepend(depth.ToString(CultureInfo.InvariantCulture)));
        var isKept = links.Length <= MaxLinks && page.ETag.Length + page.LastModified.Length > 0;
        return new Dictionary<string, string>
        {
            [Crawl] = key,
            [ETag] = isKept ? page.ETag : "",
            [LastModified] = isKept ? page.LastModified : "",
            [Links] = isKept ? links : "",
        };
    }

    /// <summary>Whether a document came from this crawl.</summary>
    public bool IsOurs(StoredDocument document) => document.Tags.GetValueOrDefault(Crawl) == key && document.Path == document.Id;

    /// <summary>What to ask with, so that the page is sent only if it has changed; empty where it has to be sent.</summary>
    public (string ETag, string LastModified) Validators(StoredDocument document, int depth) =>
        IsOurs(document) && document.Tags.GetValueOrDefault(Links)?.Split(' ')[0] == depth.ToString(CultureInfo.InvariantCulture)
            ? (document.Tags.GetValueOrDefault(ETag, ""), document.Tags.GetValueOrDefault(LastModified, ""))
            : ("", "");

    /// <summary>The pages that were found through it first.</summary>
    public static IEnumerable<Uri> Found(StoredDocument document) => document.Tags.GetValueOrDefault(Links, "").Split(' ').Skip(1).Select(link => WebAddress.Of(link)).OfType<Uri>();
}
