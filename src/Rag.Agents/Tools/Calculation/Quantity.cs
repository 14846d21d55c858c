using System.Numerics;

namespace Rag.Agents.Tools.Calculation;

/// <summary>A number with what it measures, in base units.</summary>
/// <param name="Value">The number.</param>
/// <param name="Dimension">What it measures; none for a plain number.</param>
internal sealed record Quantity(Rational Value, Dimension Dimension = default)
{
    // About 1200 digits; more is no answer to a question, and takes time.
    private const int MaxBits = 4096;

    /// <summary>Whether no step was rounded.</summary>
    public bool Exact { get; init; } = true;

    /// <summary>Whether it was written with a percent sign, so that adding it to a number would be ambiguous.</summary>
    public bool Percent { get; init; }

    /// <summary>The scale with a zero of its own on which it was read, such as degrees; what is read there can be converted but not reckoned with.</summary>
    public Unit? Scale { get; init; }

    /// <summary>Some number of a unit.</summary>
    public static Quantity Of(Rational number, Unit unit) => new((number + unit.Zero) * unit.Size, unit.Dimension) { Scale = unit.Zero.Sign == 0 ? null : unit };

    public Quantity Negate() => Scale is null ? this with { Value = -Value } : this with { Value = ((-((Value / Scale.Size) - Scale.Zero)) + Scale.Zero) * Scale.Size };

    public Quantity Add(Quantity other, int position)
    {
        RequireLike(other, position);
        return Percent == other.Percent
            ? Combine(other, Value + other.Value, Dimension, position) with { Percent = Percent }
            : throw new CalculationException("a percentage is added to a number, which can mean two things; write 200 * 110% or 200 + 10% of 200", position);
    }

    public Quantity Multiply(Quantity other, int position) => Combine(other, Value * other.Value, Dimension.Times(other.Dimension), position);

    public Quantity Divide(Quantity other, int position) => other.Value.Sign == 0
        ? throw new CalculationException("something is divided by zero", position)
        : Combine(other, Value / other.Value, Dimension.Times(other.Dimension, -1), position);

    public Quantity Modulo(Quantity other, int position)
    {
        RequireLike(other, position);
        return other.Value.Sign == 0 ? throw new CalculationException("something is divided by zero", position) : Combine(other, Value % other.Value, Dimension, position);
    }

    public Quantity Power(Quantity exponent, int position)
    {
        if (exponent.Dimension != default)
        {
            throw new CalculationException($"the exponent has the unit {exponent.Dimension}; give a plain number", position);
        }

        if (!exponent.Value.IsInteger)
        {
            return Dimension != default || Value.Sign < 0
                ? throw new CalculationException("only a plain number that is not negative has a power with a fraction", position)
                : Rounded(Math.Pow(Value.ToDouble(), exponent.Value.ToDouble()), position);
        }

        if (Value.Sign == 0 && exponent.Value.Sign < 0)
        {
            throw new CalculationException("zero to a negative power is a division by zero", position);
        }

        // 1, 0 and -1 have any power; of the others the size is known before it is reckoned.
        if (Value.Bits > 1 && BigInteger.Abs(exponent.Value.Numerator) * (Value.Bits - 1) > MaxBits)
        {
            throw TooLarge(position);
        }

        var power = Value.Bits > 1 || Dimension != default ? exponent.Value.Numerator : exponent.Value.Numerator.IsEven ? exponent.Value.Sign * exponent.Value.Sign * 2 : 1;
        return BigInteger.Abs(power) > MaxBits
            ? throw TooLarge(position)
            : Combine(exponent, Rational.Power(Value, (int)power), default(Dimension).Times(Dimension, (int)power), position);
    }

    public Quantity SquareRoot(int position) => Dimension != default || Value.Sign < 0
        ? throw new CalculationException("a square root needs a plain number that is not negative", position)
        : Value.SquareRoot() is { } root ? new(root) { Exact = Exact } : Rounded(Math.Sqrt(Value.ToDouble()), position);

    /// <summary>The same quantity with another number.</summary>
    public Quantity With(Rational value, int position) => Combine(this, value, Dimension, position);

    /// <summary>Fails where the other measures something else.</summary>
    public void RequireLike(Quantity other, int position)
    {
        if (Dimension != other.Dimension)
        {
            throw new CalculationException($"{Named(Dimension)} and {Named(other.Dimension)} do not go together", position);
        }
    }

    private static string Named(Dimension dimension) => dimension == default ? "a plain number" : $"a quantity in {dimension}";

    private static Quantity Rounded(double value, int position) => double.IsFinite(value) ? new(Rational.FromDouble(value)) { Exact = false } : throw TooLarge(position);

    private static CalculationException TooLarge(int position) => new("the number gets too large; at most about 1200 digits are reckoned with", position);

    private Quantity Combine(Quantity other, Rational value, Dimension dimension, int position) =>
        Scale is not null || other.Scale is not null ? throw new CalculationException("degrees can be converted, as in 20 C in F, but not reckoned with; write K for differences", position)
        : value.Bits > MaxBits ? throw TooLarge(position)
        : new(value, dimension) { Exact = Exact && other.Exact };
}
