using AngleSharp.Html.Dom;
using AngleSharp.Html.Parser;

namespace Rag.Ingest.Reading.Html;

/// <summary>A parsed page whose tree is at most <see cref="ReaderLimits.MaxDepth"/> levels deep, so that walks over it may recurse.</summary>
/// <remarks>Walks go by <c>ChildNodes</c>: the library finds the next sibling by searching the parent's list, so that walking by siblings is quadratic.</remarks>
internal static class HtmlPage
{
    // all that we look at; leaving out the rest saves memory
    private static readonly HashSet<string> Attributes = new(StringComparer.OrdinalIgnoreCase)
    {
        "id", "class", "role", "hidden", "aria-hidden", "style", "href", "itemprop", "colspan", "rowspan",
        "start", "value", "type", "reversed", "property", "content", "lang", "rel", "name", "datetime",
    };

    // Elements that the parser opens again in each block that follows an unclosed one. It stops at three that are alike, so they are made alike.
    private static readonly HashSet<string> Reopened =
        new(["b", "big", "code", "em", "font", "i", "nobr", "s", "small", "strike", "strong", "tt", "u"], StringComparer.OrdinalIgnoreCase);

    /// <exception cref="DocumentFormatException">Very many elements are nested too deeply, or the page has too many of them.</exception>
    public static IHtmlDocument Parse(string html, string documentId, ReaderLimits limits, CancellationToken cancellationToken)
    {
        var guard = new HtmlGuard(documentId, limits.MaxDepth, cancellationToken);
        var options = new HtmlParserOptions
        {
            MaximumDepth = limits.MaxDepth,
            DisableElementPositionTracking = true,
            SkipComments = true,
            SkipScriptText = true,
            ShouldEmitAttribute = static (ref token, name) => Attributes.Contains(name.ToString()) && !Reopened.Contains(token.Name.ToString()),
            OnCreated = (element, _) => guard.Count(element),
        };
        return new HtmlParser(options).ParseDocument(html.AsMemory());
    }
}
