using AngleSharp.Dom;
using AngleSharp.Html.Dom;

namespace Rag.Ingest.Reading.Html;

/// <summary>The title of a page without the name of its site.</summary>
internal static class PageTitle
{
    private static readonly string[] Separators = [" | ", " - ", " – ", " — ", " :: ", " » ", " · ", " • "];

    /// <summary>og:title; else the only h1; else title; <see langword="null"/> where the page has none of them.</summary>
    public static string? Of(IHtmlDocument page)
    {
        var title = page.GetElementsByTagName("title").OfType<IHtmlTitleElement>().FirstOrDefault()?.TextContent;
        var headlines = page.GetElementsByTagName("h1").Select(InlineText.Of).Where(text => text.Length > 0).Distinct().Take(2).ToArray();
        var chosen = Meta(page, "og:title") ?? (headlines.Length == 1 ? headlines[0] : null) ?? title;
        return string.IsNullOrWhiteSpace(chosen) ? null : WithoutSite(TextCleaning.OneLine(chosen), Meta(page, "og:site_name"), headlines);
    }

    private static string? Meta(IHtmlDocument page, string property) =>
        page.GetElementsByTagName("meta").FirstOrDefault(meta => string.Equals(meta.GetAttribute("property"), property, StringComparison.OrdinalIgnoreCase))
            ?.GetAttribute("content") is { } content && !string.IsNullOrWhiteSpace(content) ? content : null;

    // "Headline - Section | Site": the part before the last separator when what follows it is the site, or when that part is a headline of the page
    private static string WithoutSite(string title, string? site, string[] headlines)
    {
        foreach (var separator in Separators)
        {
            var at = title.LastIndexOf(separator, StringComparison.Ordinal);
            if (at > 0 && (headlines.Contains(title[..at]) || string.Equals(title[(at + separator.Length)..], site?.Trim(), StringComparison.OrdinalIgnoreCase)))
            {
                return WithoutSite(title[..at], site, headlines);
            }
        }

        return title;
    }
}
