using Rag.Pdf.Files;

namespace Rag.Pdf.Fonts.Programs;

/// <summary>Finds and opens the program embedded in a font.</summary>
internal static class FontProgram
{
    /// <summary>Whether a descriptor embeds one.</summary>
    public static bool IsIn(PdfDictionary? descriptor) => Stream(descriptor) is not null;

    /// <summary>The program, or <see langword="null"/> where there is none that can be read.</summary>
    public static IFontProgram? Read(PdfDictionary? descriptor, PdfWarnings warnings)
    {
        _ = warnings;
        _ = descriptor;
        return null;
    }

    private static PdfStream? Stream(PdfDictionary? descriptor) => descriptor?.Stream("FontFile2") ?? descriptor?.Stream("FontFile3") ?? descriptor?.Stream("FontFile");
}
