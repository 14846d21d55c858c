namespace Rag;

/// <summary>What a <see cref="Block"/> is, so that a chunker can keep headings with their text and tables whole.</summary>
public enum BlockKind
{
    /// <summary>Running text.</summary>
    Paragraph,

    /// <summary>Section heading; <see cref="Block.Level"/> is 1 to 6.</summary>
    Heading,

    /// <summary>One item of a list, with its bullet or number; <see cref="Block.Level"/> is its depth, from 1.</summary>
    ListItem,

    /// <summary>Table in Markdown's pipe form, one row a line: header, <c>| --- |</c> rule, rows.</summary>
    Table,

    /// <summary>Source code or preformatted text, verbatim.</summary>
    Code,

    /// <summary>Quotation.</summary>
    Quote,

    /// <summary>Footnote or endnote.</summary>
    Footnote,
}

/// <summary>A rectangle on a page, in points (1/72 inch), origin at the top left of the page as it is displayed.</summary>
/// <param name="Page">1-based page.</param>
/// <param name="X0">Left edge.</param>
/// <param name="Y0">Top edge.</param>
/// <param name="X1">Right edge; at least <paramref name="X0"/>.</param>
/// <param name="Y1">Bottom edge; at least <paramref name="Y0"/>.</param>
public sealed record PageBox(int Page, double X0, double Y0, double X1, double Y1);

/// <summary>One structural element of a parsed document.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Span">Where it stands in <see cref="Document.Text"/>; never empty.</param>
/// <param name="Level">Heading level 1 to 6, list depth from 1; 0 for every other kind.</param>
/// <param name="Page">1-based page on which it begins, or <see langword="null"/> where the format has no pages.</param>
/// <param name="Box">Its place on that page, or <see langword="null"/> where the format has none.</param>
public sealed record Block(BlockKind Kind, TextSpan Span, int Level = 0, int? Page = null, PageBox? Box = null)
{
    /// <summary>What encloses it below the headings above it, from the outside in, such as <c>class Circle &gt; Area</c> of source code or <c>servers[2] &gt; tls</c> of data; <see langword="null"/> when nothing does. Default null.</summary>
    public string? Context { get; init; }
}
