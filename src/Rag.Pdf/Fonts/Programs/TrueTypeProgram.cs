using System.Text;

namespace Rag.Pdf.Fonts.Programs;

/// <summary>A TrueType or OpenType program: what its <c>cmap</c> and <c>post</c> tables tell of glyphs (OpenType specification).</summary>
internal sealed class TrueTypeProgram : IFontProgram
{
    private const int MaxTables = 256;

    private readonly Dictionary<uint, FontBytes> _tables = [];
    private readonly Dictionary<int, string> _texts = [];
    private readonly Dictionary<int, int> _symbols = [];
    private readonly Dictionary<int, int> _macintosh = [];
    private readonly Lazy<string[]> _names;
    private readonly Lazy<CffProgram?> _cff;
    private readonly bool _isNaturallyEncoded;

    public TrueTypeProgram(FontBytes file)
    {
        ReadTables(file);
        ReadMaps();
        _names = new(() => PostNames.Read(Table("post"u8)));
        _cff = new(() => Table("CFF "u8) is { Length: > 0 } table ? CffProgram.Read(table) : null);
        _isNaturallyEncoded = NaturalCodes.AreIn(_symbols.Keys.Select(c => c & 255)) || NaturalCodes.AreIn(_macintosh.Keys);
    }

    public string? TextOfCode(byte code)
    {
        var glyph = GlyphOf(code);
        return glyph == 0 ? null
            : TextOfGlyph(glyph) ?? (_isNaturallyEncoded && SimpleEncoding.WinAnsi[code] is > '\0' and var c ? GlyphText.Clean([c]) : null);
    }

    public string? TextOfGlyph(int glyph)
    {
        if (_texts.TryGetValue(glyph, out var text))
        {
            return text;
        }

        return glyph > 0 && glyph < _names.Value.Length ? GlyphNames.TextOf(_names.Value[glyph]) : _cff.Value?.TextOfGlyph(glyph);
    }

    public int GlyphOfCid(int cid) => _cff.Value?.GlyphOfCid(cid) ?? cid;

    // 9.6.5.4: symbolic fonts take the (3, 0) map at U+F000 or plainly, or the (1, 0) map.
    private int GlyphOf(byte code)
    {
        foreach (var high in (int[])[0xF000, 0, 0xF100, 0xF200])
        {
            if (_symbols.TryGetValue(high + code, out var glyph))
            {
                return glyph;
            }
        }

        return _macintosh.GetValueOrDefault(code);
    }

    private FontBytes Table(ReadOnlySpan<byte> tag) => _tables.GetValueOrDefault((uint)(tag[0] << 24 | tag[1] << 16 | tag[2] << 8 | tag[3]), new(default));

    private void ReadTables(FontBytes file)
    {
        // a collection: its first font
        var start = file.U32(0) == 0x74746366 ? file.U32(12) : 0;
        var count = Math.Min(file.U16(start + 4), MaxTables);
        for (var i = 0; i < count; i++)
        {
            var entry = start + 12 + 16L * i;
            _tables.TryAdd(file.U32(entry), file.Slice(file.U32(entry + 8), file.U32(entry + 12)));
        }
    }

    private void ReadMaps()
    {
        var cmap = Table("cmap"u8);
        var count = Math.Min(cmap.U16(2), MaxTables);
        for (var i = 0; i < count; i++)
        {
            var entry = 4 + 8L * i;
            var map = cmap.Slice(cmap.U32(entry + 4));
            switch (cmap.U16(entry), cmap.U16(entry + 2))
            {
                case (3, 0):
                    GlyphMap.Read(map, (code, glyph) => _symbols.TryAdd(code, glyph));
                    break;
                case (1, 0):
                    GlyphMap.Read(map, (code, glyph) => _macintosh.TryAdd(code, glyph));
                    break;
                case (3, 1 or 10) or (0, _):
                    GlyphMap.Read(map, AddText);
                    break;
            }
        }
    }

    // Of several characters with the same glyph the lowest is the one meant as a rule: a blank, not a no-break space.
    private void AddText(int code, int glyph)
    {
        if (Rune.IsValid(code) && GlyphText.Clean(new Rune(code).ToString()) is { } text
            && (!_texts.TryGetValue(glyph, out var other) || string.CompareOrdinal(text, other) < 0))
        {
            _texts[glyph] = text;
        }
    }
}
