using Rag.Pdf.Files;

namespace Rag.Pdf.Fonts;

/// <summary>Makes a <see cref="PdfFont"/> from a font dictionary (9.5 to 9.10).</summary>
internal static class FontReader
{
    /// <summary>The font; whatever is damaged or missing is made up for, with a warning.</summary>
    /// <param name="font">The font dictionary.</param>
    /// <param name="warnings">Takes what was made up for.</param>
    public static PdfFont Read(PdfDictionary font, PdfWarnings warnings)
    {
        try
        {
            return font.Name("Subtype") == "Type0" || font.Array("DescendantFonts") is not null ? ReadComposite(font, warnings) : SimpleFontReader.Read(font, warnings);
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            warnings.Add($"A font could not be read and was taken as Helvetica: {e.Message}");
            return SimpleFontReader.Read(new(new Dictionary<string, PdfObject?>(), NoObjects.Instance), warnings);
        }
    }

    private static CompositeFont ReadComposite(PdfDictionary font, PdfWarnings warnings)
    {
        // one descendant, but some files leave out the array around it
        var descendant = font.Array("DescendantFonts") is { Count: > 0 } array ? array[0] as PdfDictionary : font.Dictionary("DescendantFonts");
        if (descendant is null)
        {
            warnings.Add("A Type0 font has no descendant; its widths are made up.");
        }

        var traits = FontTraits.Read(descendant ?? font);
        return new(traits, new(font, descendant ?? font, traits.Name, warnings));
    }

    private sealed class NoObjects : IPdfObjects
    {
        public static NoObjects Instance { get; } = new();

        public PdfObject? Resolve(PdfObject? value) => value is PdfReference ? null : value;
    }
}
