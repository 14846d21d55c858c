using System.Numerics;
using Rag.Agents.Python.Operations;
using Rag.Agents.Python.Values;

namespace Rag.Agents.Python.Builtins;

/// <summary>Methods of integers and floats.</summary>
internal static class NumberMethods
{
    public static readonly Dictionary<string, NativeMethod> OfInt = new()
    {
        ["bit_length"] = (_, self, _) => Value.Int((long)BigInteger.Abs(Integers.Of(self)!.Value).GetBitLength()),
        ["bit_count"] = (run, self, _) => Value.Int(Formatting.Radix(run, BigInteger.Abs(Integers.Of(self)!.Value), 1).Count(c => c == '1')),
        ["is_integer"] = (_, _, _) => Value.True,
        ["conjugate"] = (_, self, _) => self,
        ["as_integer_ratio"] = (_, self, _) => new PyTuple(self, Value.Int(1)),
    };

    public static readonly Dictionary<string, NativeMethod> OfFloat = new()
    {
        ["is_integer"] = (_, self, _) => Value.Bool(double.IsFinite(self.Double) && self.Double == Math.Floor(self.Double)),
        ["conjugate"] = (_, self, _) => self,
        ["as_integer_ratio"] = (_, self, _) => Ratio(self.Double),
    };

    /// <summary>The float as a fraction in lowest terms, exactly.</summary>
    public static (BigInteger Numerator, BigInteger Denominator) Fraction(double number)
    {
        Floats.ToInteger(number);
        var (mantissa, exponent) = Decimals.Split(Math.Abs(number));
        var numerator = (number < 0 ? -mantissa : mantissa) << Math.Max(exponent, 0);
        var denominator = BigInteger.One << Math.Max(-exponent, 0);
        var divisor = BigInteger.GreatestCommonDivisor(numerator, denominator);
        return (numerator / divisor, denominator / divisor);
    }

    private static PyTuple Ratio(double number)
    {
        var (numerator, denominator) = Fraction(number);
        return new(Integers.From(numerator), Integers.From(denominator));
    }
}
