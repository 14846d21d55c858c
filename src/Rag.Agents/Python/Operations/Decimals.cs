using System.Globalization;
using System.Numerics;

namespace Rag.Agents.Python.Operations;

/// <summary>Doubles in decimal digits, by their exact value, ties to even.</summary>
internal static class Decimals
{
    // a double has no more decimals than this, so further ones are zeros
    private const int MostDecimals = 1100;

    /// <summary>The number, at least 0, as mantissa * 2^exponent.</summary>
    public static (BigInteger Mantissa, int Exponent) Split(double number)
    {
        var bits = BitConverter.DoubleToInt64Bits(number);
        var exponent = (int)((bits >> 52) & 0x7FF);
        var mantissa = bits & 0xFFFFFFFFFFFFF;
        return exponent == 0 ? (mantissa, -1074) : (mantissa | (1L << 52), exponent - 1075);
    }

    /// <summary>The number, at least 0, with so many decimals.</summary>
    public static string Fixed(double number, int decimals)
    {
        var computed = Math.Min(decimals, MostDecimals);
        var digits = Scaled(number, computed).ToString(CultureInfo.InvariantCulture).PadLeft(computed + 1, '0');
        var zeros = new string('0', decimals - computed);
        return decimals == 0 ? digits : $"{digits[..^computed]}.{digits[^computed..]}{zeros}";
    }

    /// <summary>Digits and exponent of the number, at least 0, rounded to so many significant digits.</summary>
    public static (string Digits, int Exponent) Significant(double number, int count)
    {
        if (number == 0)
        {
            return (new string('0', count), 0);
        }

        var computed = Math.Min(count, MostDecimals);
        for (var exponent = (int)Math.Floor(Math.Log10(number)) - 1; ; exponent++)
        {
            var digits = Scaled(number, computed - 1 - exponent).ToString(CultureInfo.InvariantCulture);
            if (digits.Length <= computed)
            {
                return (digits.PadRight(count, '0'), exponent);
            }
        }
    }

    /// <summary>The number divided by 10^zeros, rounded.</summary>
    public static BigInteger RoundedUnits(double number, int zeros) => Scaled(number, -zeros);

    /// <summary>A fraction of integers rounded to the nearest, ties to even.</summary>
    public static BigInteger Round(BigInteger numerator, BigInteger denominator)
    {
        var quotient = BigInteger.DivRem(numerator, denominator, out var remainder);
        var twice = (BigInteger.Abs(remainder) * 2).CompareTo(BigInteger.Abs(denominator));
        return twice > 0 || (twice == 0 && !quotient.IsEven) ? quotient + (numerator.Sign == denominator.Sign ? 1 : -1) : quotient;
    }

    private static BigInteger Scaled(double number, int decimals)
    {
        var (numerator, exponent) = Split(number);
        var denominator = BigInteger.One;
        if (exponent >= 0)
        {
            numerator <<= exponent;
        }
        else
        {
            denominator <<= -exponent;
        }

        if (decimals >= 0)
        {
            numerator *= BigInteger.Pow(10, decimals);
        }
        else
        {
            denominator *= BigInteger.Pow(10, -decimals);
        }

        return Round(numerator, denominator);
    }
}
