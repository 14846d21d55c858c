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
        var text = map.TextOf(code) ?? map.PublishedSet?.TextOf(code, length);
        return text is null ? null : SymbolFonts.TextOf(text, fontName) ?? GlyphText.Clean(text);
    }

    /// <summary>
    /// What a CMap makes of a code that leads to CIDs where it should lead to text: programs write <c>Identity-H</c> for codes that are UTF-16.
    /// A guess only, for others write it where it means nothing.
    /// </summary>
    public static string? GuessOf(CMap map, uint code, int length) =>
        code <= char.MaxValue && map.PublishedCollection is null && map.CidOf(code, length) is > 0 and var cid ? GlyphText.Clean([(char)cid]) : null;
}
