using Rag.Pdf.Files;

namespace Rag.Pdf.Fonts;

/// <summary>The advance widths of a simple font (9.6.2.1, 9.6.4), in text space.</summary>
internal sealed class SimpleWidths
{
    private readonly float?[] _widths = new float?[256];
    private float? _missing;
    private StandardWidths? _standard;
    private FontTraits? _fit;

    private SimpleWidths()
    {
    }

    /// <summary>Reads them.</summary>
    /// <param name="font">The font dictionary.</param>
    /// <param name="traits">What is known of the font: where it gives no widths, a standard font like it does.</param>
    public static SimpleWidths Read(PdfDictionary font, FontTraits traits)
    {
        var widths = new SimpleWidths();
        var isType3 = font.Name("Subtype") == "Type3";
        var unit = isType3 ? widths.ReadMatrix(font, traits) : 0.001;
        var (array, first) = (font.Array("Widths"), font.Integer("FirstChar") ?? 0);
        for (var i = Math.Max(0, -(long)first); i < array?.Count && first + i < 256; i++)
        {
            widths._widths[first + i] = Sane(array.Number((int)i) * unit);
        }

        var descriptor = font.Dictionary("FontDescriptor");
        var hasWidths = widths._widths.Any(w => w is not null and not 0);
        widths._missing = isType3 ? 0 : Sane(descriptor?.Number("MissingWidth") * unit) is > 0 and var missing ? missing : hasWidths && descriptor is not null ? 0 : null;
        if (!hasWidths)
        {
            Array.Clear(widths._widths);
        }

        widths._standard = StandardWidths.Like(traits);
        return widths;
    }

    public float Of(int code, string? text) => _widths[code] ?? _missing ?? StandardWidths.Of(_standard, text ?? "");

    /// <summary>The traits with the heights of a Type3 font's own space.</summary>
    public FontTraits Fit(FontTraits traits) => _fit ?? traits;

    private static float? Sane(double? width) => width is { } w && Math.Abs(w) < 100 ? (float)w : null;

    // Type3 fonts have a space of their own: their matrix leads from it to text space.
    private double ReadMatrix(PdfDictionary font, FontTraits traits)
    {
        var matrix = font.Array("FontMatrix")?.Numbers(6);
        if (matrix is null || matrix[0] == 0 && matrix[1] == 0)
        {
            return 0.001;
        }

        if (font.Array("FontBBox")?.Numbers(4) is { } box && matrix[3] != 0)
        {
            var (top, bottom) = (Math.Max(box[1] * matrix[3], box[3] * matrix[3]), Math.Min(box[1] * matrix[3], box[3] * matrix[3]));
            // or a font made for size 1, as dvips does, with letters of 30 units
            if ((top is >= 0.3 and <= 1.5 && bottom is >= -0.8 and <= 0.1) || (top - bottom is > 3 and < 1000 && top > 0))
            {
                _fit = traits with { Ascent = (float)top, Descent = (float)Math.Min(bottom, 0) };
            }
        }

        return matrix[0] != 0 ? matrix[0] : matrix[1];
    }
}
