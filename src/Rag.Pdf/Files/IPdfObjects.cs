namespace Rag.Pdf.Files;

/// <summary>Where references lead. Safe for concurrent use.</summary>
internal interface IPdfObjects
{
    /// <summary>The object that <paramref name="value"/> stands for: of a reference its object, of anything else itself.</summary>
    /// <returns>Never a <see cref="PdfReference"/>; <see langword="null"/> for the null object and for what is missing, damaged or refers to itself.</returns>
    PdfObject? Resolve(PdfObject? value);
}
