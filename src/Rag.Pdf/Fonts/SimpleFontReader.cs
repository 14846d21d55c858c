using Rag.Pdf.Files;
using Rag.Pdf.Fonts.CMaps;
using Rag.Pdf.Fonts.Programs;

namespace Rag.Pdf.Fonts;

/// <summary>Reads a simple font: Type1, MMType1, TrueType or Type3 (9.6).</summary>
internal sealed class SimpleFontReader
{
    private readonly PdfDictionary _font;
    private readonly PdfWarnings _warnings;
    private readonly FontTraits _traits;
    private readonly CMap? _toUnicode;
    private readonly string?[] _names = new string?[256];
    private readonly string? _encoding;
    private readonly bool _isEmbedded;
    private readonly SimpleWidths _widths;

    private SimpleFontReader(PdfDictionary font, PdfWarnings warnings)
    {
        _font = font;
        _warnings = warnings;
        _traits = FontTraits.Read(font);
        _toUnicode = CMapReader.ToUnicode(font["ToUnicode"], warnings);
        _isEmbedded = FontProgram.IsIn(font.Dictionary("FontDescriptor"));
        _encoding = ReadEncoding();
        _widths = SimpleWidths.Read(font, _traits);
    }

    public static PdfFont Read(PdfDictionary font, PdfWarnings warnings)
    {
        var reader = new SimpleFontReader(font, warnings);
        return new SimpleFont(reader._widths.Fit(reader._traits), reader.Glyphs(reader.FirstText), reader.Complete) { CMapBytes = reader._toUnicode?.Bytes ?? 0 };
    }

    // 9.6.5: the base encoding, and the names that differ from it.
    private string? ReadEncoding()
    {
        var entry = _font["Encoding"];
        var dictionary = entry as PdfDictionary;
        var differences = dictionary?.Array("Differences");
        var code = 0;
        for (var i = 0; i < differences?.Count; i++)
        {
            switch (differences[i])
            {
                case PdfNumber number:
                    code = number.Value is >= 0 and < 256 ? (int)number.Value : 256;
                    break;
                case PdfName name when code < 256:
                    _names[code++] = name.Value;
                    break;
            }
        }

        var builtIn = SimpleEncoding.BuiltInto(_traits.Name);
        var named = SimpleEncoding.Named((entry as PdfName)?.Value ?? dictionary?.Name("BaseEncoding"));
        return builtIn is not null && (named is null || !_isEmbedded || named == SimpleEncoding.Standard || builtIn == SimpleEncoding.Wingdings) ? builtIn : named;
    }

    private FontGlyph[] Glyphs(Func<byte, string?> textOf)
    {
        var glyphs = new FontGlyph[256];
        for (var code = 0; code < 256; code++)
        {
            var text = textOf((byte)code);
            glyphs[code] = new(text!, _widths.Of(code, text)) { IsWordSpace = code == ' ' };
        }

        return glyphs;
    }

    // null where only the program, or failing that a guess, can tell
    private string? FirstText(byte code) =>
        (_toUnicode is null ? null : ToUnicode.TextOf(_toUnicode, code, 1, _traits.Name))
        ?? (_names[code] is { } name ? GlyphNames.TextOf(name, SimpleEncoding.BuiltInto(_traits.Name) == SimpleEncoding.ZapfDingbats) : Encoded(_encoding, code));

    private FontGlyph[] Complete()
    {
        var program = FontProgram.Read(_font.Dictionary("FontDescriptor"), _warnings);
        try
        {
            return Glyphs(code => FirstText(code) ?? Guess(code, program));
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            _warnings.Add($"The program of the font '{_traits.Name}' is damaged and was not used: {e.Message}");
            return Glyphs(code => FirstText(code) ?? Guess(code, null));
        }
    }

    private string Guess(byte code, IFontProgram? program)
    {
        if (_names[code] is { } name)
        {
            return FromMeaninglessName(name, code, program) ?? FromCode(name, code) ?? (name == ".notdef" ? "" : GlyphText.Unknown);
        }

        if (SymbolFonts.IsPictorial(_traits.Name))
        {
            return GlyphText.Unknown;
        }

        var fallback = _font.Name("Subtype") == "TrueType" ? SimpleEncoding.WinAnsi : SimpleEncoding.Standard;
        return program?.TextOfCode(code)
            ?? (_traits.IsSymbolic && _isEmbedded ? null : Encoded(_encoding ?? fallback, code) ?? GlyphText.Clean([(char)code]))
            ?? (code < ' ' && !_isEmbedded ? "" : GlyphText.Unknown);
    }

    // Names such as g12, which number the glyphs of the program, or such as a65 and G41, which repeat the code.
    private static string? FromMeaninglessName(string name, byte code, IFontProgram? program)
    {
        if (GlyphNames.NumberIn(name) is { } number)
        {
            if (program?.TextOfGlyph(number) is { } text)
            {
                return text;
            }

            if (number == code && code is (> 32 and < 127) or >= 192)
            {
                return GlyphText.Of((char)code); // TeX's bitmap fonts: its T1 encoding has the accented letters where Latin-1 has them
            }
        }

        return GlyphNames.NumberIn(name, isHexadecimal: true) == code && code is > 32 and < 127 ? GlyphText.Of((char)code) : null;
    }

    // The glyphs of Type3 fonts are often called anything; their codes may still be those of text.
    private string? FromCode(string name, byte code) =>
        name != ".notdef" && code is > 32 and < 127 && _font.Name("Subtype") == "Type3" && NaturalCodes.AreIn(Enumerable.Range(0, 256).Where(c => _names[c] is not null and not ".notdef"))
            ? GlyphText.Of((char)code) : null;

    private static string? Encoded(string? encoding, byte code) => encoding is null || encoding[code] == 0 ? null : GlyphText.Clean([encoding[code]]);
}
