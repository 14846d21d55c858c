using Rag.Pdf.Files;
using Rag.Pdf.Fonts;

namespace Rag.Pdf.Content;

/// <summary>What the names in a content stream stand for (7.8.3). What a form's own resources lack is looked up in those around it, as readers do.</summary>
internal sealed class Resources(PdfDictionary? dictionary, Resources? around, FontCache fonts)
{
    private readonly Dictionary<string, PdfFont> _fonts = new(StringComparer.Ordinal);
    private readonly Dictionary<string, ColorSpace> _spaces = new(StringComparer.Ordinal);
    private readonly Dictionary<string, PdfDictionary?> _categories = new(StringComparer.Ordinal);

    /// <summary>The value of a name in a category as it is written, perhaps a reference, and what it leads to.</summary>
    public PdfObject? Find(string category, string name, out PdfObject? written)
    {
        if (!_categories.TryGetValue(category, out var names))
        {
            _categories[category] = names = dictionary?.Dictionary(category);
        }

        if (names?[name] is { } found)
        {
            written = names.Raw(name);
            return found;
        }

        written = null;
        return around?.Find(category, name, out written);
    }

    public PdfFont Font(string name)
    {
        if (!_fonts.TryGetValue(name, out var font))
        {
            var found = Find("Font", name, out var written) as PdfDictionary;
            _fonts[name] = font = fonts.Get(written, found);
        }

        return font;
    }

    public PdfFont Font(PdfObject? written, PdfDictionary? found) => fonts.Get(written, found);

    public ColorSpace ColorSpace(string name)
    {
        if (!_spaces.TryGetValue(name, out var space))
        {
            _spaces[name] = space = Content.ColorSpace.Named(name) ?? Content.ColorSpace.Read(Find("ColorSpace", name, out _));
        }

        return space;
    }
}
