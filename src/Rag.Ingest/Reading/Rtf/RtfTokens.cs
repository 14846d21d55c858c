using System.Buffers;

namespace Rag.Ingest.Reading.Rtf;

/// <summary>What a token of RTF is.</summary>
internal enum RtfKind
{
    /// <summary>Nothing is left.</summary>
    End,

    /// <summary><c>{</c></summary>
    Open,

    /// <summary><c>}</c></summary>
    Close,

    /// <summary>A control word such as <c>\par</c>, or a control symbol such as <c>\~</c>.</summary>
    Control,

    /// <summary>Bytes of text.</summary>
    Text,

    /// <summary>One byte of text, written as <c>\'hh</c>.</summary>
    Byte,
}

/// <summary>Cuts RTF into tokens (Rich Text Format Specification 1.9.1); nothing that it may meet is an error.</summary>
internal ref struct RtfTokens(ReadOnlySpan<byte> source)
{
    private const int MaxWord = 32;

    private static readonly SearchValues<byte> _ends = SearchValues.Create("{}\\\r\n\0"u8);

    private ReadOnlySpan<byte> _rest = source;

    public RtfKind Kind { get; private set; }

    /// <summary>The control word or symbol.</summary>
    public ReadOnlySpan<byte> Word { get; private set; }

    /// <summary>The number behind a control word; <see langword="null"/> for none.</summary>
    public int? Number { get; private set; }

    /// <summary>The bytes of text.</summary>
    public ReadOnlySpan<byte> Text { get; private set; }

    /// <summary>Takes the next token.</summary>
    public bool Next()
    {
        _rest = _rest.TrimStart("\r\n\0"u8);
        Kind = _rest.IsEmpty ? RtfKind.End : _rest[0] switch { (byte)'{' => RtfKind.Open, (byte)'}' => RtfKind.Close, (byte)'\\' => RtfKind.Control, _ => RtfKind.Text };
        switch (Kind)
        {
            case RtfKind.End:
                return false;
            case RtfKind.Text:
                var end = _rest.IndexOfAny(_ends);
                Text = end < 0 ? _rest : _rest[..end];
                _rest = _rest[Text.Length..];
                return true;
            case RtfKind.Control:
                Control();
                return true;
            default:
                _rest = _rest[1..];
                return true;
        }
    }

    private void Control()
    {
        _rest = _rest[1..];
        Number = null;
        var length = 0;
        while (length < Math.Min(_rest.Length, MaxWord) && char.IsAsciiLetter((char)_rest[length]))
        {
            length++;
        }

        if (length == 0)
        {
            Symbol();
            return;
        }

        Word = _rest[..length];
        var digits = length < _rest.Length && _rest[length] == '-' ? length + 1 : length;
        var (at, number) = (digits, 0L);
        for (; at < _rest.Length && char.IsAsciiDigit((char)_rest[at]); at++)
        {
            number = Math.Min((number * 10) + _rest[at] - '0', int.MaxValue);
        }

        if (at > digits)
        {
            Number = (int)(digits > length ? -number : number);
            length = at;
        }

        _rest = _rest[(length < _rest.Length && _rest[length] == ' ' ? length + 1 : length)..];
        if (Word.SequenceEqual("bin"u8))
        {
            _rest = _rest[Math.Clamp(Number ?? 0, 0, _rest.Length)..]; // bytes of a picture
        }
    }

    private void Symbol()
    {
        if (_rest is [(byte)'\'', var high, var low, ..] && char.IsAsciiHexDigit((char)high) && char.IsAsciiHexDigit((char)low))
        {
            Kind = RtfKind.Byte;
            Number = (Digit(high) << 4) | Digit(low);
            _rest = _rest[3..];
            return;
        }

        Word = _rest[..Math.Min(1, _rest.Length)];
        _rest = _rest[Word.Length..];
    }

    private static int Digit(byte c) => char.IsAsciiDigit((char)c) ? c - '0' : (c | 0x20) - 'a' + 10;
}
