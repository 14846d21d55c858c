using System.Globalization;

namespace Rag.Pdf.Fonts;

/// <summary>Advance widths of the 14 standard fonts (9.6.2.2), in thousandths of the font size, by character: also what stands in for a font that has neither widths nor a program.</summary>
internal sealed class StandardWidths
{
    private static readonly Lazy<Dictionary<string, StandardWidths>> Fonts = new(ReadFonts);

    private readonly Dictionary<char, int> _widths = [];

    /// <summary>Those of the standard font that is, or is most like, the one described.</summary>
    public static StandardWidths? Like(FontTraits font)
    {
        if (font.IsFixedPitch || Has("Courier"))
        {
            return null;
        }

        var name = Has("Symbol") ? "Symbol"
            : Has("Dingbats") ? "ZapfDingbats"
            : font.IsSerif || Has("Times") ? (font.IsBold, font.IsItalic) switch
            {
                (true, true) => "Times-BoldItalic",
                (true, false) => "Times-Bold",
                (false, true) => "Times-Italic",
                _ => "Times-Roman",
            }
            : font.IsBold ? "Helvetica-Bold" : "Helvetica";
        return Fonts.Value[name];

        bool Has(string part) => font.Name.Contains(part, StringComparison.OrdinalIgnoreCase);
    }

    /// <summary>The width of a glyph's first character in a font like <paramref name="widths"/>; of Courier where that is <see langword="null"/>.</summary>
    public static float Of(StandardWidths? widths, string text) =>
        widths is null ? 0.6f : text.Length == 0 ? 0 : text.Sum(c => widths.Of(c)) / 1000f;

    private int Of(char c) => c switch
    {
        '\u00A0' => _widths.GetValueOrDefault(' ', 278),
        '\u00AD' => _widths.GetValueOrDefault('-', 333),
        _ => _widths.GetValueOrDefault(c, 500),
    };

    // A font's name alone on a line, then one glyph a line: its character, its width.
    private static Dictionary<string, StandardWidths> ReadFonts()
    {
        var fonts = new Dictionary<string, StandardWidths>(StringComparer.Ordinal);
        StandardWidths? font = null;
        foreach (var line in FontResource.Text("StandardWidths").AsSpan().EnumerateLines())
        {
            if (line.Length > 1 && font is not null && int.TryParse(line[1..], NumberStyles.None, CultureInfo.InvariantCulture, out var width))
            {
                font._widths[line[0]] = width;
            }
            else if (line.Length > 1)
            {
                fonts[line.ToString()] = font = new();
            }
        }

        return fonts;
    }
}
