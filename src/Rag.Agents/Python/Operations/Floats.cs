using System.Globalization;
using System.Numerics;
using Rag.Agents.Python.Values;

namespace Rag.Agents.Python.Operations;

/// <summary>Floats as CPython's <c>floatobject.c</c> computes and writes them.</summary>
internal static class Floats
{
    public static bool IsNumber(Value value) => value.IsFloat || Integers.IsInteger(value);

    public static double Of(Value value) => value.IsFloat ? value.Double
        : Integers.Of(value) is { } number ? Integers.ToDouble(number)
        : value.Ref is PyReal real ? real.ToDouble()
        : throw Raise.TypeError($"must be real number, not {value.Type.Name}");

    public static double Apply(BinaryOperator operation, double a, double b) => operation switch
    {
        BinaryOperator.Add => a + b,
        BinaryOperator.Subtract => a - b,
        BinaryOperator.Multiply => a * b,
        BinaryOperator.Divide => b == 0 ? throw Raise.ZeroDivision("float division by zero") : a / b,
        BinaryOperator.FloorDivide => b == 0 ? throw Raise.ZeroDivision("float floor division by zero") : FloorDivide(a, b).Quotient,
        BinaryOperator.Modulo => b == 0 ? throw Raise.ZeroDivision("float modulo") : FloorDivide(a, b).Remainder,
        BinaryOperator.Power => Power(a, b),
        _ => throw Raise.TypeError($"unsupported operand type(s) for {operation.Symbol()}: 'float' and 'float'"),
    };

    public static (double Quotient, double Remainder) FloorDivide(double a, double b)
    {
        var remainder = a % b;
        var quotient = (a - remainder) / b;
        if (remainder == 0)
        {
            remainder = Math.CopySign(0, b);
        }
        else if ((b < 0) != (remainder < 0))
        {
            remainder += b;
            quotient -= 1;
        }

        if (quotient == 0)
        {
            return (Math.CopySign(0, a / b), remainder);
        }

        var floor = Math.Floor(quotient);
        return (quotient - floor > 0.5 ? floor + 1 : floor, remainder);
    }

    public static double Power(double a, double b)
    {
        if (a == 0 && b < 0)
        {
            throw Raise.ZeroDivision("0.0 cannot be raised to a negative power");
        }

        if (a < 0 && double.IsFinite(a) && double.IsFinite(b) && b != Math.Floor(b))
        {
            throw Raise.ValueError("the power of a negative number with a fraction as exponent is complex; complex numbers are not supported");
        }

        var power = Math.Pow(a, b);
        return double.IsInfinity(power) && double.IsFinite(a) && double.IsFinite(b)
            ? throw new Raised(new PyException(ErrorTypes.OverflowError, [Value.Int(34), "Numerical result out of range"]))
            : power;
    }

    /// <summary>The shortest text that reads back as the same number, with CPython's choice of an exponent.</summary>
    public static string Repr(double number)
    {
        if (!double.IsFinite(number))
        {
            return double.IsNaN(number) ? "nan" : number > 0 ? "inf" : "-inf";
        }

        var (digits, exponent) = Shortest(Math.Abs(number));
        var sign = double.IsNegative(number) ? "-" : "";
        if (exponent is < -4 or >= 16)
        {
            var fraction = digits.Length > 1 ? $".{digits[1..]}" : "";
            return string.Create(CultureInfo.InvariantCulture, $"{sign}{digits[0]}{fraction}e{(exponent < 0 ? '-' : '+')}{Math.Abs(exponent):00}");
        }

        if (exponent < 0)
        {
            return $"{sign}0.{new string('0', -exponent - 1)}{digits}";
        }

        return exponent + 1 >= digits.Length
            ? $"{sign}{digits.PadRight(exponent + 1, '0')}.0"
            : $"{sign}{digits[..(exponent + 1)]}.{digits[(exponent + 1)..]}";
    }

    /// <summary>The shortest digits d and the exponent e of d[0].d[1..] * 10^e.</summary>
    public static (string Digits, int Exponent) Shortest(double number)
    {
        var text = number.ToString("R", CultureInfo.InvariantCulture);
        var e = text.IndexOf('E', StringComparison.Ordinal);
        var exponent = e < 0 ? 0 : int.Parse(text.AsSpan(e + 1), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture);
        var mantissa = e < 0 ? text : text[..e];
        var point = mantissa.IndexOf('.', StringComparison.Ordinal);
        exponent += (point < 0 ? mantissa.Length : point) - 1;
        var digits = mantissa.Replace(".", "", StringComparison.Ordinal);
        var zeros = digits.Length - digits.TrimStart('0').Length;
        digits = digits[zeros..].TrimEnd('0');
        return digits.Length == 0 ? ("0", 0) : (digits, exponent - zeros);
    }

    /// <summary>The number rounded to decimals, by its exact value, ties to even.</summary>
    public static double Round(double number, long decimals)
    {
        if (!double.IsFinite(number) || number == 0 || decimals > 323)
        {
            return number;
        }

        if (decimals < -308)
        {
            return Math.CopySign(0, number);
        }

        var text = decimals >= 0
            ? Decimals.Fixed(Math.Abs(number), (int)decimals)
            : Decimals.RoundedUnits(Math.Abs(number), (int)-decimals).ToString(CultureInfo.InvariantCulture) + new string('0', (int)-decimals);
        var rounded = double.Parse(text, CultureInfo.InvariantCulture);
        return double.IsInfinity(rounded) ? throw Raise.Overflow("rounded value too large to represent") : Math.CopySign(rounded, number);
    }

    public static BigInteger ToInteger(double number) => double.IsNaN(number) ? throw Raise.ValueError("cannot convert float NaN to integer")
        : double.IsInfinity(number) ? throw Raise.Overflow("cannot convert float infinity to integer")
        : new BigInteger(Math.Truncate(number));

    // _Py_HashDouble: equal to the hash of an equal integer
    public static long Hash(double number)
    {
        if (!double.IsFinite(number))
        {
            return double.IsNaN(number) ? 0 : number > 0 ? 314159 : -314159;
        }

        var (mantissa, exponent) = Decimals.Split(Math.Abs(number));
        var power = BigInteger.ModPow(2, ((exponent % 61) + 61) % 61, Integers.HashModulus);
        var hash = (long)(mantissa * power % Integers.HashModulus);
        return number < 0 ? (hash == 1 ? -2 : -hash) : hash;
    }
}
