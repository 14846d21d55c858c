namespace Rag.Pdf.Files;

/// <summary>The file layer: from bytes to objects (7.5). Safe for concurrent use.</summary>
#pragma warning disable CA1822 // not written yet
internal sealed class PdfFile : IPdfObjects
{
    /// <summary>Opens a file.</summary>
    /// <param name="bytes">The whole file; kept, not copied.</param>
    /// <param name="options">Password and limits.</param>
    /// <param name="warnings">Takes what was repaired.</param>
    /// <exception cref="PdfException">Not a PDF, no pages to be found even by scanning, or a password is needed.</exception>
    public static PdfFile Open(ReadOnlyMemory<byte> bytes, PdfOptions options, PdfWarnings warnings) => throw new NotSupportedException("Files are not opened yet.");

    /// <summary>The document catalogue (7.7.2), with a <c>Pages</c> entry.</summary>
    public PdfDictionary Catalog => throw new NotSupportedException("Files are not opened yet.");

    /// <summary>The document information dictionary (14.3.3).</summary>
    public PdfDictionary? Information => throw new NotSupportedException("Files are not opened yet.");

    public PdfObject? Resolve(PdfObject? value) => value;
}
