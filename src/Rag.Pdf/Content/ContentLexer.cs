using System.Buffers;
using System.Runtime.CompilerServices;

namespace Rag.Pdf.Content;

/// <summary>Cuts a content stream into operands and operators (7.2, 7.8.2). Reads whatever it is given; never fails.</summary>
internal ref struct ContentLexer(ReadOnlySpan<byte> content)
{
    /// <summary>What <see cref="Next"/> gives at the end.</summary>
    public const uint End = 0;

    private static readonly SearchValues<byte> _inString = SearchValues.Create("()\\\r"u8);
    private static readonly SearchValues<byte> _lineEnd = SearchValues.Create("\r\n"u8);
    private static readonly byte[] _kinds = Kinds();
    private readonly ReadOnlySpan<byte> _content = content;
    private int _at;

    private const byte Regular = 0;
    private const byte Space = 1;
    private const byte Digit = 2;
    private const byte Delimiter = 3;

    public readonly ReadOnlySpan<byte> Content => _content;

    /// <summary>Where the next token is looked for.</summary>
    public int Position
    {
        readonly get => _at;
        set => _at = value;
    }

    /// <summary>Reads up to the next operator.</summary>
    /// <param name="operands">Takes the operands before it.</param>
    /// <returns>Its first four bytes, the first lowest; <see cref="End"/> where there is no more.</returns>
    [MethodImpl(HotPath.Options)]
    public uint Next(Operands operands)
    {
        var content = _content;
        var kinds = _kinds;
        var i = _at;
        while ((uint)i < (uint)content.Length)
        {
            var b = content[i];
            switch (kinds[b])
            {
                case Space:
                    i++;
                    break;
                case Digit:
                    i = ContentNumber.Read(content, i, out var number);
                    operands.Push(number);
                    break;
                case Delimiter:
                    i = Delimited(content, i, operands);
                    break;
                default:
                    var start = i;
                    uint packed = 0;
                    for (; i < content.Length && kinds[content[i]] is Regular or Digit; i++)
                    {
                        if (i - start < 4)
                        {
                            packed |= (uint)content[i] << ((i - start) * 8);
                        }
                    }

                    if (IsValue(content[start..i]))
                    {
                        operands.Push(OperandKind.Other);
                        break;
                    }

                    _at = i;
                    return packed == End ? '?' : packed;
            }
        }

        _at = i;
        return End;
    }

    public static bool IsSpace(byte b) => _kinds[b] == Space;

    public static bool IsRegular(byte b) => _kinds[b] is Regular or Digit;

    private static bool IsValue(ReadOnlySpan<byte> word) => word.Length is 4 or 5 && (word.SequenceEqual("true"u8) || word.SequenceEqual("null"u8) || word.SequenceEqual("false"u8));

    [MethodImpl(HotPath.Options)]
    private static int Delimited(ReadOnlySpan<byte> content, int i, Operands operands)
    {
        switch (content[i])
        {
            case (byte)'(':
                return Literal(content, i + 1, operands);
            case (byte)'/':
                var end = i + 1;
                while (end < content.Length && IsRegular(content[end]))
                {
                    end++;
                }

                operands.Push(OperandKind.Name, i + 1, end - i - 1);
                return end;
            case (byte)'<' when i + 1 < content.Length && content[i + 1] == '<':
                operands.Push(OperandKind.DictionaryStart);
                return i + 2;
            case (byte)'<':
                return Hexadecimal(content, i + 1, operands);
            case (byte)'>':
                operands.Push(OperandKind.DictionaryEnd);
                return i + 1 < content.Length && content[i + 1] == '>' ? i + 2 : i + 1;
            case (byte)'[':
                operands.Push(OperandKind.ArrayStart);
                return i + 1;
            case (byte)']':
                operands.Push(OperandKind.ArrayEnd);
                return i + 1;
            case (byte)'%':
                var line = content[i..].IndexOfAny(_lineEnd);
                return line < 0 ? content.Length : i + line;
            default:
                return i + 1;
        }
    }

    /// <summary>A string in parentheses (7.3.4.2), from behind the first one.</summary>
    private static int Literal(ReadOnlySpan<byte> content, int start, Operands operands)
    {
        var rest = content[start..];
        var special = rest.IndexOfAny(_inString);
        if (special >= 0 && rest[special] == ')')
        {
            operands.Push(OperandKind.Text, start, special);
            return start + special + 1;
        }

        var end = Unclosed(rest, special < 0 ? rest.Length : special);
        var text = operands.Unescaping(end);
        operands.PushUnescaped(Unescape(rest[..end], text));
        return Math.Min(start + end + 1, content.Length);
    }

    /// <summary>Where the string ends: at the parenthesis that closes it.</summary>
    private static int Unclosed(ReadOnlySpan<byte> rest, int from)
    {
        var depth = 1;
        for (var i = from; i < rest.Length; i++)
        {
            switch (rest[i])
            {
                case (byte)'\\':
                    i++;
                    break;
                case (byte)'(':
                    depth++;
                    break;
                case (byte)')' when --depth == 0:
                    return i;
            }
        }

        return rest.Length;
    }

    private static int Unescape(ReadOnlySpan<byte> from, Span<byte> to)
    {
        var count = 0;
        for (var i = 0; i < from.Length; i++)
        {
            var b = from[i];
            if (b == '\r')
            {
                i += i + 1 < from.Length && from[i + 1] == '\n' ? 1 : 0;
                b = (byte)'\n';
            }
            else if (b == '\\')
            {
                if (++i == from.Length)
                {
                    break;
                }

                b = from[i];
                if (b is >= (byte)'0' and <= (byte)'7')
                {
                    var code = b - '0';
                    for (var n = 0; n < 2 && i + 1 < from.Length && from[i + 1] is >= (byte)'0' and <= (byte)'7'; n++)
                    {
                        code = (code * 8) + from[++i] - '0';
                    }

                    b = (byte)code;
                }
                else if (b is (byte)'\r' or (byte)'\n')
                {
                    i += b == '\r' && i + 1 < from.Length && from[i + 1] == '\n' ? 1 : 0;
                    continue;
                }
                else
                {
                    b = (char)b switch { 'n' => (byte)'\n', 'r' => (byte)'\r', 't' => (byte)'\t', 'b' => (byte)'\b', 'f' => (byte)'\f', _ => b };
                }
            }

            to[count++] = b;
        }

        return count;
    }

    /// <summary>A string in hexadecimal (7.3.4.3): other characters are passed over, a missing last digit is 0.</summary>
    [MethodImpl(HotPath.Options)]
    private static int Hexadecimal(ReadOnlySpan<byte> content, int start, Operands operands)
    {
        var length = content[start..].IndexOf((byte)'>');
        var end = length < 0 ? content.Length : start + length;
        var to = operands.Unescaping(((end - start) / 2) + 1);
        var count = 0;
        var high = -1;
        foreach (var b in content[start..end])
        {
            var value = char.IsAsciiHexDigit((char)b) ? (b & 15) + ((b >> 6) * 9) : -1;
            if (value < 0)
            {
                continue;
            }

            if (high < 0)
            {
                high = value << 4;
                continue;
            }

            to[count++] = (byte)(high | value);
            high = -1;
        }

        if (high >= 0)
        {
            to[count++] = (byte)high;
        }

        operands.PushUnescaped(count);
        return Math.Min(end + 1, content.Length);
    }

    private static byte[] Kinds()
    {
        var kinds = new byte[256];
        foreach (var b in "\0\t\n\f\r "u8)
        {
            kinds[b] = Space;
        }

        foreach (var b in "0123456789+-."u8)
        {
            kinds[b] = Digit;
        }

        foreach (var b in "()<>[]{}/%"u8)
        {
            kinds[b] = Delimiter;
        }

        return kinds;
    }
}
