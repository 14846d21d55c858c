using System.Globalization;
using System.Numerics;
using Rag.Agents.Python.Values;

namespace Rag.Agents.Python.Operations;

/// <summary>Integers of any length, with their cost in steps and bytes.</summary>
internal static class Integers
{
    /// <summary>Most digits that an integer may have on its way to or from text, as in CPython 3.11.</summary>
    public const int MaxDigits = 4300;

    private const long Largest = 1L << 62;

    /// <summary>CPython's modulus of numeric hashes, 2^61 - 1.</summary>
    public const long HashModulus = (1L << 61) - 1;

    /// <summary>The integer, or null for a value that is none. A boolean is one.</summary>
    public static BigInteger? Of(Value value) => value.IsInt || value.IsBool ? value.Bits : value.Ref is PyBigInteger big ? big.Number : null;

    public static bool IsInteger(Value value) => value.IsInt || value.IsBool || value.Ref is PyBigInteger;

    public static Value From(BigInteger number) => number >= long.MinValue && number <= long.MaxValue ? Value.Int((long)number) : new PyBigInteger(number);

    /// <summary>The integer as a long, cut to 2^62 on both sides: far beyond every limit, and with room to reckon on.</summary>
    public static long Clamp(BigInteger number) => number > Largest ? Largest : number < -Largest ? -Largest : (long)number;

    public static long ToIndex(Value value) => value.IsInt || value.IsBool ? value.Bits : Clamp(Of(value) ?? throw Raise.TypeError($"'{value.Type.Name}' object cannot be interpreted as an integer"));

    /// <summary>Length in words of 32 bits.</summary>
    public static long Words(BigInteger number) => (number.GetBitLength() / 32) + 1;

    public static Value Apply(Run run, BinaryOperator operation, BigInteger a, BigInteger b)
    {
        var (n, m) = (Words(a), Words(b));
        switch (operation)
        {
            case BinaryOperator.Add:
                run.Fill(Math.Max(n, m), 4);
                return From(a + b);
            case BinaryOperator.Subtract:
                run.Fill(Math.Max(n, m), 4);
                return From(a - b);
            case BinaryOperator.Multiply:
                run.Fill(n + m, 4);
                run.Step(ProductCost(n, m));
                return From(a * b);
            case BinaryOperator.Divide:
                return Value.Float(Quotient(run, a, b));
            case BinaryOperator.FloorDivide:
                return From(FloorDivide(run, a, b).Quotient);
            case BinaryOperator.Modulo:
                return b.IsZero ? throw Raise.ZeroDivision("integer modulo by zero") : From(FloorDivide(run, a, b).Remainder);
            case BinaryOperator.Power:
                return b.Sign < 0 ? Value.Float(Floats.Power(ToDouble(a), ToDouble(b))) : From(Power(run, a, b));
            case BinaryOperator.ShiftLeft:
                return Shift(run, a, b);
            case BinaryOperator.ShiftRight:
                return b.Sign < 0 ? throw Raise.ValueError("negative shift count") : From(b > int.MaxValue ? (a.Sign < 0 ? -1 : 0) : Filled(run, n) ? a >> (int)b : 0);
            default:
                run.Fill(Math.Max(n, m), 4);
                return From(operation switch { BinaryOperator.And => a & b, BinaryOperator.Or => a | b, _ => a ^ b });
        }
    }

    /// <summary>The quotient rounded down, and the remainder with the sign of the divisor.</summary>
    public static (BigInteger Quotient, BigInteger Remainder) FloorDivide(Run run, BigInteger a, BigInteger b)
    {
        if (b.IsZero)
        {
            throw Raise.ZeroDivision("integer division or modulo by zero");
        }

        run.Fill(Words(a) + Words(b), 4);
        run.Step(4 * ProductCost(Words(a), Words(b)));
        var quotient = BigInteger.DivRem(a, b, out var remainder);
        return !remainder.IsZero && (remainder.Sign < 0) != (b.Sign < 0) ? (quotient - 1, remainder + b) : (quotient, remainder);
    }

    public static BigInteger Power(Run run, BigInteger a, BigInteger exponent)
    {
        if (a.IsZero || a.IsOne || exponent.IsZero)
        {
            return exponent.IsZero ? 1 : a;
        }

        if (a == -1)
        {
            return exponent.IsEven ? 1 : -1;
        }

        var bits = Clamp(a.GetBitLength() * exponent);
        run.Fill(bits / 32, 4);
        run.Step(2 * ProductCost(bits / 32, bits / 32));
        return BigInteger.Pow(a, (int)exponent);
    }

