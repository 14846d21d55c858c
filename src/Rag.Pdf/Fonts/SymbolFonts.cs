namespace Rag.Pdf.Fonts;

/// <summary>Fonts of pictures. Those of Windows keep their glyphs at U+F020..U+F0FF.</summary>
internal static class SymbolFonts
{
    private static readonly string[] Families = ["dings", "Symbol", "MT Extra", "MTExtra", "Marlett", "Awesome", "Icon"];

    /// <summary>Whether a code of a font of this name never means the letter that has it elsewhere.</summary>
    public static bool IsPictorial(string fontName) => Families.Any(f => fontName.Contains(f, StringComparison.OrdinalIgnoreCase));

    /// <summary>The public character for a private one, or <see langword="null"/> where <paramref name="text"/> is none of these.</summary>
    public static string? TextOf(string text, string fontName)
    {
        if (text is not [>= '\uF020' and <= '\uF0FF' and var c])
        {
            return null;
        }

        if (SimpleEncoding.BuiltInto(fontName) is { } encoding)
        {
            return encoding[c - 0xF000] is > '\0' and var known ? GlyphText.Of(known) : null;
        }

        // the bullets of word processors: Symbol's and Wingdings', also where the name of the font is lost
        return c switch
        {
            '\uF0B7' => "\u2022",
            '\uF0A7' => "\u25AA",
            _ => null,
        };
    }
}
