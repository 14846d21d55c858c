using Rag.Pdf.Files;

namespace Rag.Pdf.Fonts;

/// <summary>Makes a <see cref="PdfFont"/> from a font dictionary (9.5 to 9.10).</summary>
internal static class FontReader
{
    /// <summary>The font; whatever is damaged or missing is made up for, with a warning.</summary>
    /// <param name="font">The font dictionary.</param>
    /// <param name="warnings">Takes what was made up for.</param>
    public static PdfFont Read(PdfDictionary font, PdfWarnings warnings) => throw new NotSupportedException($"{font.Name("Subtype")} fonts are not read yet.");
}
