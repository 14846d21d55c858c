using System.Globalization;
using System.Numerics;
using Rag.Agents.Python.Operations;
using Rag.Agents.Python.Values;

namespace Rag.Agents.Python.Syntax;

/// <summary>Numbers as a program writes them.</summary>
internal static class NumberText
{
    /// <summary>The position after the number that starts at <paramref name="at"/>.</summary>
    public static int End(string source, int at)
    {
        var start = at;
        if (source[at] == '0' && at + 1 < source.Length && char.ToLowerInvariant(source[at + 1]) is 'x' or 'o' or 'b')
        {
            return Word(source, at);
        }

        at = Digits(source, at);
        if (at < source.Length && source[at] == '.')
        {
            at = Digits(source, at + 1);
        }

        if (at < source.Length && source[at] is 'e' or 'E')
        {
            var exponent = at + 1 < source.Length && source[at + 1] is '+' or '-' ? at + 2 : at + 1;
            if (exponent < source.Length && char.IsAsciiDigit(source[exponent]))
            {
                at = Digits(source, exponent);
            }
        }

        return Math.Max(at > start ? Word(source, at) : at, start + 1);
    }

    public static Value Parse(string text, int line)
    {
        if (text[^1] is 'j' or 'J' && !text.StartsWith("0x", StringComparison.OrdinalIgnoreCase))
        {
            throw new SyntaxFault(line, "complex numbers are not supported");
        }

        var digits = text.Replace("_", "", StringComparison.Ordinal);
        var radix = digits.Length > 2 && digits[0] == '0' ? char.ToLowerInvariant(digits[1]) switch { 'x' => 16, 'o' => 8, 'b' => 2, _ => 10 } : 10;
        if (text.EndsWith('_') || text.Contains("__", StringComparison.Ordinal))
        {
            throw new SyntaxFault(line, "invalid decimal literal");
        }

        if (radix != 10)
        {
            return Integer(digits[2..], radix) is { } number ? Integers.From(number) : throw new SyntaxFault(line, "invalid digit in a literal of base 2, 8 or 16");
        }

        if (digits.All(char.IsAsciiDigit))
        {
            return digits.Length > Integers.MaxDigits ? throw new SyntaxFault(line, $"Exceeds the limit ({Integers.MaxDigits} digits) for integer string conversion")
                : digits[0] == '0' && digits.Any(d => d != '0') ? throw new SyntaxFault(line, "leading zeros in decimal integer literals are not permitted; use an 0o prefix for octal integers")
                : Integers.From(BigInteger.Parse(digits, CultureInfo.InvariantCulture));
        }

        return double.TryParse(digits, NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent, CultureInfo.InvariantCulture, out var real)
            ? Value.Float(real)
            : throw new SyntaxFault(line, "invalid decimal literal");
    }

    /// <summary>The integer in a base from 2 to 36, or null for a digit that is none.</summary>
    public static BigInteger? Integer(string digits, int radix)
    {
        if (digits.Length == 0 || digits.Length > 40_000)
        {
            return null;
        }

        var number = BigInteger.Zero;
        foreach (var c in digits)
        {
            var digit = char.IsAsciiDigit(c) ? c - '0' : char.IsAsciiLetter(c) ? char.ToLowerInvariant(c) - 'a' + 10 : radix;
            if (digit >= radix)
            {
                return null;
            }

            number = (number * radix) + digit;
        }

        return number;
    }

    private static int Digits(string source, int at)
    {
        while (at < source.Length && (char.IsAsciiDigit(source[at]) || source[at] == '_'))
        {
            at++;
        }

        return at;
    }

    private static int Word(string source, int at)
    {
        while (at < source.Length && (char.IsAsciiLetterOrDigit(source[at]) || source[at] == '_'))
        {
            at++;
        }

        return at;
    }
}
