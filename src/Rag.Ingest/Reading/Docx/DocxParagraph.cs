using System.Globalization;
using System.Xml;
using Rag.Ingest.Reading.Office;

namespace Rag.Ingest.Reading.Docx;

/// <summary>What a paragraph says about itself, over what its style says.</summary>
/// <param name="Style">Its style.</param>
/// <param name="Outline">Heading level 1 to 9, or 0.</param>
/// <param name="List">The list that it is an item of; <see langword="null"/> or 0 for none.</param>
/// <param name="ListLevel">Its level in that list, from 0.</param>
/// <param name="StartsPage">It begins a page.</param>
/// <param name="EndsPage">It ends a section, and the next one begins a page.</param>
internal sealed record DocxParagraph(DocxStyle Style, int Outline, int? List, int ListLevel, bool StartsPage = false, bool EndsPage = false)
{
    public static DocxParagraph Of(DocxStyle style) => new(style, style.Outline, style.NumberingId, style.ListLevel);

    /// <summary>From the <c>w:pPr</c> that the reader stands on.</summary>
    public static DocxParagraph Read(XmlReader reader, OfficePackage package, DocxStyles styles)
    {
        var paragraph = Of(styles[null]);
        foreach (var name in reader.Children(package))
        {
            paragraph = name switch
            {
                "pStyle" => Of(styles[reader.Own("val")]), // the first child, if it is there
                "outlineLvl" when Int(reader) is { } level => paragraph with { Outline = level is >= 0 and < 9 ? level + 1 : 0 },
                "pageBreakBefore" => paragraph with { StartsPage = reader.IsOn() },
                "numPr" => Numbering(reader, package, paragraph),
                "sectPr" => paragraph with { EndsPage = Section(reader, package) is not ("continuous" or "nextColumn") },
                _ => paragraph,
            };
        }

        return paragraph;
    }

    private static DocxParagraph Numbering(XmlReader reader, OfficePackage package, DocxParagraph paragraph)
    {
        foreach (var name in reader.Children(package))
        {
            paragraph = name switch
            {
                "ilvl" => paragraph with { ListLevel = Math.Clamp(Int(reader) ?? 0, 0, 8) },
                "numId" => paragraph with { List = Int(reader) },
                _ => paragraph,
            };
        }

        return paragraph;
    }

    private static string? Section(XmlReader reader, OfficePackage package)
    {
        string? type = null;
        foreach (var name in reader.Children(package))
        {
            type = name == "type" ? reader.Own("val") : type;
        }

        return type;
    }

    private static int? Int(XmlReader reader) => int.TryParse(reader.Own("val"), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var value) ? value : null;
}
