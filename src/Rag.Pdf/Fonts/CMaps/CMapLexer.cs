using System.Buffers.Text;
using System.Text;

namespace Rag.Pdf.Fonts.CMaps;

/// <summary>What a token of a CMap is.</summary>
internal enum CMapToken
{
    End,
    Hex,
    Name,
    Number,
    Operator,
    ArrayStart,
    ArrayEnd,
    Other,
}

/// <summary>Cuts a CMap, which is a PostScript program, into tokens. Never throws.</summary>
internal ref struct CMapLexer(ReadOnlySpan<byte> source, Span<byte> buffer)
{
    private readonly ReadOnlySpan<byte> _source = source;
    private readonly Span<byte> _buffer = buffer;
    private int _position;

    public CMapToken Kind { get; private set; }

    /// <summary>The characters of a name (without slash), number or operator; the bytes of a hexadecimal string, cut to the size of the buffer.</summary>
    public ReadOnlySpan<byte> Value { get; private set; }

    public readonly string Text => Encoding.Latin1.GetString(Value);

    /// <summary>The number, or 0 where it is none.</summary>
    public readonly double Number => Utf8Parser.TryParse(Value, out double number, out _) && double.IsFinite(number) ? number : 0;

    /// <summary>A hexadecimal string as a code: its last four bytes.</summary>
    public readonly uint Code
    {
        get
        {
            uint code = 0;
            foreach (var b in Value)
            {
                code = code << 8 | b;
            }

            return code;
        }
    }

    public readonly bool Is(ReadOnlySpan<byte> op) => Kind == CMapToken.Operator && Value.SequenceEqual(op);

    /// <summary>Goes to the next token; <see langword="false"/> at the end.</summary>
    public bool Next()
    {
        SkipBlanks();
        Value = default;
        if (_position >= _source.Length)
        {
            Kind = CMapToken.End;
            return false;
        }

        var start = _position++;
        Kind = _source[start] switch
        {
            (byte)'[' => CMapToken.ArrayStart,
            (byte)']' => CMapToken.ArrayEnd,
            (byte)'(' => SkipString(),
            (byte)'<' when _position < _source.Length && _source[_position] == '<' => Skip(),
            (byte)'<' => ReadHex(),
            (byte)'/' => ReadWord(_position, CMapToken.Name),
            (byte)'>' or (byte)'{' or (byte)'}' or (byte)')' => CMapToken.Other,
            (>= (byte)'0' and <= (byte)'9') or (byte)'-' or (byte)'+' or (byte)'.' => ReadWord(start, CMapToken.Number),
            _ => ReadWord(start, CMapToken.Operator),
        };
        return true;
    }

    private static bool IsBlank(byte b) => b is 0 or 9 or 10 or 12 or 13 or 32;

    private static bool IsDelimiter(byte b) => b is (byte)'(' or (byte)')' or (byte)'<' or (byte)'>' or (byte)'[' or (byte)']' or (byte)'{' or (byte)'}' or (byte)'/' or (byte)'%';

    private void SkipBlanks()
    {
        for (; _position < _source.Length; _position++)
        {
            if (_source[_position] == '%')
            {
                var end = _source[_position..].IndexOfAny((byte)'\r', (byte)'\n');
                _position = end < 0 ? _source.Length - 1 : _position + end;
            }
            else if (!IsBlank(_source[_position]))
            {
                return;
            }
        }
    }

    private CMapToken Skip()
    {
        _position++;
        return CMapToken.Other;
    }

    private CMapToken SkipString()
    {
        for (var depth = 1; depth > 0 && _position < _source.Length; _position++)
        {
            depth += _source[_position] switch
            {
                (byte)'(' => 1,
                (byte)')' => -1,
                _ => 0,
            };
            _position += _source[_position] == '\\' ? 1 : 0;
        }

        return CMapToken.Other;
    }

    private CMapToken ReadWord(int start, CMapToken kind)
    {
        while (_position < _source.Length && !IsBlank(_source[_position]) && !IsDelimiter(_source[_position]))
        {
            _position++;
        }

        Value = _source[start.._position];
        return kind;
    }

    // An odd last digit is followed by a zero that was left out (7.3.4.3).
    private CMapToken ReadHex()
    {
        var digits = 0;
        for (; _position < _source.Length && _source[_position] != '>'; _position++)
        {
            var digit = Digit(_source[_position]);
            if (digit >= 0 && digits < 2 * _buffer.Length)
            {
                _buffer[digits / 2] = (byte)(digits % 2 == 0 ? digit << 4 : _buffer[digits / 2] | digit);
                digits++;
            }
        }

        _position = Math.Min(_position + 1, _source.Length);
        Value = _buffer[..((digits + 1) / 2)];
        return CMapToken.Hex;
    }

    private static int Digit(byte b) => b switch
    {
        >= (byte)'0' and <= (byte)'9' => b - '0',
        >= (byte)'a' and <= (byte)'f' => b - 'a' + 10,
        >= (byte)'A' and <= (byte)'F' => b - 'A' + 10,
        _ => -1,
    };
}
