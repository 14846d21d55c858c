using System.Collections.Frozen;

namespace Rag.Ingest.Reading;

/// <summary>What an HTML tag inside Markdown leaves of itself in plain text.</summary>
internal static class HtmlTags
{
    // HTML Living Standard, text-level elements: they stand inside words
    private static readonly FrozenSet<string> _inline = FrozenSet.ToFrozenSet(
        ["a", "abbr", "acronym", "b", "bdi", "bdo", "big", "cite", "code", "data", "del", "dfn", "em", "font", "i", "ins", "kbd", "mark", "nobr", "q", "s", "samp", "small", "span", "strike", "strong", "sub", "sup", "time", "tt", "u", "var", "wbr"],
        StringComparer.OrdinalIgnoreCase);

    private static readonly FrozenSet<string> _block = FrozenSet.ToFrozenSet(
        ["address", "area", "article", "aside", "audio", "blockquote", "body", "br", "button", "canvas", "caption", "center", "col", "colgroup", "dd", "details", "dialog", "div", "dl", "dt", "fieldset", "figcaption", "figure", "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6", "head", "header", "hr", "html", "iframe", "img", "input", "label", "legend", "li", "link", "main", "map", "menu", "meta", "nav", "noscript", "object", "ol", "optgroup", "option", "p", "picture", "pre", "progress", "script", "section", "select", "source", "style", "summary", "svg", "table", "tbody", "td", "template", "textarea", "tfoot", "th", "thead", "title", "tr", "ul", "video"],
        StringComparer.OrdinalIgnoreCase);

    private static readonly FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> _inlineNames = _inline.GetAlternateLookup<ReadOnlySpan<char>>();
    private static readonly FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> _blockNames = _block.GetAlternateLookup<ReadOnlySpan<char>>();

    /// <summary>Nothing for a comment or an inline element, a space for other elements, and the tag itself where it is a type argument: <c>List&lt;T&gt;</c>.</summary>
    public static ReadOnlySpan<char> TextOf(ReadOnlySpan<char> tag)
    {
        var name = Name(tag);
        return name.IsEmpty || _inlineNames.Contains(name) ? "" : _blockNames.Contains(name) || tag.Length != name.Length + 2 ? " " : tag;
    }

    /// <summary>Whether HTML has such an element.</summary>
    public static bool IsHtml(ReadOnlySpan<char> name) => _inlineNames.Contains(name) || _blockNames.Contains(name);

    /// <summary>The name of a start or end tag; empty for comments, declarations and processing instructions.</summary>
    public static ReadOnlySpan<char> Name(ReadOnlySpan<char> tag)
    {
        var name = tag.TrimStart('<').TrimStart('/');
        var end = 0;
        while (end < name.Length && (char.IsAsciiLetterOrDigit(name[end]) || (end > 0 && name[end] == '-')))
        {
            end++;
        }

        return name[..end];
    }
}
