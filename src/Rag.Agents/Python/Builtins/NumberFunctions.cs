using System.Numerics;
using Rag.Agents.Python.Operations;
using Rag.Agents.Python.Values;

namespace Rag.Agents.Python.Builtins;

/// <summary>Built-in functions of numbers.</summary>
internal static class NumberFunctions
{
    public static readonly Dictionary<string, Native> Table = new()
    {
        ["abs"] = (run, arguments) => Abs(run, arguments.Exactly("abs", 1)[0]),
        ["round"] = Round,
        ["divmod"] = DivMod,
        ["pow"] = Power,
        ["sum"] = Sum,
        ["bin"] = (run, arguments) => InBase(run, arguments.Exactly("bin", 1), "0b", 1),
        ["oct"] = (run, arguments) => InBase(run, arguments.Exactly("oct", 1), "0o", 3),
        ["hex"] = (run, arguments) => InBase(run, arguments.Exactly("hex", 1), "0x", 4),
        ["complex"] = (_, _) => throw Raise.TypeError("complex numbers are not supported"),
    };

    public static Value Abs(Run run, Value value)
    {
        if (value.IsFloat)
        {
            return Value.Float(Math.Abs(value.Double));
        }

        return Integers.Of(value) is { } number ? Integers.From(BigInteger.Abs(number))
            : value.Ref is PyReal ? Comparing.Compare(run, ComparisonOperator.Less, value, Value.Int(0)) ? Arithmetic.Negate(run, value) : value
            : value.Object.TryGetAttribute(run, value, "__abs__", out var method) ? method.Object.Call(run, Arguments.Of())
            : throw Raise.TypeError($"bad operand type for abs(): '{value.Type.Name}'");
    }

    private static Value Round(Run run, Arguments arguments)
    {
        var bound = arguments.Bind("round", 1, "number", "ndigits");
        var value = bound[0];
        var hasDigits = bound.Has(1) && !bound[1].IsNone;
        var digits = hasDigits ? Math.Clamp(bound.Index(1), -int.MaxValue, int.MaxValue) : 0;
        if (value.IsFloat)
        {
            run.Step(20);
            return hasDigits ? Value.Float(Floats.Round(value.Double, digits)) : Integers.From(RoundHalfEven(value.Double));
        }

        if (Integers.Of(value) is { } number)
        {
            if (digits >= 0)
            {
                return Integers.From(number);
            }

            if (-digits > number.GetBitLength())
            {
                return Value.Int(0);
            }

            var unit = Integers.Power(run, 10, -digits);
            run.Step(4 * Integers.ProductCost(Integers.Words(number), Integers.Words(unit)));
            return Integers.From(Decimals.Round(number, unit) * unit);
        }

        return value.Ref is PyReal real ? real.Round(run, hasDigits ? digits : null)
            : value.Object.TryGetAttribute(run, value, "__round__", out var method) ? method.Object.Call(run, hasDigits ? Arguments.Of(bound[1]) : Arguments.Of())
            : throw Raise.TypeError($"type {value.Type.Name} doesn't define __round__ method");
    }

    private static BigInteger RoundHalfEven(double number)
    {
        Floats.ToInteger(number);
        return new BigInteger(Math.Round(number, MidpointRounding.ToEven));
    }

    private static Value DivMod(Run run, Arguments arguments)
    {
        arguments.Exactly("divmod", 2);
        var (a, b) = (arguments[0], arguments[1]);
        if (Floats.IsNumber(a) && Floats.IsNumber(b) && (a.IsFloat || b.IsFloat))
        {
            var divisor = Floats.Of(b);
            var (quotient, remainder) = divisor == 0 ? throw Raise.ZeroDivision("float divmod()") : Floats.FloorDivide(Floats.Of(a), divisor);
            return new PyTuple(Value.Float(quotient), Value.Float(remainder));
        }

        if (Integers.IsInteger(a) && Integers.IsInteger(b))
        {
            var (quotient, remainder) = Integers.FloorDivide(run, Integers.Of(a)!.Value, Integers.Of(b)!.Value);
            return new PyTuple(Integers.From(quotient), Integers.From(remainder));
        }

        return new PyTuple(Arithmetic.Apply(run, BinaryOperator.FloorDivide, a, b), Arithmetic.Apply(run, BinaryOperator.Modulo, a, b));
    }

    private static Value Power(Run run, Arguments arguments)
    {
        var bound = arguments.Bind("pow", 2, "base", "exp", "mod");
        if (!bound.Has(2) || bound[2].IsNone)
        {
            return Arithmetic.Apply(run, BinaryOperator.Power, bound[0], bound[1]);
        }

        return Integers.IsInteger(bound[0]) && Integers.IsInteger(bound[1]) && Integers.IsInteger(bound[2])
            ? Integers.From(Integers.Power(run, bound.Integer(0), bound.Integer(1), bound.Integer(2)))
            : throw Raise.TypeError("pow() 3rd argument not allowed unless all arguments are integers");
    }

    private static Value Sum(Run run, Arguments arguments)
    {
        var bound = arguments.Bind("sum", 1, "iterable", "start");
        var total = bound.Has(1) ? bound[1] : Value.Int(0);
        if (total.Ref is PyStr)
        {
            throw Raise.TypeError("sum() can't sum strings [use ''.join(seq) instead]");
        }

        foreach (var item in Iteration.EachPassing(run, bound[0]))
        {
            total = total.IsInt && item.IsInt && Nodes.FastAdd.TryIntegers(total.Bits, item.Bits, out var sum) ? sum : Arithmetic.Apply(run, BinaryOperator.Add, total, item);
        }

        return total;
    }

    private static Value InBase(Run run, Arguments arguments, string prefix, int bits)
    {
        var number = arguments.Integer(0);
        return (number.Sign < 0 ? "-" : "") + prefix + Formatting.Radix(run, BigInteger.Abs(number), bits);
    }
}
