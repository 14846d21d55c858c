using System.Globalization;
using System.Numerics;
using Rag.Agents.Python.Builtins;
using Rag.Agents.Python.Operations;
using Rag.Agents.Python.Values;

namespace Rag.Agents.Python.Modules;

/// <summary>A fraction in lowest terms: <c>fractions.Fraction</c>.</summary>
internal sealed class PyFraction : PyReal
{
    public static readonly PyType FractionType = new("Fraction", Types.Object, Create, new()
    {
        ["limit_denominator"] = LimitDenominator,
        ["as_integer_ratio"] = (_, self, _) => self.Ref is PyFraction f ? new PyTuple(Integers.From(f.numerator), Integers.From(f.denominator)) : default(Value),
    });

    private readonly BigInteger numerator;
    private readonly BigInteger denominator;

    private PyFraction(BigInteger numerator, BigInteger denominator) => (this.numerator, this.denominator) = (numerator, denominator);

    public override PyType Type => FractionType;

    public override long Size => 64 + (4 * (Integers.Words(numerator) + Integers.Words(denominator)));

    public static PyFraction Of(Run run, BigInteger numerator, BigInteger denominator)
    {
        if (denominator.IsZero)
        {
            throw Raise.ZeroDivision(string.Create(CultureInfo.InvariantCulture, $"Fraction({Integers.Decimal(run, numerator)}, 0)"));
        }

        var divisor = IntegerMath.Divisor(run, numerator, denominator) * denominator.Sign;
        run.Fill(16 + Integers.Words(numerator) + Integers.Words(denominator), 4);
        return new(numerator / divisor, denominator / divisor);
    }

    public override string Repr(Run run) => $"Fraction({Integers.Decimal(run, numerator)}, {Integers.Decimal(run, denominator)})";

    public override string Str(Run run) => denominator.IsOne ? Integers.Decimal(run, numerator) : $"{Integers.Decimal(run, numerator)}/{Integers.Decimal(run, denominator)}";

    public override bool IsTrue(Run run) => !numerator.IsZero;

    public override double ToDouble() => Integers.Quotient(numerator, denominator);

    public override BigInteger Truncate(Run run) => numerator / denominator;

    public BigInteger Floor(Run run) => Integers.FloorDivide(run, numerator, denominator).Quotient;

    public PyFraction Negated() => new(-numerator, denominator);

    public override Value Round(Run run, long? digits)
    {
        if (digits is null)
        {
            return Integers.From(Decimals.Round(numerator, denominator));
        }

        var unit = Integers.Power(run, 10, Math.Abs(digits.Value));
        return digits >= 0
            ? Of(run, Decimals.Round(numerator * unit, denominator), unit)
            : Of(run, Decimals.Round(numerator, denominator * unit) * unit, 1);
    }

    public override bool IsEqual(Run run, Value other) => other.IsFloat ? ToDouble() == other.Double : Parts(other) is var (n, d) && n == numerator && d == denominator;

    public override bool TryCompare(Run run, ComparisonOperator comparison, Value other, out bool result)
    {
        if (other.IsFloat)
        {
            result = Comparing.Compare(run, comparison, Value.Float(ToDouble()), other);
            return true;
        }

        var parts = Parts(other);
        result = parts is var (n, d) && comparison.Holds((numerator * d).CompareTo(n * denominator));
        return parts is not null;
    }

    public override long Hash(Run run) => denominator.IsOne ? Integers.Hash(numerator) : HashCode.Combine(numerator, denominator);

    public override bool TryBinary(Run run, BinaryOperator operation, Value other, bool reflected, out Value result)
    {
        result = default;
        if (other.IsFloat)
        {
            result = Value.Float(reflected ? Floats.Apply(operation, other.Double, ToDouble()) : Floats.Apply(operation, ToDouble(), other.Double));
            return true;
        }

        if (Parts(other) is not var (n, d))
        {
            return false;
        }

        run.Step(8 * Integers.ProductCost(Integers.Words(numerator) + Integers.Words(denominator), Integers.Words(n) + Integers.Words(d)));
        var ((a, b), (x, y)) = reflected ? ((n, d), (numerator, denominator)) : ((numerator, denominator), (n, d));
        return Compute(run, operation, a, b, x, y, out result);
    }

    public override Value Unary(Run run, string symbol) => symbol == "-" ? Negated() : symbol == "+" ? this : base.Unary(run, symbol);

    public override bool TryGetAttribute(Run run, Value self, string name, out Value value)
    {
        value = Integers.From(name == "numerator" ? numerator : denominator);
        return name is "numerator" or "denominator" || base.TryGetAttribute(run, self, name, out value);
    }

