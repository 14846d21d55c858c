using System.Text;

namespace Rag.Pdf.Fonts.CMaps;

/// <summary>Reads CMap programs (9.7.5.4, 9.10.3; Adobe technical note 5014) by their operators; what is not well-formed is passed over token by token.</summary>
internal ref struct CMapParser
{
    // Enough for every code of two bytes, each with its text, and for its text being long.
    private const int MaxRanges = 70_000;
    private const int MaxBytes = 4 << 20;

    private readonly Func<string, CMap?> _find;
    private readonly List<CodeSpace.Range> _space = [];
    private readonly List<CodeRanges<int>.Range> _cids = [];
    private readonly List<CodeRanges<string>.Range> _texts = [];
    private CMapLexer _lexer;
    private CMap? _parent;
    private bool? _isVertical;

    private CMapParser(ReadOnlySpan<byte> source, Span<byte> buffer, CMap? parent, Func<string, CMap?> find)
    {
        _lexer = new(source, buffer);
        _parent = parent;
        _find = find;
    }

    /// <summary>Reads a CMap.</summary>
    /// <param name="source">The program.</param>
    /// <param name="parent">The CMap that its stream says it uses.</param>
    /// <param name="find">Where names lead that the program says it uses.</param>
    public static CMap Parse(ReadOnlySpan<byte> source, CMap? parent, Func<string, CMap?> find) =>
        new CMapParser(source[..Math.Min(source.Length, MaxBytes)], stackalloc byte[512], parent, find).Read(source.Length);

    private CMap Read(int bytes)
    {
        var name = "";
        while (_lexer.Next())
        {
            if (_lexer.Kind == CMapToken.Name)
            {
                name = _lexer.Text;
            }
            else if (_lexer.Kind == CMapToken.Number && name == "WMode")
            {
                _isVertical = _lexer.Number == 1;
                name = "";
            }
            else if (_lexer.Kind == CMapToken.Operator)
            {
                Run(name);
            }
        }

        return new()
        {
            Space = _space.Count == 0 && _parent is not null ? _parent.Space : new(_space),
            Bytes = Math.Min(bytes, MaxBytes),
            IsVertical = _isVertical ?? _parent?.IsVertical ?? false,
            Cids = _cids.Count > 0 ? new(_cids) : null,
            Texts = _texts.Count > 0 ? new(_texts) : null,
            Parent = _parent,
        };
    }

    private void Run(string name)
    {
        // each reads up to the operator that ends its section, which may be the beginning of another
        while (true)
        {
            if (_lexer.Is("usecmap"u8))
            {
                _parent = _find(name) ?? _parent;
            }
            else if (_lexer.Is("begincodespacerange"u8))
            {
                ReadSpace();
                continue;
            }
            else if (_lexer.Is("begincidrange"u8) || _lexer.Is("begincidchar"u8))
            {
                ReadCids(_lexer.Is("begincidrange"u8));
                continue;
            }
            else if (_lexer.Is("beginbfrange"u8) || _lexer.Is("beginbfchar"u8))
            {
                ReadTexts(_lexer.Is("beginbfrange"u8));
                continue;
            }

            return;
        }
    }

    private void ReadSpace()
    {
        while (NextCode(out var low, out var length))
        {
            if (!NextHex())
            {
                return;
            }

            if (length is >= 1 and <= 4 && _space.Count < 1000)
            {
                _space.Add(new(length, low, _lexer.Code));
            }
        }
    }

    private void ReadCids(bool isRange)
    {
        while (NextCode(out var low, out var length))
        {
            var high = low;
            if (isRange)
            {
                if (!NextHex())
                {
                    return;
                }

                high = _lexer.Code;
            }

            if (!_lexer.Next() || _lexer.Kind == CMapToken.Operator)
            {
                return;
            }

            if (_lexer.Kind == CMapToken.Number && _lexer.Number is >= 0 and <= 65535 && _cids.Count < MaxRanges)
            {
                _cids.Add(new(CMap.Key(low, length), CMap.Key(high, length), (int)_lexer.Number));
            }
        }
    }

    private void ReadTexts(bool isRange)
    {
        while (NextCode(out var low, out _))
        {
            var high = low;
            if (isRange)
            {
                if (!NextHex())
                {
                    return;
                }

                high = _lexer.Code;
            }

            if (!_lexer.Next() || _lexer.Kind == CMapToken.Operator)
            {
                return;
            }

            if (_lexer.Kind != CMapToken.ArrayStart)
            {
                AddText(low, high);
                continue;
            }

            for (var code = low; _lexer.Next() && _lexer.Kind is not (CMapToken.ArrayEnd or CMapToken.Operator); code++)
            {
                if (code >= low && code <= high)
                {
                    AddText(code, code);
                }
            }
        }
    }

    // Text is UTF-16 or, as some write it, the name of a glyph.
    private readonly void AddText(uint low, uint high)
    {
        var text = _lexer.Kind switch
        {
            CMapToken.Hex => Utf16(_lexer.Value),
            CMapToken.Name => GlyphNames.TextOf(_lexer.Text),
            _ => null,
        };
        if (text is not null && _texts.Count < MaxRanges)
        {
            _texts.Add(new(low, high, text));
        }
    }

    // One byte alone is a character; the odd last byte of several is no part of one.
    private static string Utf16(ReadOnlySpan<byte> bytes) =>
        bytes.Length == 1 ? GlyphText.Of((char)bytes[0]) : Encoding.BigEndianUnicode.GetString(bytes[..(bytes.Length & ~1)]);

    // The next hexadecimal string before the end of the section, other tokens left out.
    private bool NextCode(out uint code, out int length)
    {
        while (_lexer.Next() && _lexer.Kind != CMapToken.Operator)
        {
            if (_lexer.Kind == CMapToken.Hex)
            {
                (code, length) = (_lexer.Code, _lexer.Value.Length);
                return true;
            }
        }

        (code, length) = (0, 0);
        return false;
    }

    private bool NextHex() => _lexer.Next() && _lexer.Kind == CMapToken.Hex;
}
