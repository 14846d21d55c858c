using System.Globalization;
using System.Numerics;

namespace Rag.Agents.Tools.Calculation;

/// <summary>An exact number: a fraction in lowest terms.</summary>
internal readonly record struct Rational : IComparable<Rational>
{
    private const int Significant = 12;

    private readonly BigInteger _denominator;

    public Rational(BigInteger numerator, BigInteger denominator)
    {
        var divisor = BigInteger.GreatestCommonDivisor(numerator, denominator) * denominator.Sign;
        (Numerator, _denominator) = (numerator / divisor, denominator / divisor);
    }

    public BigInteger Numerator { get; }

    /// <summary>At least 1.</summary>
    public BigInteger Denominator => _denominator.IsZero ? BigInteger.One : _denominator; // so that default is zero

    public int Sign => Numerator.Sign;

    public bool IsInteger => Denominator.IsOne;

    /// <summary>Bits of numerator and denominator, whichever has more.</summary>
    public long Bits => Math.Max(Numerator.GetBitLength(), Denominator.GetBitLength());

    public static implicit operator Rational(long value) => new(value, BigInteger.One);

    public static Rational operator +(Rational a, Rational b) => new((a.Numerator * b.Denominator) + (b.Numerator * a.Denominator), a.Denominator * b.Denominator);

    public static Rational operator -(Rational a) => new(-a.Numerator, a.Denominator);

    public static Rational operator -(Rational a, Rational b) => a + -b;

    public static Rational operator *(Rational a, Rational b) => new(a.Numerator * b.Numerator, a.Denominator * b.Denominator);

    /// <exception cref="DivideByZeroException"><paramref name="b"/> is 0.</exception>
    public static Rational operator /(Rational a, Rational b) => b.Sign == 0 ? throw new DivideByZeroException() : new(a.Numerator * b.Denominator, a.Denominator * b.Numerator);

    /// <summary>The remainder of division rounded down; has the sign of the divisor.</summary>
    public static Rational operator %(Rational a, Rational b) => a - (b * (a / b).Floor());

    public static bool operator <(Rational a, Rational b) => a.CompareTo(b) < 0;

    public static bool operator >(Rational a, Rational b) => a.CompareTo(b) > 0;

    public static bool operator <=(Rational a, Rational b) => a.CompareTo(b) <= 0;

    public static bool operator >=(Rational a, Rational b) => a.CompareTo(b) >= 0;

    public int CompareTo(Rational other) => (Numerator * other.Denominator).CompareTo(other.Numerator * Denominator);

    public Rational Abs() => Sign < 0 ? -this : this;

    public Rational Floor()
    {
        var quotient = BigInteger.DivRem(Numerator, Denominator, out var remainder);
        return new(remainder.Sign < 0 ? quotient - 1 : quotient, 1);
    }

    /// <summary>To so many decimals, halves away from zero.</summary>
    public Rational Round(int decimals)
    {
        var scale = Power(10, decimals);
        var rounded = ((Abs() * scale) + new Rational(1, 2)).Floor() / scale;
        return Sign < 0 ? -rounded : rounded;
    }

    /// <exception cref="DivideByZeroException">0 to a negative power.</exception>
    public static Rational Power(Rational value, int exponent) => exponent < 0
        ? 1 / Power(value, -exponent)
        : new(BigInteger.Pow(value.Numerator, exponent), BigInteger.Pow(value.Denominator, exponent));

    /// <summary>The exact root of a number that is not negative; <see langword="null"/> where it is no fraction.</summary>
    public Rational? SquareRoot() => Root(Numerator) is { } top && Root(Denominator) is { } bottom ? new(top, bottom) : null;

    /// <summary>The nearest number of double precision; may be infinite.</summary>
    public double ToDouble()
    {
        // As many bits as a long has, whatever the sizes of the two.
        var shift = (int)(Denominator.GetBitLength() - Numerator.GetBitLength() + 63);
        var quotient = shift > 0 ? (Numerator << shift) / Denominator : Numerator / (Denominator << -shift);
        return Math.ScaleB((double)quotient, -shift);
    }

    public static Rational FromDouble(double value)
    {
        var bits = BitConverter.DoubleToInt64Bits(value);
        var exponent = (int)((bits >> 52) & 0x7FF);
        var mantissa = (bits & 0xFFFFFFFFFFFFF) | (exponent == 0 ? 0 : 1L << 52);
        var shift = Math.Max(exponent, 1) - 1075;
        var size = shift > 0 ? new Rational(mantissa * BigInteger.Pow(2, shift), 1) : new Rational(mantissa, BigInteger.Pow(2, -shift));
        return value < 0 ? -size : size;
    }

    /// <summary>All its decimals; <see langword="null"/> where they never end.</summary>
    public string? ToExactText()
    {
        var (rest, decimals) = (Denominator, 0);
        foreach (var prime in (int[])[2, 5])
        {
            var times = 0;
            for (; (rest % prime).IsZero; times++)
            {
                rest /= prime;
            }

            decimals = Math.Max(decimals, times);
        }

        return rest.IsOne ? Text((this * Power(10, decimals)).Numerator, decimals) : null;
    }

    /// <summary>Its first twelve digits, with an exponent where it is very large or small.</summary>
    public string ToRoundedText()
    {
        if (Sign == 0)
        {
            return "0";
        }

        var exponent = (int)Math.Floor(BigInteger.Log10(BigInteger.Abs(Numerator)) - BigInteger.Log10(Denominator));
        exponent += Abs() >= Power(10, exponent + 1) ? 1 : Abs() < Power(10, exponent) ? -1 : 0; // the logarithm is not exact
        var rounded = Round(Significant - 1 - exponent);
        return exponent is > -7 and < 21
            ? rounded.ToExactText()!
            : string.Create(CultureInfo.InvariantCulture, $"{(rounded / Power(10, exponent)).ToExactText()}e{exponent}");
    }

    private static BigInteger? Root(BigInteger square)
    {
        // Newton's method from above.
        var root = BigInteger.One << (int)((square.GetBitLength() + 1) / 2);
        while (root * root > square)
        {
            root = (root + (square / root)) >> 1;
        }

        return root * root == square ? root : null;
    }

    private static string Text(BigInteger digits, int decimals)
    {
        var text = BigInteger.Abs(digits).ToString(CultureInfo.InvariantCulture).PadLeft(decimals + 1, '0');
        var sign = digits.Sign < 0 ? "-" : "";
        return decimals == 0 ? sign + text : $"{sign}{text[..^decimals]}.{text[^decimals..]}".TrimEnd('0').TrimEnd('.');
    }
}
