namespace Rag.Ingest.Reading;

/// <summary>What the first tag of a text says about it.</summary>
internal enum MarkupKind
{
    /// <summary>No markup at the start.</summary>
    None,

    /// <summary>A document type or root element of HTML.</summary>
    HtmlPage,

    /// <summary>Another element of HTML; Markdown may begin so as well.</summary>
    HtmlFragment,

    /// <summary>A feed in RSS.</summary>
    Rss,

    /// <summary>A feed in Atom.</summary>
    Atom,

    /// <summary>An XML declaration or document type.</summary>
    Xml,
}

/// <summary>Looks at the start of a text for markup, past white space, comments and processing instructions.</summary>
internal static class MarkupSniffer
{
    private const int SampleBytes = 4 << 10;

    public static MarkupKind Kind(ReadOnlySpan<byte> content)
    {
        var (encoding, start) = TextEncodings.Guess(content[..Math.Min(content.Length, SampleBytes)]);
        var text = encoding.GetString(content[start..Math.Min(content.Length, SampleBytes)]).AsSpan().TrimStart();
        var isXml = text.StartsWith("<?xml");
        while (text.StartsWith("<!--") || text.StartsWith("<?"))
        {
            var end = text.IndexOf(text[1] == '!' ? "-->" : "?>");
            if (end < 0)
            {
                break;
            }

            text = text[(end + (text[1] == '!' ? 3 : 2))..].TrimStart();
        }

        if (text.StartsWith("<!doctype html", StringComparison.OrdinalIgnoreCase) || IsElement(text, "html") || IsElement(text, "head") || IsElement(text, "body"))
        {
            return MarkupKind.HtmlPage;
        }

        if (IsElement(text, "rss") || (IsElement(text, "rdf") && text.Contains("purl.org/rss", StringComparison.Ordinal)))
        {
            return MarkupKind.Rss;
        }

        if (IsElement(text, "feed") && text.Contains("http://www.w3.org/2005/Atom", StringComparison.Ordinal))
        {
            return MarkupKind.Atom;
        }

        if (isXml || text.StartsWith("<!DOCTYPE"))
        {
            return MarkupKind.Xml;
        }

        var name = text.StartsWith("<") ? HtmlTags.Name(text) : [];
        return name.IsEmpty ? MarkupKind.None : HtmlTags.IsHtml(name) ? MarkupKind.HtmlFragment : MarkupKind.None;
    }

    private static bool IsElement(ReadOnlySpan<char> text, string name) => text.StartsWith("<") && HtmlTags.Name(text).Equals(name, StringComparison.OrdinalIgnoreCase);
}