    private static bool Compute(Run run, BinaryOperator operation, BigInteger a, BigInteger b, BigInteger x, BigInteger y, out Value result)
    {
        switch (operation)
        {
            case BinaryOperator.Add:
                result = Of(run, (a * y) + (x * b), b * y);
                return true;
            case BinaryOperator.Subtract:
                result = Of(run, (a * y) - (x * b), b * y);
                return true;
            case BinaryOperator.Multiply:
                result = Of(run, a * x, b * y);
                return true;
            case BinaryOperator.Divide:
                result = x.IsZero ? throw Raise.ZeroDivision($"Fraction({Integers.Decimal(run, a * y)}, 0)") : Of(run, a * y, b * x);
                return true;
            case BinaryOperator.FloorDivide:
                result = Integers.From(Integers.FloorDivide(run, a * y, b * x).Quotient);
                return true;
            case BinaryOperator.Modulo:
                result = Of(run, Integers.FloorDivide(run, a * y, b * x).Remainder, b * y);
                return true;
            case BinaryOperator.Power when y.IsOne:
                var exponent = BigInteger.Abs(x);
                var (up, down) = (Integers.Power(run, a, exponent), Integers.Power(run, b, exponent));
                result = x.Sign >= 0 ? Of(run, up, down) : Of(run, down, up);
                return true;
            case BinaryOperator.Power:
                result = Value.Float(Floats.Power(Integers.Quotient(run, a, b), Integers.Quotient(run, x, y)));
                return true;
            default:
                result = default;
                return false;
        }
    }

    private static (BigInteger Numerator, BigInteger Denominator)? Parts(Value value) => value.Ref is PyFraction fraction ? (fraction.numerator, fraction.denominator)
        : Integers.Of(value) is { } number ? (number, BigInteger.One)
        : null;

    private static Value Create(Run run, Arguments arguments)
    {
        var bound = arguments.Bind("Fraction", 0, "numerator", "denominator");
        var (n, d) = bound.Has(0) ? Read(run, bound[0]) : (0, 1);
        if (!bound.Has(1) || bound[1].IsNone)
        {
            return Of(run, n, d);
        }

        var (m, e) = Parts(bound[1]) ?? throw Raise.TypeError("both arguments should be Rational instances");
        return Of(run, n * e, d * m);
    }

    private static (BigInteger, BigInteger) Read(Run run, Value value)
    {
        if (value.IsFloat)
        {
            return NumberMethods.Fraction(value.Double);
        }

        if (value.Ref is not PyStr text)
        {
            return Parts(value) ?? throw Raise.TypeError("argument should be a string or a Rational instance");
        }

        var parts = text.Text.Trim().Split('/');
        var number = parts[0].Split('.', 2);
        var decimals = number.Length > 1 ? number[1] : "";
        run.Step(1 + ((long)text.Text.Length * text.Text.Length / 256));
        if (parts.Length <= 2 && text.Text.Length <= Integers.MaxDigits && decimals.All(char.IsAsciiDigit)
            && BigInteger.TryParse(number[0] + decimals, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var numerator)
            && BigInteger.TryParse(parts.Length > 1 ? parts[1] : "1", NumberStyles.None, CultureInfo.InvariantCulture, out var denominator))
        {
            return (numerator, denominator * BigInteger.Pow(10, decimals.Length));
        }

        throw Raise.ValueError($"Invalid literal for Fraction: {TextOf.Quoted(run, text.Text)}");
    }

    // the closest fraction with a denominator up to a bound, by continued fractions, as CPython's
    private static Value LimitDenominator(Run run, Value self, Arguments arguments)
    {
        var fraction = (PyFraction)self.Ref!;
        var most = arguments.Bind("limit_denominator", 0, "max_denominator") is var bound && bound.Has(0) ? bound.Integer(0) : 1_000_000;
        if (most < 1)
        {
            throw Raise.ValueError("max_denominator should be at least 1");
        }

        if (fraction.denominator <= most)
        {
            return self;
        }

        var (p0, q0, p1, q1) = (BigInteger.Zero, BigInteger.One, BigInteger.One, BigInteger.Zero);
        var (n, d) = (fraction.numerator, fraction.denominator);
        while (true)
        {
            var a = Integers.FloorDivide(run, n, d).Quotient;
            var q2 = q0 + (a * q1);
            if (q2 > most)
            {
                break;
            }

            (p0, q0, p1, q1) = (p1, q1, p0 + (a * p1), q2);
            (n, d) = (d, n - (a * d));
        }

        var k = (most - q0) / q1;
        var (first, second) = (Of(run, p0 + (k * p1), q0 + (k * q1)), Of(run, p1, q1));
        return Distance(second, fraction) is var (x, y) && Distance(first, fraction) is var (v, w) && x * w <= v * y ? second : first;
    }

    private static (BigInteger, BigInteger) Distance(PyFraction a, PyFraction b) => (BigInteger.Abs((a.numerator * b.denominator) - (b.numerator * a.denominator)), a.denominator * b.denominator);
}
