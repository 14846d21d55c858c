namespace Rag.Pdf;

/// <summary>What a <see cref="PdfBlock"/> is.</summary>
public enum PdfBlockKind
{
    /// <summary>Running text.</summary>
    Paragraph,

    /// <summary>Heading; <see cref="PdfBlock.Level"/> is 1 to 6.</summary>
    Heading,

    /// <summary>One item of a list with its bullet or number; <see cref="PdfBlock.Level"/> is its depth, from 1.</summary>
    ListItem,

    /// <summary>Table in Markdown's pipe form, one row a line: header, <c>| --- |</c> rule, rows.</summary>
    Table,

    /// <summary>Lines in a font of fixed pitch, with their line breaks and indents.</summary>
    Code,

    /// <summary>Footnote.</summary>
    Footnote,
}

/// <summary>A rectangle on a page, in points (1/72 inch), origin at the top left of the page as it is displayed.</summary>
/// <param name="X0">Left edge.</param>
/// <param name="Y0">Top edge.</param>
/// <param name="X1">Right edge, at least <paramref name="X0"/>.</param>
/// <param name="Y1">Bottom edge, at least <paramref name="Y0"/>.</param>
public readonly record struct PdfBox(float X0, float Y0, float X1, float Y1);

/// <summary>One structural element of a page.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Start">Where it begins in <see cref="PdfPage.Text"/>, in UTF-16 code units.</param>
/// <param name="Length">Its length; never 0.</param>
/// <param name="Level">Level of a heading, 1 to 6, depth of a list item, from 1; else 0.</param>
/// <param name="Box">Its place on the page.</param>
public sealed record PdfBlock(PdfBlockKind Kind, int Start, int Length, int Level, PdfBox Box);

/// <summary>A word of a page, or the part of one that stands on one line.</summary>
/// <param name="Start">Where it begins in <see cref="PdfPage.Text"/>, in UTF-16 code units.</param>
/// <param name="Length">Its length; never 0.</param>
/// <param name="Box">Its place on the page.</param>
public readonly record struct PdfWord(int Start, int Length, PdfBox Box);
