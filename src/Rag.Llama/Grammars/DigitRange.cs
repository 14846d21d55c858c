using System.Globalization;
using System.Numerics;

namespace Rag.Llama.Grammars;

/// <summary>Writes the GBNF of the decimal numbers between two whole bounds.</summary>
internal static class DigitRange
{
    // as long as JsonRules' numbers
    private const int MostDigits = 18;

    /// <summary>Whole numbers from <paramref name="low"/> to <paramref name="high"/>, both included; null is no bound but the digits. Not empty.</summary>
    public static string Integers(BigInteger? low, BigInteger? high)
    {
        var alternatives = new List<string>();
        if (high is null || high >= 0)
        {
            alternatives.AddRange(Magnitudes(low > 0 ? low.Value : 0, high));
        }

        if (low is null || low < 0)
        {
            alternatives.Add($"\"-\" {GbnfWriter.Choice(Magnitudes(high < 0 ? -high.Value : 1, -low))}");
        }

        return GbnfWriter.Choice(alternatives);
    }

    /// <summary>The same with fractions between, without exponents.</summary>
    public static string Numbers(BigInteger? low, BigInteger? high)
    {
        var alternatives = new List<string>();
        if (high is null || high >= 0)
        {
            alternatives.AddRange(WithFractions(low > 0 ? low.Value : 0, high));
        }

        if (low is null || low < 0)
        {
            alternatives.Add($"\"-\" {GbnfWriter.Choice(WithFractions(high < 0 ? -high.Value : 0, -low))}");
        }

        return GbnfWriter.Choice(alternatives);
    }

    private static IEnumerable<string> WithFractions(BigInteger low, BigInteger? high)
    {
        if (high is null || high > low)
        {
            yield return $"{GbnfWriter.Choice(Magnitudes(low, high - 1))} (\".\" [0-9]{{1,17}})?";
        }

        if (high is { } last)
        {
            yield return $"\"{last}\" (\".\" \"0\"{{1,17}})?";
        }
    }

    private static IEnumerable<string> Magnitudes(BigInteger low, BigInteger? high)
    {
        if (low == 0)
        {
            yield return "\"0\"";
            low = 1;
        }

        var digits = low.ToString(CultureInfo.InvariantCulture).Length;
        for (; high is null ? digits == 1 || BigInteger.Pow(10, digits - 1) < low : low <= high; low = BigInteger.Pow(10, digits), digits++)
        {
            var longest = BigInteger.Pow(10, digits) - 1;
            yield return Between(Write(low), Write(high < longest ? high.Value : longest));
        }

        if (high is null)
        {
            yield return $"[1-9] [0-9]{{{digits - 1},{Math.Max(digits, MostDigits) - 1}}}";
        }
    }

    private static string Write(BigInteger value) => value.ToString(CultureInfo.InvariantCulture);

    // numbers of as many digits as both bounds have
    private static string Between(string low, string high)
    {
        if (low == high)
        {
            return $"\"{low}\"";
        }

        if (low.All(digit => digit == '0') && high.All(digit => digit == '9'))
        {
            return Any(low.Length);
        }

        if (low[0] == high[0])
        {
            return $"\"{low[0]}\" {Between(low[1..], high[1..])}";
        }

        var rest = low.Length - 1;
        var (nines, zeros) = (new string('9', rest), new string('0', rest));
        var (first, last) = (low[0], high[0]);
        var alternatives = new List<string>();
        if (low[1..] != zeros)
        {
            alternatives.Add($"\"{first++}\" {Between(low[1..], nines)}");
        }

        if (high[1..] != nines)
        {
            alternatives.Add($"\"{last--}\" {Between(zeros, high[1..])}");
        }

        if (first <= last)
        {
            alternatives.Add($"[{first}-{last}] {Any(rest)}");
        }

        return GbnfWriter.Choice(alternatives);
    }

    private static string Any(int digits) => digits == 0 ? "" : $"[0-9]{{{digits}}}";
}
