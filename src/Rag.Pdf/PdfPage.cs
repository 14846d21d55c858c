namespace Rag.Pdf;

/// <summary>The text of one page, in order of reading, and where each word of it stands. Immutable, safe for concurrent use.</summary>
/// <param name="Number">1-based.</param>
/// <param name="Label">The number that is printed on it as the file says, such as <c>iv</c>; else <paramref name="Number"/> in digits.</param>
/// <param name="Width">Width as displayed, in points.</param>
/// <param name="Height">Height as displayed, in points.</param>
/// <param name="Text">Blocks parted by blank lines, items of a list by line breaks; without running heads and hidden text, as <see cref="PdfOptions"/> say.</param>
/// <param name="Blocks">In order, not overlapping; they cover all of <paramref name="Text"/> but white space.</param>
/// <param name="Words">By <see cref="PdfWord.Start"/>, not overlapping; they cover all of <paramref name="Text"/> but white space and the marks of tables.</param>
public sealed record PdfPage(int Number, string Label, double Width, double Height, string Text, IReadOnlyList<PdfBlock> Blocks, IReadOnlyList<PdfWord> Words)
{
    /// <summary>Whether the page shows an image and no text: a scan, which needs optical character recognition to be read.</summary>
    public bool IsScanned { get; init; }

    /// <summary>Whether the first block goes on with the last paragraph of the page before.</summary>
    public bool ContinuesParagraph { get; init; }
}
