using System.Text;

namespace Rag.Pdf.Fonts.Programs;

/// <summary>A Compact Font Format program (Adobe technical note 5176): the names of its glyphs, its encoding and, where it is made for a CIDFont, its CIDs.</summary>
internal sealed class CffProgram : IFontProgram
{
    private readonly FontBytes _file;
    private readonly int _glyphCount;
    private readonly bool _isCid;
    private readonly CffIndex _strings;
    private readonly int[] _charset;
    private readonly string[]? _charsetNames;
    private readonly string?[] _codes = new string?[256];
    private readonly Dictionary<int, int> _glyphOfCid = [];

    private CffProgram(FontBytes file, CffIndex dictionaries, CffIndex strings)
    {
        _file = file;
        _strings = strings;
        var top = CffDictionary.Read(dictionaries[0]);
        _isCid = top.ContainsKey(CffDictionary.Ros);
        _glyphCount = Math.Min(new CffIndex(file, top.GetValueOrDefault(CffDictionary.CharStrings, file.Length)).Count, 65535);
        var charset = top.GetValueOrDefault(CffDictionary.Charset);
        _charsetNames = _isCid ? null : charset switch
        {
            0 => CffNames.Strings,
            1 => CffNames.ExpertCharset,
            2 => CffNames.ExpertSubsetCharset,
            _ => null,
        };
        _charset = _charsetNames is null ? ReadCharset((long)charset) : [];
        if (_isCid)
        {
            for (var glyph = 0; glyph < _charset.Length; glyph++)
            {
                _glyphOfCid.TryAdd(_charset[glyph], glyph);
            }
        }
        else
        {
            ReadEncoding((long)top.GetValueOrDefault(CffDictionary.Encoding));
        }
    }

    /// <summary>The program, or <see langword="null"/> where it has no top dictionary.</summary>
    public static CffProgram? Read(FontBytes file)
    {
        var names = new CffIndex(file, file.U8(2));
        var dictionaries = new CffIndex(file, names.End);
        return dictionaries.Count == 0 ? null : new(file, dictionaries, new(file, dictionaries.End));
    }

    public string? TextOfCode(byte code) => _codes[code] is { } name ? GlyphNames.TextOf(name) : null;

    public string? TextOfGlyph(int glyph) => NameOf(glyph) is { } name ? GlyphNames.TextOf(name) : null;

    // 9.7.4.2: a program that is not made for CIDs takes them as glyph indices.
    public int GlyphOfCid(int cid) => _isCid ? _glyphOfCid.GetValueOrDefault(cid) : cid;

    private string? NameOf(int glyph)
    {
        if (_isCid || glyph <= 0 || glyph >= _glyphCount)
        {
            return null;
        }

        return _charsetNames is not null ? glyph < _charsetNames.Length ? _charsetNames[glyph] : null
            : glyph < _charset.Length ? String(_charset[glyph]) : null;
    }

    private string? String(int id)
    {
        var standard = CffNames.Strings;
        return id < standard.Length ? standard[id] : id - standard.Length < _strings.Count ? Encoding.Latin1.GetString(_strings[id - standard.Length].Slice(0, 128).Span) : null;
    }

    // String identifiers, or CIDs, by glyph.
    private int[] ReadCharset(long offset)
    {
        var charset = new int[_glyphCount];
        var format = _file.U8(offset++);
        var glyph = 1;
        while (glyph < charset.Length && offset < _file.Length && format <= 2)
        {
            var first = _file.U16(offset);
            var left = format == 0 ? 0 : format == 1 ? _file.U8(offset + 2) : _file.U16(offset + 2);
            offset += 2 + format;
            for (var i = 0; i <= left && glyph < charset.Length; i++)
            {
                charset[glyph++] = first + i;
            }
        }

        return charset;
    }

    private void ReadEncoding(long offset)
    {
        if (offset <= 1)
        {
            for (var code = 0; code < 256; code++)
            {
                _codes[code] = offset == 0 ? StandardName(code) : CffNames.ExpertEncoding[code];
            }

            return;
        }

        var (format, count) = (_file.U8(offset), _file.U8(offset + 1));
        offset += 2;
        var glyph = 1;
        for (var i = 0; i < count; i++)
        {
            var (first, left) = (_file.U8(offset), (format & 127) == 0 ? 0 : _file.U8(offset + 1));
            offset += (format & 127) == 0 ? 1 : 2;
            for (var code = first; code <= first + left && code < 256; code++)
            {
                _codes[code] = NameOf(glyph++);
            }
        }

        // glyphs that have a second code
        for (var i = 0; (format & 128) != 0 && i < _file.U8(offset); i++)
        {
            _codes[_file.U8(offset + 1 + 3L * i)] = String(_file.U16(offset + 2 + 3L * i));
        }
    }

    // The standard strings begin with the glyphs of StandardEncoding in the order of its codes.
    private static string? StandardName(int code)
    {
        var encoding = SimpleEncoding.Standard;
        return encoding[code] == 0 ? null : CffNames.Strings[1 + encoding.Take(code).Count(c => c != 0)];
    }
}
