using System.Globalization;
using System.Numerics;
using Rag.Agents.Python.Values;

namespace Rag.Agents.Python.Operations;

/// <summary>Values by a format specification, as <c>format</c> and f-strings write them.</summary>
internal static class Formatting
{
    public static string Apply(Run run, Value value, string specification)
    {
        if (specification.Length == 0)
        {
            return TextOf.Str(run, value);
        }

        if (value.IsFloat)
        {
            return Float(run, value.Double, FormatSpecification.Parse(specification, "float"));
        }

        if (Integers.Of(value) is { } number)
        {
            return Integer(run, number, FormatSpecification.Parse(specification, value.Type.Name));
        }

        return value.IsNone
            ? throw Raise.TypeError("unsupported format string passed to NoneType.__format__")
            : value.Object.Format(run, specification);
    }

    public static string Text(Run run, PyStr text, string specification)
    {
        if (specification.Length == 0)
        {
            return text.Text;
        }

        var parsed = FormatSpecification.Parse(specification, "str");
        if (parsed.Type is not ('\0' or 's'))
        {
            throw Raise.ValueError($"Unknown format code '{parsed.Type}' for object of type 'str'");
        }

        if (parsed.Sign != '\0' || parsed.Grouping != '\0')
        {
            throw Raise.ValueError(parsed.Sign != '\0' ? "Sign not allowed in string format specifier" : $"Cannot specify '{parsed.Grouping}' with 's'.");
        }

        if (parsed.Align == '=' && !parsed.ZeroPadded)
        {
            throw Raise.ValueError("'=' alignment not allowed in string format specifier");
        }

        var cut = parsed.Precision >= 0 && parsed.Precision < text.Count ? text.Text[..text.Position(run, parsed.Precision)] : text.Text;
        return (parsed.ZeroPadded ? parsed with { Align = '<' } : parsed).Pad(run, cut, '<');
    }

    /// <summary>An integer by its format; with <paramref name="leastDigits"/>, which only <c>%</c> knows, as a precision.</summary>
    public static string Integer(Run run, BigInteger number, FormatSpecification format, int leastDigits)
    {
        run.Fill(Math.Max(0, leastDigits), 4);
        var digits = Digits(run, BigInteger.Abs(number), format.Type).PadLeft(Math.Max(0, leastDigits), '0');
        var head = SignOf(number.Sign < 0, format) + (format.Alternate ? Prefix(format.Type) : "");
        return format.Pad(run, head + digits, '>', head.Length);
    }

    public static string Integer(Run run, BigInteger number, FormatSpecification format)
    {
        if (format.Type is 'e' or 'E' or 'f' or 'F' or 'g' or 'G' or '%')
        {
            return Float(run, Integers.ToDouble(number), format);
        }

        if (format.Precision >= 0)
        {
            throw Raise.ValueError("Precision not allowed in integer format specifier");
        }

        if (format.Type == 'c')
        {
            return number >= 0 && number < 0x110000 ? format.Pad(run, Builtins.Characters.Of((int)number), '<') : throw Raise.Overflow("%c arg not in range(0x110000)");
        }

        var digits = Digits(run, BigInteger.Abs(number), format.Type);
        var head = SignOf(number.Sign < 0, format) + (format.Alternate ? Prefix(format.Type) : "");
        return Padded(run, head, digits, "", format, format.Type is '\0' or 'd' or 'n' ? 3 : 4);
    }

    private static string Prefix(char type) => type is '\0' or 'd' or 'n' ? "" : $"0{type}";

    private static string Digits(Run run, BigInteger magnitude, char type) => type switch
    {
        '\0' or 'd' or 'n' => Integers.Decimal(run, magnitude),
        'b' => Radix(run, magnitude, 1),
        'o' => Radix(run, magnitude, 3),
        'x' => Radix(run, magnitude, 4),
        'X' => Radix(run, magnitude, 4).ToUpperInvariant(),
        _ => throw Raise.ValueError($"Unknown format code '{type}' for object of type 'int'"),
    };

