using Rag.Pdf.Files;
using Rag.Pdf.Fonts.CMaps;
using Rag.Pdf.Fonts.Programs;

namespace Rag.Pdf.Fonts;

/// <summary>From the codes of a Type0 font to glyphs: the CMap, the CIDFont below it and what is known of its characters (9.7, 9.10.2). Safe for concurrent use.</summary>
internal sealed class CompositeGlyphs
{
    // In these fonts of Windows the glyphs of ASCII stand in its order from number 3 on: all that is left to go by where they are not embedded.
    private static readonly string[] WindowsFonts = ["Arial", "TimesNewRoman", "Times New Roman", "CourierNew", "Courier New"];

    private readonly CMap? _toUnicode;
    private readonly string _fontName;
    private readonly CidWidths _widths;
    private readonly CharacterCollection? _collection;
    private readonly Lazy<CidProgram?> _program;
    private readonly bool _hasWindowsOrder;

    /// <param name="font">The Type0 font.</param>
    /// <param name="descendant">Its CIDFont.</param>
    /// <param name="fontName">Name of the font.</param>
    /// <param name="warnings">Takes what was made up for.</param>
    public CompositeGlyphs(PdfDictionary font, PdfDictionary descendant, string fontName, PdfWarnings warnings)
    {
        CMap = CMapReader.Encoding(font["Encoding"], warnings);
        _toUnicode = CMapReader.ToUnicode(font["ToUnicode"], warnings);
        _fontName = fontName;
        _widths = new(descendant);
        var system = descendant.Dictionary("CIDSystemInfo");
        _collection = CMap.PublishedCollection ?? CharacterCollection.Find($"{system?.Text("Registry")}-{system?.Text("Ordering")}");
        _program = new(() => CidProgram.Read(descendant, warnings));
        _hasWindowsOrder = descendant.Name("Subtype") == "CIDFontType2" && !FontProgram.IsIn(descendant.Dictionary("FontDescriptor"))
            && WindowsFonts.Any(f => fontName.StartsWith(f, StringComparison.OrdinalIgnoreCase));
    }

    public CMap CMap { get; }

    public int CMapBytes => CMap.Bytes + (_toUnicode?.Bytes ?? 0);

    /// <summary>The glyph of a code.</summary>
    /// <param name="code">The code.</param>
    /// <param name="length">Its length in bytes.</param>
    /// <param name="isComplete">Whether the embedded program is asked too; else the text is <see langword="null"/> where only that can tell.</param>
    public FontGlyph Make(uint code, int length, bool isComplete)
    {
        var cid = CMap.CidOf(code, length);
        var text = (_toUnicode is null ? null : ToUnicode.TextOf(_toUnicode, code, length, _fontName))
            ?? Published(code, length)
            ?? _collection?.TextOf(cid);
        // some programs give a whole phrase to its first glyph, and the others their characters all the same
        var phrase = text is { Length: > 1 } && text.Contains(' ', StringComparison.Ordinal) ? text : null;
        text = phrase is null ? text : null;
        if (text is null && isComplete)
        {
            text = _program.Value?.TextOf(cid, _fontName)
                ?? phrase
                ?? (_toUnicode is null ? null : ToUnicode.GuessOf(_toUnicode, code, length))
                ?? (_hasWindowsOrder && cid is >= 3 and <= 97 ? GlyphText.Of((char)(cid + 29)) : null)
                ?? (cid == 0 ? "" : GlyphText.Unknown);
        }

        return _widths.Of(cid, text, CMap.IsVertical, length == 1 && code == ' ');
    }

    private string? Published(uint code, int length) =>
        CMap.PublishedSet?.TextOf(code, length) is { } text ? GlyphText.Clean(text) : null;
}
