namespace Rag.Pdf.Fonts.Programs;

/// <summary>An embedded font program (9.9), asked for text only where the PDF itself gives none. Safe for concurrent use.</summary>
internal interface IFontProgram
{
    /// <summary>What a one-byte code means by the encoding built into the program, or <see langword="null"/>.</summary>
    string? TextOfCode(byte code);

    /// <summary>What the glyph of this index means, or <see langword="null"/>.</summary>
    string? TextOfGlyph(int glyph);

    /// <summary>The index of the glyph for a CID where the font has no <c>CIDToGIDMap</c>.</summary>
    int GlyphOfCid(int cid);
}
