using System.Buffers;

namespace Rag.Pdf.Files;

/// <summary>The smallest pieces of the syntax (7.2, 7.3): where a token ends and what it says. Nothing throws, nothing is allocated.</summary>
/// <remarks>Positions past the end are allowed everywhere and mean the end.</remarks>
internal static class Scanner
{
    /// <summary>Digits beyond this many do not change a 64-bit mantissa any more.</summary>
    private const long FullMantissa = (long.MaxValue - 9) / 10;

    /// <summary>Numbers are kept where a <see langword="float"/> can hold them, so that no calculation meets infinity.</summary>
    private const int MaxExponent = 18;

    private static readonly SearchValues<byte> LineEnds = SearchValues.Create("\r\n"u8);
    private static readonly SearchValues<byte> LiteralMarks = SearchValues.Create("()\\"u8);
    private static readonly SearchValues<byte> LiteralSpecials = SearchValues.Create("\\\r"u8);
    private static readonly SearchValues<byte> Delimiters = SearchValues.Create("()<>[]{}/%"u8);
    private static readonly bool[] White = Table("\0\t\n\f\r "u8);
    private static readonly bool[] Special = Table("\0\t\n\f\r ()<>[]{}/%"u8);
    private static readonly double[] Powers = [1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18, 1e19];

    public static bool IsWhite(byte b) => White[b];

    /// <summary>Neither white space nor a delimiter: part of a name, a number or a keyword.</summary>
    public static bool IsRegular(byte b) => !Special[b];

    public static bool IsDigit(byte b) => (uint)(b - '0') <= 9;

    /// <summary>Whether a number may begin with this byte.</summary>
    public static bool IsNumberStart(byte b) => IsDigit(b) || b is (byte)'-' or (byte)'+' or (byte)'.';

    /// <summary>The first position that is neither white space nor in a comment.</summary>
    public static int SkipWhite(ReadOnlySpan<byte> source, int position)
    {
        while (position < source.Length)
        {
            if (White[source[position]])
            {
                position++;
            }
            else if (source[position] == '%')
            {
                var length = source[position..].IndexOfAny(LineEnds);
                position = length < 0 ? source.Length : position + length;
            }
            else
            {
                break;
            }
        }

        return position;
    }

    /// <summary>Where the regular characters that begin here end.</summary>
    public static int EndOfRegular(ReadOnlySpan<byte> source, int position)
    {
        while (position < source.Length && !Special[source[position]])
        {
            position++;
        }

        return position;
    }

    /// <summary>Whether <paramref name="keyword"/> stands here and no regular character follows it.</summary>
    public static bool IsKeyword(ReadOnlySpan<byte> source, int position, ReadOnlySpan<byte> keyword) =>
        position < source.Length
        && source[position..].StartsWith(keyword)
        && (position + keyword.Length == source.Length || Special[source[position + keyword.Length]]);

    /// <summary>Reads digits; <see langword="false"/> where there are none or the number exceeds 32 bits.</summary>
    public static bool TryDigits(ReadOnlySpan<byte> source, ref int position, out int value)
    {
        long sum = 0;
        var p = position;
        while (p < source.Length && IsDigit(source[p]) && sum <= int.MaxValue)
        {
            sum = (sum * 10) + source[p++] - '0';
        }

        value = (int)sum;
        if (p == position || sum > int.MaxValue)
        {
            return false;
        }

        position = p;
        return true;
    }

    /// <summary>Reads a number that begins with a sign, a digit or a point. Always moves on.</summary>
    /// <remarks>
    /// As Adobe Reader and those who follow it read what the standard does not allow: <c>--5</c> is -5, a minus inside is skipped,
    /// a second point begins another number, a sign or point alone is 0, exponents are understood.
    /// </remarks>
    public static double Number(ReadOnlySpan<byte> source, ref int position, out bool isInteger)
    {
        var p = position;
        var negative = false;
        while (p < source.Length && source[p] is (byte)'-' or (byte)'+')
        {
            negative |= source[p++] == '-';
        }

        long mantissa = 0;
        int scale = 0, dropped = 0;
        var point = false;
        for (; p < source.Length; p++)
        {
            var digit = (uint)(source[p] - '0');
            if (digit <= 9)
            {
                if (mantissa <= FullMantissa)
                {
                    mantissa = (mantissa * 10) + digit;
                    scale += point ? 1 : 0;
                }
                else if (!point && dropped < MaxExponent)
                {
                    dropped++;
                }
            }
            else if (source[p] == '.' && !point)
            {
                point = true;
            }
            else if (source[p] != '-')
            {
                break;
            }
        }

        var value = (double)mantissa;
        isInteger = !point;
        if (dropped > 0)
        {
            value *= Powers[dropped];
        }

        if (p < source.Length && (source[p] | 0x20) == 'e')
        {
            value *= Exponent(source, ref p, ref isInteger);
        }

        // leading zeros of a fraction count in the scale but not in the mantissa, so it may pass the table
        for (; scale > 0; scale -= MaxExponent)
        {
            value /= Powers[Math.Min(scale, MaxExponent)];
        }

        position = Math.Max(p, Math.Min(position + 1, source.Length));
        return negative ? -value : value;
    }

    /// <summary>Where the literal string whose <c>(</c> stands before <paramref name="position"/> has its <c>)</c>, or -1.</summary>
    public static int EndOfLiteral(ReadOnlySpan<byte> source, int position)
    {
        var depth = 1;
        while (position < source.Length)
        {
            var next = source[position..].IndexOfAny(LiteralMarks);
            if (next < 0)
            {
                return -1;
            }

            position += next;
            switch (source[position])
            {
                case (byte)'\\':
                    position++;
                    break;
                case (byte)'(':
                    depth++;
                    break;
                default:
                    if (--depth == 0)
                    {
                        return position;
                    }

                    break;
            }

            position++;
        }

        return -1;
    }

