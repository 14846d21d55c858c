using AngleSharp.Dom;

namespace Rag.Ingest.Reading.Html;

/// <summary>What elements are, by name.</summary>
internal static class Tags
{
    // HTML's phrasing content; everything else, unknown elements included, starts a line of its own
    private static readonly HashSet<string> Inline =
    [
        "a", "abbr", "acronym", "b", "bdi", "bdo", "big", "br", "cite", "code", "data", "del", "dfn", "em", "font", "i", "ins", "kbd", "label", "mark",
        "math", "nobr", "output", "q", "ruby", "rb", "s", "samp", "small", "span", "strike", "strong", "sub", "sup", "time", "tt", "u", "var", "wbr",
        "mi", "mn", "mo", "ms", "mtext", "mrow", "mfrac", "msqrt", "msup", "msub", "msubsup", "mover", "munder", "munderover", "mstyle", "semantics",
    ];

    // what shows no text of the page, or no text that says something without the element's function
    private static readonly HashSet<string> Silent =
    [
        "script", "style", "noscript", "template", "head", "title", "meta", "link", "iframe", "frame", "frameset", "noframes", "object", "embed", "applet",
        "svg", "canvas", "audio", "video", "img", "picture", "map", "source", "track", "input", "button", "select", "textarea", "datalist", "progress", "meter",
        "rt", "rp", "annotation", "annotation-xml", "dialog", "nav",
    ];

    public static bool IsInline(IElement element) => Inline.Contains(element.LocalName);

    public static bool IsSilent(IElement element) => Silent.Contains(element.LocalName);

    /// <summary>Whether the element is read as a whole: a paragraph, a list, a table, a quotation.</summary>
    public static bool IsUnit(IElement element) =>
        element.LocalName is "p" or "ul" or "ol" or "dl" or "menu" or "blockquote" or "pre" or "figure" or "details" || HeadingLevel(element) > 0 || (element.LocalName == "table" && HtmlTable.IsData(element));

    /// <summary>1 to 6 for h1 to h6, else 0.</summary>
    public static int HeadingLevel(IElement element) => element.LocalName is ['h', >= '1' and <= '6'] name ? name[1] - '0' : 0;
}