    public static string Float(Run run, double number, FormatSpecification format)
    {
        var precision = format.Precision;
        var magnitude = Math.Abs(number);
        run.Fill(Math.Max(0, precision), 4);
        run.Step(20);
        var head = SignOf(double.IsNegative(number) && !double.IsNaN(number), format);
        if (!double.IsFinite(number))
        {
            var name = double.IsNaN(number) ? "nan" : "inf";
            name = char.IsUpper(format.Type) ? name.ToUpperInvariant() : name;
            return format.Pad(run, head + name + (format.Type == '%' ? "%" : ""), '>', head.Length);
        }

        var (digits, tail) = format.Type switch
        {
            '\0' when precision < 0 => (Floats.Repr(magnitude), ""),
            '\0' => (FloatText.General(magnitude, precision, format.Alternate, pointZero: true), ""),
            'f' or 'F' => (FloatText.Fixed(magnitude, precision < 0 ? 6 : precision, format.Alternate), ""),
            '%' => (FloatText.Fixed(magnitude * 100, precision < 0 ? 6 : precision, format.Alternate), "%"),
            'e' or 'E' => (FloatText.Exponent(magnitude, precision < 0 ? 6 : precision, format.Alternate), ""),
            'g' or 'G' or 'n' => (FloatText.General(magnitude, precision < 0 ? 6 : precision, format.Alternate, pointZero: false), ""),
            _ => throw Raise.ValueError($"Unknown format code '{format.Type}' for object of type 'float'"),
        };
        digits = char.IsUpper(format.Type) ? digits.ToUpperInvariant() : digits;
        var whole = digits.AsSpan().IndexOfAny('.', 'e', 'E') is var end && end >= 0 ? end : digits.Length;
        return Padded(run, head, digits[..whole], digits[whole..] + tail, format, 3);
    }

    public static string SignOf(bool negative, FormatSpecification format) => negative ? "-" : format.Sign is '+' or ' ' ? $"{format.Sign}" : "";

    /// <summary>Groups the digits and pads the whole. Zeros that pad are grouped with the digits.</summary>
    public static string Padded(Run run, string head, string digits, string tail, FormatSpecification format, int group)
    {
        if (format.Grouping != '\0')
        {
            var room = format.Fill == "0" && format.Align == '=' ? format.Width - head.Length - tail.Length : 0;
            run.Fill(Math.Max(room, digits.Length), 8);
            digits = Grouped(digits, format.Grouping, group, room);
        }

        return format.Pad(run, head + digits + tail, '>', head.Length);
    }

    private static string Grouped(string digits, char separator, int group, int room)
    {
        var zeros = digits.Length;
        while (zeros + ((zeros - 1) / group) < room)
        {
            zeros++;
        }

        digits = digits.PadLeft(zeros, '0');
        var builder = new System.Text.StringBuilder(digits);
        for (var i = digits.Length - group; i > 0; i -= group)
        {
            builder.Insert(i, separator);
        }

        return builder.ToString();
    }

    /// <summary>A number, at least 0, in base 2, 8 or 16.</summary>
    public static string Radix(Run run, BigInteger number, int bits)
    {
        run.Fill((number.GetBitLength() / bits) + 1, 4);
        var hex = number.ToString("x", CultureInfo.InvariantCulture).TrimStart('0');
        if (hex.Length == 0)
        {
            return "0";
        }

        if (bits == 4)
        {
            return hex;
        }

        var binary = string.Concat(hex.Select(c => Convert.ToString(Convert.ToInt32($"{c}", 16), 2).PadLeft(4, '0'))).TrimStart('0');
        if (bits == 1)
        {
            return binary;
        }

        binary = binary.PadLeft((binary.Length + 2) / 3 * 3, '0');
        return string.Concat(Enumerable.Range(0, binary.Length / 3).Select(i => (char)('0' + Convert.ToInt32(binary.Substring(i * 3, 3), 2))));
    }
}