    /// <summary>Resolves the escapes of a literal string (7.3.4.2).</summary>
    /// <param name="body">What stands between the parentheses.</param>
    /// <param name="destination">As long as <paramref name="body"/> at least; may be <paramref name="body"/>'s own memory.</param>
    /// <returns>Bytes written.</returns>
    public static int DecodeLiteral(ReadOnlySpan<byte> body, Span<byte> destination)
    {
        int read = 0, written = 0;
        while (read < body.Length)
        {
            var plain = body[read..].IndexOfAny(LiteralSpecials);
            plain = plain < 0 ? body.Length - read : plain;
            body.Slice(read, plain).CopyTo(destination[written..]);
            read += plain;
            written += plain;
            if (read >= body.Length)
            {
                break;
            }

            if (body[read] == '\r')
            {
                read += read + 1 < body.Length && body[read + 1] == '\n' ? 2 : 1;
                destination[written++] = (byte)'\n';
            }
            else if (Escape(body, ref read) is var b and >= 0)
            {
                destination[written++] = (byte)b;
            }
        }

        return written;
    }

    /// <summary>Where the hexadecimal string whose <c>&lt;</c> stands before <paramref name="position"/> has its <c>&gt;</c>, or another delimiter where it is not closed.</summary>
    public static int EndOfHex(ReadOnlySpan<byte> source, int position)
    {
        var length = source[position..].IndexOfAny(Delimiters);
        return length < 0 ? source.Length : position + length;
    }

    /// <summary>Reads hexadecimal digits, skipping everything else; a last single digit counts as followed by 0 (7.3.4.3).</summary>
    /// <param name="body">What stands between the angle brackets.</param>
    /// <param name="destination">Half as long as <paramref name="body"/>, rounded up, at least.</param>
    /// <returns>Bytes written.</returns>
    public static int DecodeHex(ReadOnlySpan<byte> body, Span<byte> destination)
    {
        int written = 0, high = -1;
        foreach (var b in body)
        {
            var digit = HexDigit(b);
            if (digit < 0)
            {
                continue;
            }

            if (high < 0)
            {
                high = digit;
            }
            else
            {
                destination[written++] = (byte)((high << 4) | digit);
                high = -1;
            }
        }

        if (high >= 0)
        {
            destination[written++] = (byte)(high << 4);
        }

        return written;
    }

    /// <summary>Resolves the <c>#</c> escapes of a name (7.3.5); one that no two digits follow stays as it is.</summary>
    /// <returns>Bytes written to <paramref name="destination"/>, which is as long as <paramref name="body"/> at least.</returns>
    public static int DecodeName(ReadOnlySpan<byte> body, Span<byte> destination)
    {
        var written = 0;
        for (var i = 0; i < body.Length; i++)
        {
            if (body[i] == '#' && i + 2 < body.Length && HexDigit(body[i + 1]) is var high and >= 0 && HexDigit(body[i + 2]) is var low and >= 0)
            {
                destination[written++] = (byte)((high << 4) | low);
                i += 2;
            }
            else
            {
                destination[written++] = body[i];
            }
        }

        return written;
    }

    /// <summary>The value of a hexadecimal digit, or -1.</summary>
    public static int HexDigit(byte b) => b switch
    {
        >= (byte)'0' and <= (byte)'9' => b - '0',
        >= (byte)'a' and <= (byte)'f' => b - 'a' + 10,
        >= (byte)'A' and <= (byte)'F' => b - 'A' + 10,
        _ => -1,
    };

    /// <summary>Reads <c>E-3</c> where digits follow; else leaves it to the next token.</summary>
    private static double Exponent(ReadOnlySpan<byte> source, ref int position, ref bool isInteger)
    {
        var p = position + 1;
        var negative = p < source.Length && source[p] == '-';
        if (p < source.Length && source[p] is (byte)'-' or (byte)'+')
        {
            p++;
        }

        var exponent = 0;
        var start = p;
        for (; p < source.Length && IsDigit(source[p]); p++)
        {
            exponent = Math.Min(MaxExponent, (exponent * 10) + source[p] - '0');
        }

        if (p == start)
        {
            return 1;
        }

        position = p;
        isInteger = false;
        return negative ? 1 / Powers[exponent] : Powers[exponent];
    }

    /// <summary>Reads what a backslash begins: the byte it stands for, or -1 for an escaped line end.</summary>
    private static int Escape(ReadOnlySpan<byte> body, ref int position)
    {
        if (++position >= body.Length)
        {
            return -1;
        }

        var b = body[position++];
        switch (b)
        {
            case (byte)'n': return '\n';
            case (byte)'r': return '\r';
            case (byte)'t': return '\t';
            case (byte)'b': return '\b';
            case (byte)'f': return '\f';
            case (byte)'\n': return -1;
            case (byte)'\r':
                position += position < body.Length && body[position] == '\n' ? 1 : 0;
                return -1;
            case >= (byte)'0' and <= (byte)'7':
                var value = b - '0';
                for (var i = 0; i < 2 && position < body.Length && body[position] is >= (byte)'0' and <= (byte)'7'; i++)
                {
                    value = (value << 3) | (body[position++] - '0');
                }

                return value & 0xFF; // high-order overflow is ignored (7.3.4.2)
            default: return b;
        }
    }

    private static bool[] Table(ReadOnlySpan<byte> members)
    {
        var table = new bool[256];
        foreach (var b in members)
        {
            table[b] = true;
        }

        return table;
    }
}
