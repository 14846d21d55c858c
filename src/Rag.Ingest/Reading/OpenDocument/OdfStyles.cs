using System.Xml;
using Rag.Ingest.Reading.Office;

namespace Rag.Ingest.Reading.OpenDocument;

/// <summary>What the styles of an OpenDocument file say that matters for its text: which paragraphs are titles, quotes or code, which lists are numbered, which sheets are hidden.</summary>
internal sealed class OdfStyles(OfficePackage package)
{
    // a style chain longer than this is a loop
    private const int LongestChain = 32;

    private readonly Dictionary<string, string> _parents = new(StringComparer.Ordinal);
    private readonly Dictionary<(string List, int Level), (string Format, string Prefix, string Suffix)> _formats = [];
    private readonly HashSet<string> _hidden = new(StringComparer.Ordinal);

    /// <summary>Takes the styles below the element that the reader stands on.</summary>
    public void Read(XmlReader reader)
    {
        foreach (var name in reader.Children(package))
        {
            var (style, parent) = (reader.GetAttribute("name", OdfNames.Style) ?? "", reader.GetAttribute("parent-style-name", OdfNames.Style));
            if (name == "style")
            {
                if (parent is not null)
                {
                    _parents[style] = parent;
                }

                foreach (var property in reader.Children(package))
                {
                    if ((property == "table-properties" && reader.GetAttribute("display", OdfNames.Table) == "false") || (property == "drawing-page-properties" && reader.GetAttribute("visibility", OdfNames.Presentation) == "hidden"))
                    {
                        _hidden.Add(style);
                    }
                }
            }
            else if (name == "list-style")
            {
                foreach (var kind in reader.Children(package))
                {
                    if (kind == "list-level-style-number" && int.TryParse(reader.Own("level"), out var level))
                    {
                        _formats[(style, level)] = (reader.GetAttribute("num-format", OdfNames.Style) ?? "", reader.GetAttribute("num-prefix", OdfNames.Style) ?? "", reader.GetAttribute("num-suffix", OdfNames.Style) ?? "");
                    }
                }
            }
        }
    }

    /// <summary>Whether a table or a slide of that style is hidden.</summary>
    public bool IsHidden(string? style) => style is not null && _hidden.Contains(style);

    /// <summary>What a paragraph of that style is, and whether it is the title.</summary>
    public (BlockKind Kind, bool IsTitle) KindOf(string? style)
    {
        for (var i = 0; style is not null && i < LongestChain; i++, style = _parents.GetValueOrDefault(style))
        {
            switch (style)
            {
                case "Title":
                    return (BlockKind.Heading, true);
                case "Preformatted_20_Text":
                    return (BlockKind.Code, false);
                case "Quotations":
                    return (BlockKind.Quote, false);
            }
        }

        return (BlockKind.Paragraph, false);
    }

    /// <summary>The mark of an item of a list: its number in the format of the list, or <c>-</c> for a bullet.</summary>
    public string Mark(string? list, int level, int number)
    {
        if (list is null || !_formats.TryGetValue((list, level), out var format) || format.Format.Length == 0)
        {
            return "-";
        }

        var name = format.Format switch { "a" => "lowerLetter", "A" => "upperLetter", "i" => "lowerRoman", "I" => "upperRoman", _ => "decimal" };
        return format.Prefix + NumberFormat.Of(number, name) + format.Suffix;
    }
}

/// <summary>Namespaces of OpenDocument 1.3 part 3, chapter 2.</summary>
internal static class OdfNames
{
    public const string Office = "urn:oasis:names:tc:opendocument:xmlns:office:1.0";
    public const string Table = "urn:oasis:names:tc:opendocument:xmlns:table:1.0";
    public const string Text = "urn:oasis:names:tc:opendocument:xmlns:text:1.0";
    public const string Style = "urn:oasis:names:tc:opendocument:xmlns:style:1.0";
    public const string Presentation = "urn:oasis:names:tc:opendocument:xmlns:presentation:1.0";
    public const string Drawing = "urn:oasis:names:tc:opendocument:xmlns:drawing:1.0";
    public const string XLink = "http://www.w3.org/1999/xlink";
    public const string Svg = "urn:oasis:names:tc:opendocument:xmlns:svg-compatible:1.0";
}
