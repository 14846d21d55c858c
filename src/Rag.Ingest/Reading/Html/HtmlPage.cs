using AngleSharp.Dom;
using AngleSharp.Html.Dom;
using AngleSharp.Html.Parser;

namespace Rag.Ingest.Reading.Html;

/// <summary>A parsed page whose tree is at most <see cref="ReaderLimits.MaxDepth"/> levels deep, so that walks over it may recurse.</summary>
internal static class HtmlPage
{
    // The parser keeps a stack of the elements that are open and searches it at each tag, also below the depth at which the tree stops growing:
    // its time is quadratic in the elements beyond that depth (measured: 10,000 levels 1.3 s, 100,000 levels 67 s).
    private const int MaxTooDeep = 10_000;

    // An open <b> is opened again in each paragraph, so that a short source can ask for very many elements.
    private const int MaxElements = 4_000_000;

    // all that we look at; leaving out the rest saves memory
    private static readonly HashSet<string> Attributes = new(StringComparer.OrdinalIgnoreCase)
    {
        "id", "class", "role", "hidden", "aria-hidden", "style", "href", "rel", "itemprop", "colspan", "rowspan",
        "start", "value", "type", "reversed", "name", "property", "content", "lang",
    };

    /// <exception cref="DocumentFormatException">Very many elements are nested too deeply, or the page has too many of them.</exception>
    public static IHtmlDocument Parse(string html, string documentId, ReaderLimits limits, CancellationToken cancellationToken)
    {
        var (elements, tooDeep) = (0, 0);
        IElement? previous = null;
        var options = new HtmlParserOptions
        {
            MaximumDepth = limits.MaxDepth,
            DisableElementPositionTracking = true,
            SkipComments = true,
            SkipScriptText = true,
            ShouldEmitAttribute = static (ref _, name) => Attributes.Contains(name.ToString()),
            OnCreated = (element, _) =>
            {
                // an element is announced before it has a parent, so this looks at the one before it
                if (previous is not null && Depth(previous) >= limits.MaxDepth - 1 && ++tooDeep > MaxTooDeep)
                {
                    throw new DocumentFormatException(documentId, $"more than {MaxTooDeep:N0} elements stand {limits.MaxDepth} levels deep or deeper. Close its tags, or save it from a browser.");
                }

                if (++elements > MaxElements)
                {
                    throw new DocumentFormatException(documentId, $"it has more than {MaxElements:N0} elements. Split it.");
                }

                if (elements % 1024 == 0)
                {
                    cancellationToken.ThrowIfCancellationRequested();
                }

                previous = element;
            },
        };
        return new HtmlParser(options).ParseDocument(html.AsMemory());
    }

    private static int Depth(IElement element)
    {
        var depth = 1;
        for (var parent = element.ParentElement; parent is not null; parent = parent.ParentElement)
        {
            depth++;
        }

        return depth;
    }
}