    /// <summary>The power modulo a number, with the sign of the modulus.</summary>
    public static BigInteger Power(Run run, BigInteger a, BigInteger exponent, BigInteger modulus)
    {
        if (modulus.IsZero)
        {
            throw Raise.ValueError("pow() 3rd argument cannot be 0");
        }

        if (exponent.Sign < 0)
        {
            a = Inverse(run, a, modulus);
            exponent = -exponent;
        }

        var words = Words(modulus);
        run.Step(4 * ProductCost(Words(a), words));
        run.Step((long)Math.Min(long.MaxValue / 2, 2.0 * exponent.GetBitLength() * (1 + (words * (double)words / 32)) / 8));
        var power = BigInteger.ModPow(a, exponent, modulus);
        return !power.IsZero && (power.Sign < 0) != (modulus.Sign < 0) ? power + modulus : power;
    }

    /// <inheritdoc cref="Quotient(BigInteger, BigInteger)"/>
    public static double Quotient(Run run, BigInteger a, BigInteger b)
    {
        run.Fill(Words(a) + Words(b), 8);
        run.Step(4 * ProductCost(Words(a) + Words(b), Words(b)));
        return Quotient(a, b);
    }

    /// <summary>The double nearest to a quotient, ties to even, as CPython's <c>long_true_divide</c>.</summary>
    public static double Quotient(BigInteger a, BigInteger b)
    {
        if (b.IsZero)
        {
            throw Raise.ZeroDivision("division by zero");
        }

        var (x, y) = (BigInteger.Abs(a), BigInteger.Abs(b));
        var shift = (int)Math.Clamp(Math.Max((long)x.GetBitLength() - (long)y.GetBitLength(), -1021) - 55, int.MinValue, int.MaxValue);
        var quotient = BigInteger.DivRem(shift < 0 ? x << -shift : x, shift > 0 ? y << shift : y, out var remainder);
        var rounded = Math.ScaleB((double)((ulong)quotient | (remainder.IsZero ? 0UL : 1UL)), shift);
        if (double.IsInfinity(rounded))
        {
            throw Raise.Overflow("integer division result too large for a float");
        }

        return (a.Sign < 0) != (b.Sign < 0) ? -rounded : rounded;
    }

    /// <summary>The nearest double, ties to even (.NET's own conversion cuts off).</summary>
    public static double ToDouble(BigInteger number)
    {
        if (number >= long.MinValue && number <= long.MaxValue)
        {
            return (long)number;
        }

        var magnitude = BigInteger.Abs(number);
        var shift = (int)(magnitude.GetBitLength() - 64);
        var top = (ulong)(shift > 0 ? magnitude >> shift : magnitude);
        var lost = shift > 0 && BigInteger.TrailingZeroCount(magnitude) < shift;
        var rounded = Math.ScaleB((double)(top | (lost ? 1UL : 0UL)), Math.Max(shift, 0));
        return double.IsInfinity(rounded) ? throw Raise.Overflow("int too large to convert to float") : number.Sign < 0 ? -rounded : rounded;
    }

    public static string Decimal(Run run, BigInteger number)
    {
        if (number.GetBitLength() < MaxDigits * 3.33)
        {
            run.Step(Words(number) * Words(number) / 64);
            var text = number.ToString(CultureInfo.InvariantCulture);
            if (text.Length <= MaxDigits || text.Length - (number.Sign < 0 ? 1 : 0) <= MaxDigits)
            {
                run.Allocate(56 + (2 * text.Length));
                return text;
            }
        }

        throw Raise.ValueError($"Exceeds the limit ({MaxDigits} digits) for integer string conversion");
    }

    public static long Hash(BigInteger number) => Hash((long)(number % HashModulus));

    public static long Hash(long number) => number % HashModulus is var hash && hash == -1 ? -2 : hash;

    /// <summary>Steps that the product of two integers takes, after Karatsuba.</summary>
    public static long ProductCost(long words, long others)
    {
        var (large, small) = (Math.Max(words, others), Math.Min(words, others));
        return (long)(large * Math.Pow(small, 0.585) / 32);
    }

    private static BigInteger Inverse(Run run, BigInteger a, BigInteger modulus)
    {
        var (r, next, x, nextX) = (BigInteger.Abs(modulus), FloorDivide(run, a, BigInteger.Abs(modulus)).Remainder, BigInteger.Zero, BigInteger.One);
        while (!next.IsZero)
        {
            run.Step(1 + Words(r));
            var quotient = r / next;
            (r, next) = (next, r - (quotient * next));
            (x, nextX) = (nextX, x - (quotient * nextX));
        }

        return r.IsOne ? x : throw Raise.ValueError("base is not invertible for the given modulus");
    }

    private static Value Shift(Run run, BigInteger a, BigInteger by)
    {
        if (by.Sign < 0)
        {
            throw Raise.ValueError("negative shift count");
        }

        if (a.IsZero)
        {
            return Value.Int(0);
        }

        run.Fill(Clamp((by + a.GetBitLength()) / 32) + 1, 4);
        return From(a << (int)by);
    }

    private static bool Filled(Run run, long words)
    {
        run.Fill(words, 4);
        return true;
    }
}
