using Rag.Pdf.Structure;

namespace Rag.Pdf.Layout;

/// <summary>What the tag of a line means for its block.</summary>
internal static class LineTag
{
    /// <summary>The element that is the line's block: its list item, else the nearest paragraph, heading, cell and the like; <see langword="null"/> where there is none.</summary>
    public static StructureElement? BlockOf(StructureElement? tag)
    {
        if (tag?.ListItem is { } item)
        {
            return item;
        }

        for (; tag is not null; tag = tag.Parent)
        {
            if (tag.Type is "P" or "H" or "Title" or "TD" or "TH" or "Caption" or "Note" or "FENote" or "Code" or "BlockQuote" or "TOCI" || LevelOf(tag) > 0)
            {
                return tag;
            }
        }

        return null;
    }

    /// <summary>Kind and level of the block; <see langword="null"/> where only its look can tell.</summary>
    public static (PdfBlockKind Kind, int Level)? KindOf(StructureElement? block) => block?.Type switch
    {
        "Title" => (PdfBlockKind.Heading, 1),
        "Note" or "FENote" => (PdfBlockKind.Footnote, 0),
        "Code" => (PdfBlockKind.Code, 0),
        "LI" => (PdfBlockKind.ListItem, Depth(block)),
        not null when LevelOf(block) is > 0 and var level => (PdfBlockKind.Heading, level),
        _ => null,
    };

    private static int LevelOf(StructureElement element) => element.Type is ['H', >= '1' and <= '6' and var digit] ? digit - '0' : 0;

    private static int Depth(StructureElement? element)
    {
        var depth = 0;
        for (; element is not null; element = element.Parent)
        {
            depth += element.Type == "L" ? 1 : 0;
        }

        return Math.Clamp(depth, 1, 9);
    }
}
