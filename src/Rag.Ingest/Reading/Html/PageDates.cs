using AngleSharp.Html.Dom;

namespace Rag.Ingest.Reading.Html;

/// <summary>When a page says that it was published and changed.</summary>
internal static class PageDates
{
    private static readonly string[] Keys = ["property", "name", "itemprop"];
    private static readonly string[] Published = ["article:published_time", "datePublished", "dc.date.issued", "dcterms.issued", "dc.date", "dcterms.date", "date", "pubdate"];
    private static readonly string[] Modified = ["article:modified_time", "dateModified", "dcterms.modified", "last-modified"];

    /// <summary><c>published</c> and <c>modified</c> as they are written in meta elements, else the first time element of a page that has one.</summary>
    public static IReadOnlyDictionary<string, string> Of(IHtmlDocument page)
    {
        var dates = new Dictionary<string, string>();
        Add("published", Meta(page, Published) ?? Only(page));
        Add("modified", Meta(page, Modified));
        return dates;

        void Add(string name, string? value)
        {
            if (!string.IsNullOrWhiteSpace(value))
            {
                dates[name] = value.Trim();
            }
        }
    }

    private static string? Meta(IHtmlDocument page, string[] names)
    {
        var metas = page.GetElementsByTagName("meta");
        return names.Select(name => metas.FirstOrDefault(m => Keys.Any(key => string.Equals(m.GetAttribute(key), name, StringComparison.OrdinalIgnoreCase)))?.GetAttribute("content"))
            .FirstOrDefault(content => !string.IsNullOrWhiteSpace(content));
    }

    // Several are of comments, events or other pages as a rule.
    private static string? Only(IHtmlDocument page) => page.GetElementsByTagName("time").Select(t => t.GetAttribute("datetime")).Where(t => !string.IsNullOrWhiteSpace(t)).Distinct().Take(2).ToArray() is [var only] ? only : null;
}
