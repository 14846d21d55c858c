using System.Globalization;

namespace Rag.Agents.Python.Operations;

/// <summary>Floats of at least 0 by the codes <c>f</c>, <c>e</c> and <c>g</c>.</summary>
internal static class FloatText
{
    public static string Fixed(double number, int precision, bool alternate) => Decimals.Fixed(number, precision) + (alternate && precision == 0 ? "." : "");

    public static string Exponent(double number, int precision, bool alternate)
    {
        var (digits, exponent) = Decimals.Significant(number, precision + 1);
        return WithExponent(digits, exponent, alternate);
    }

    /// <summary>So many significant digits, without zeros at the end; with an exponent where that is shorter.</summary>
    /// <param name="number">The number.</param>
    /// <param name="precision">Significant digits; 0 stands for 1.</param>
    /// <param name="alternate">Keeps the zeros at the end.</param>
    /// <param name="pointZero">Writes at least one decimal, as the format without a code does.</param>
    public static string General(double number, int precision, bool alternate, bool pointZero)
    {
        precision = Math.Max(precision, 1);
        var (digits, exponent) = Decimals.Significant(number, precision);
        var kept = alternate ? digits : digits.TrimEnd('0');
        kept = kept.Length == 0 ? "0" : kept;
        if (exponent < -4 || exponent >= (pointZero ? Math.Max(precision - 1, 1) : precision))
        {
            return WithExponent(kept, exponent, alternate);
        }

        if (exponent < 0)
        {
            return $"0.{new string('0', -exponent - 1)}{kept}";
        }

        var whole = kept.PadRight(exponent + 1, '0');
        var fraction = whole[(exponent + 1)..];
        return whole[..(exponent + 1)] + (fraction.Length > 0 ? $".{fraction}" : pointZero ? ".0" : alternate ? "." : "");
    }

    private static string WithExponent(string digits, int exponent, bool alternate)
    {
        var point = digits.Length > 1 || alternate ? "." : "";
        return string.Create(CultureInfo.InvariantCulture, $"{digits[0]}{point}{digits[1..]}e{(exponent < 0 ? '-' : '+')}{Math.Abs(exponent):00}");
    }
}
