using Rag.Pdf.Fonts.CMaps;

namespace Rag.Pdf.Fonts;

/// <summary>What a <c>ToUnicode</c> CMap (9.10.3) makes of a code.</summary>
internal static class ToUnicode
{
    /// <summary>The text of a code, or <see langword="null"/> where the CMap does not say or says what means nothing.</summary>
    /// <param name="map">The CMap.</param>
    /// <param name="code">The code.</param>
    /// <param name="length">Its length in bytes.</param>
    /// <param name="fontName">Name of the font: in symbol fonts private use characters mean something.</param>
    public static string? TextOf(CMap map, uint code, int length, string fontName)
    {
        var text = map.TextOf(code);
        if (text is null)
        {
            // the name of a predefined CMap instead of a stream: its character set, or the code as UTF-16
            text = map.PublishedSet is { } set ? set.TextOf(code, length)
                : map.IsIdentity && code <= char.MaxValue ? GlyphText.Of((char)code)
                : null;
        }

        return text is null ? null : SymbolFonts.TextOf(text, fontName) ?? GlyphText.Clean(text);
    }
}
