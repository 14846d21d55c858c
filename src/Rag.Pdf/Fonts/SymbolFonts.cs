namespace Rag.Pdf.Fonts;

/// <summary>Symbol fonts of Windows keep their glyphs at U+F020..U+F0FF: what these look like.</summary>
internal static class SymbolFonts
{
    /// <summary>The public character for a private one, or <see langword="null"/> where <paramref name="text"/> is none of these.</summary>
    public static string? TextOf(string text, string fontName)
    {
        if (text is not [>= '\uF020' and <= '\uF0FF' and var c])
        {
            return null;
        }

        return SimpleEncoding.BuiltInto(fontName) is { } encoding ? encoding[c - 0xF000] is > '\0' and var known ? GlyphText.Of(known) : null
            : fontName.StartsWith("Wingdings", StringComparison.OrdinalIgnoreCase) ? Wingding((byte)c)
            : c switch
            {
                '\uF0B7' => "\u2022",
                '\uF0A7' => "\u25AA",
                _ => null,
            };
    }

    /// <summary>What a code of Wingdings looks like, those that stand in running text; <see langword="null"/> for the rest.</summary>
    public static string? Wingding(byte code) => code switch
    {
        0x20 => " ",
        0x6C => "\u25CF",
        0x6D => "\u274D",
        0x6E => "\u25A0",
        0x6F or 0xA8 => "\u25A1",
        0x71 => "\u2751",
        0x72 => "\u2752",
        0x73 => "\u2B27",
        0x74 => "\u29EB",
        0x75 => "\u25C6",
        0x76 => "\u2756",
        0x77 => "\u2B25",
        0x9F or 0xB7 => "\u2022",
        0xA7 => "\u25AA",
        0xA1 => "\u25CB",
        0xD8 => "\u27A2",
        0xE0 => "\u2192",
        0xE8 => "\u2794",
        0xF0 => "\u21E8",
        0xFB => "\u2717",
        0xFC => "\u2713",
        0xFD => "\u2612",
        0xFE => "\u2611",
        >= 0x80 and <= 0x8A => GlyphText.Of((char)(code == 0x80 ? 0x24EA : 0x2460 + code - 0x81)),
        >= 0x8B and <= 0x95 => GlyphText.Of((char)(code == 0x8B ? 0x24FF : 0x2776 + code - 0x8C)),
        0xDF => "\u2190",
        0xE1 => "\u2191",
        0xE2 => "\u2193",
        0xAB => "\u2605",
        _ => null,
    };
}
