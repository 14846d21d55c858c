using Rag.Pdf.Files;

namespace Rag.Pdf.Fonts.Programs;

/// <summary>The program embedded in a CIDFont, with the map to its glyphs (9.7.4.2).</summary>
internal sealed class CidProgram
{
    private readonly IFontProgram _program;
    private readonly byte[]? _glyphs;

    private readonly PdfWarnings _warnings;

    private CidProgram(IFontProgram program, byte[]? glyphs, PdfWarnings warnings) => (_program, _glyphs, _warnings) = (program, glyphs, warnings);

    /// <summary>The program, or <see langword="null"/> where there is none that can be read.</summary>
    public static CidProgram? Read(PdfDictionary font, PdfWarnings warnings)
    {
        if (FontProgram.Read(font.Dictionary("FontDescriptor"), warnings) is not { } program)
        {
            return null;
        }

        try
        {
            using var bytes = font.Stream("CIDToGIDMap")?.Decode();
            return new(program, bytes?.Span.ToArray(), warnings);
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            warnings.Add($"A font's CIDToGIDMap could not be read: {e.Message}");
            return new(program, null, warnings);
        }
    }

    /// <summary>What the glyph of a CID means, or <see langword="null"/>.</summary>
    public string? TextOf(int cid, string fontName)
    {
        var glyph = _glyphs is null ? _program.GlyphOfCid(cid)
            : 2 * cid + 1 < _glyphs.Length ? _glyphs[2 * cid] << 8 | _glyphs[2 * cid + 1]
            : 0;
        try
        {
            return glyph == 0 ? null : _program.TextOfGlyph(glyph) is { } text ? SymbolFonts.TextOf(text, fontName) ?? GlyphText.Clean(text) : null;
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            _warnings.Add($"The program of the font '{fontName}' is damaged and was not used: {e.Message}");
            return null;
        }
    }
}
