using Rag.Agents.Python.Operations;
using Rag.Agents.Python.Values;

namespace Rag.Agents.Python.Modules;

/// <summary>The module <c>math</c>.</summary>
internal static class MathModule
{
    public static readonly Dictionary<string, Value> Members = Create();

    private static Dictionary<string, Value> Create()
    {
        Dictionary<string, Value> members = new()
        {
            ["pi"] = Value.Float(Math.PI),
            ["e"] = Value.Float(Math.E),
            ["tau"] = Value.Float(Math.Tau),
            ["inf"] = Value.Float(double.PositiveInfinity),
            ["nan"] = Value.Float(double.NaN),
        };
        Dictionary<string, Native> functions = new(IntegerMath.Functions)
        {
            ["ceil"] = (run, arguments) => ToInteger(run, arguments.Exactly("ceil", 1)[0], "__ceil__", Math.Ceiling),
            ["floor"] = (run, arguments) => ToInteger(run, arguments.Exactly("floor", 1)[0], "__floor__", Math.Floor),
            ["trunc"] = (run, arguments) => ToInteger(run, arguments.Exactly("trunc", 1)[0], "__trunc__", Math.Truncate),
            ["sqrt"] = (_, arguments) => Domain(arguments.Exactly("sqrt", 1).Double(0), x => x >= 0 || double.IsNaN(x), Math.Sqrt),
            ["cbrt"] = Simple("cbrt", Math.Cbrt),
            ["exp"] = Growing("exp", Math.Exp),
            ["exp2"] = Growing("exp2", x => Math.Pow(2, x)),
            ["expm1"] = Growing("expm1", x => Math.Abs(x) < 1e-5 ? x + (x * x / 2) : Math.Exp(x) - 1),
            ["log"] = Log,
            ["log2"] = (run, arguments) => Value.Float(Logarithm(arguments.Exactly("log2", 1)[0], Math.Log2, 1)),
            ["log10"] = (run, arguments) => Value.Float(Logarithm(arguments.Exactly("log10", 1)[0], Math.Log10, Math.Log10(2))),
            ["log1p"] = (_, arguments) => Domain(arguments.Exactly("log1p", 1).Double(0), x => x > -1, x => Math.Abs(x) < 1e-5 ? x - (x * x / 2) : Math.Log(1 + x)),
            ["sin"] = Finite("sin", Math.Sin),
            ["cos"] = Finite("cos", Math.Cos),
            ["tan"] = Finite("tan", Math.Tan),
            ["asin"] = (_, arguments) => Domain(arguments.Exactly("asin", 1).Double(0), x => x is >= -1 and <= 1, Math.Asin),
            ["acos"] = (_, arguments) => Domain(arguments.Exactly("acos", 1).Double(0), x => x is >= -1 and <= 1, Math.Acos),
            ["atan"] = Simple("atan", Math.Atan),
            ["atan2"] = (_, arguments) => Value.Float(Math.Atan2(arguments.Exactly("atan2", 2).Double(0), arguments.Double(1))),
            ["sinh"] = Growing("sinh", Math.Sinh),
            ["cosh"] = Growing("cosh", Math.Cosh),
            ["tanh"] = Simple("tanh", Math.Tanh),
            ["asinh"] = Simple("asinh", Math.Asinh),
            ["acosh"] = (_, arguments) => Domain(arguments.Exactly("acosh", 1).Double(0), x => x >= 1, Math.Acosh),
            ["atanh"] = (_, arguments) => Domain(arguments.Exactly("atanh", 1).Double(0), x => x is > -1 and < 1, Math.Atanh),
            ["degrees"] = Simple("degrees", x => x * (180 / Math.PI)),
            ["radians"] = Simple("radians", x => x * (Math.PI / 180)),
            ["fabs"] = Simple("fabs", Math.Abs),
            ["copysign"] = (_, arguments) => Value.Float(Math.CopySign(arguments.Exactly("copysign", 2).Double(0), arguments.Double(1))),
            ["fmod"] = (_, arguments) => arguments.Exactly("fmod", 2).Double(1) == 0 ? throw Raise.ValueError("math domain error") : Value.Float(arguments.Double(0) % arguments.Double(1)),
            ["remainder"] = (_, arguments) => arguments.Exactly("remainder", 2).Double(1) == 0 ? throw Raise.ValueError("math domain error") : Value.Float(Math.IEEERemainder(arguments.Double(0), arguments.Double(1))),
            ["modf"] = (_, arguments) => arguments.Exactly("modf", 1).Double(0) is var x ? new PyTuple(Value.Float(Math.CopySign(double.IsInfinity(x) ? 0 : x - Math.Truncate(x), x)), Value.Float(Math.Truncate(x))) : default(Value),
            ["pow"] = (_, arguments) => Value.Float(RealPower(arguments.Exactly("pow", 2).Double(0), arguments.Double(1))),
            ["hypot"] = (_, arguments) => Value.Float(Hypotenuse(arguments.Positional.ToArray().Select(Floats.Of))),
            ["dist"] = (run, arguments) => Value.Float(Hypotenuse(Pairs(run, arguments.Exactly("dist", 2)).Select(p => p.A - p.B))),
            ["isnan"] = (_, arguments) => Value.Bool(double.IsNaN(arguments.Exactly("isnan", 1).Double(0))),
            ["isinf"] = (_, arguments) => Value.Bool(double.IsInfinity(arguments.Exactly("isinf", 1).Double(0))),
            ["isfinite"] = (_, arguments) => Value.Bool(double.IsFinite(arguments.Exactly("isfinite", 1).Double(0))),
            ["isclose"] = IsClose,
            ["fsum"] = (run, arguments) => Value.Float(ExactSum.Of(Iteration.EachPassing(run, arguments.Exactly("fsum", 1)[0]).Select(Floats.Of))),
            ["prod"] = Product,
        };
        foreach (var (name, native) in functions)
        {
            members[name] = new PyBuiltin(name, native);
        }

        return members;
    }

    private static Native Simple(string name, Func<double, double> function) => (_, arguments) => Value.Float(function(arguments.Exactly(name, 1).Double(0)));

    private static Native Finite(string name, Func<double, double> function) => (_, arguments) => Domain(arguments.Exactly(name, 1).Double(0), x => !double.IsInfinity(x), function);

    private static Native Growing(string name, Func<double, double> function) => (_, arguments) =>
    {
        var x = arguments.Exactly(name, 1).Double(0);
        var result = function(x);
        return double.IsInfinity(result) && double.IsFinite(x) ? throw Raise.Overflow("math range error") : Value.Float(result);
    };

    private static Value Domain(double x, Func<double, bool> isIn, Func<double, double> function) => isIn(x) || double.IsNaN(x) ? Value.Float(function(x)) : throw Raise.ValueError("math domain error");

    private static Value ToInteger(Run run, Value value, string special, Func<double, double> round) => Integers.Of(value) is { } number ? Integers.From(number)
        : value.IsFloat ? Integers.From(Floats.ToInteger(round(value.Double)))
        : value.Ref is PyFraction fraction ? Integers.From(special switch { "__floor__" => fraction.Floor(run), "__ceil__" => -fraction.Negated().Floor(run), _ => fraction.Truncate(run) })
        : value.Object.TryGetAttribute(run, value, special, out var method) ? method.Object.Call(run, Arguments.Of())
        : throw Raise.TypeError($"must be real number, not {value.Type.Name}");

    private static Value Log(Run run, Arguments arguments)
    {
        arguments.Between("log", 1, 2);
        var logarithm = Logarithm(arguments[0], Math.Log, Math.Log(2));
        if (!arguments.Has(1))
        {
            return Value.Float(logarithm);
        }

        var divisor = Logarithm(arguments[1], Math.Log, Math.Log(2));
        return divisor == 0 ? throw Raise.ZeroDivision("float division by zero") : Value.Float(logarithm / divisor);
    }

    // an integer too long for a double is a double of 0.5 to 1 and a power of two, as in CPython
    private static double Logarithm(Value value, Func<double, double> function, double ofTwo)
    {
        if (Integers.Of(value) is { } number && number.GetBitLength() > 1000 && number.Sign > 0)
        {
            var bits = (int)number.GetBitLength();
            return function(Integers.Quotient(number, System.Numerics.BigInteger.One << bits)) + (ofTwo * bits);
        }

        var x = Floats.Of(value);
        return x > 0 || double.IsNaN(x) ? function(x) : throw Raise.ValueError("math domain error");
    }

    private static double RealPower(double a, double b)
    {
        var power = Math.Pow(a, b);
        return double.IsNaN(power) && !double.IsNaN(a) && !double.IsNaN(b) ? throw Raise.ValueError("math domain error")
            : double.IsInfinity(power) && double.IsFinite(a) && double.IsFinite(b) ? throw (a == 0 ? Raise.ValueError("math domain error") : Raise.Overflow("math range error"))
            : power;
    }

    private static double Hypotenuse(IEnumerable<double> sides)
    {
        double[] all = [.. sides.Select(Math.Abs)];
        var largest = all.DefaultIfEmpty(0).Max();
        if (all.Any(double.IsInfinity))
        {
            return double.PositiveInfinity;
        }

        // the sum of the exact squares, so that the root is rounded once as in CPython; beyond their range, scaled
        return largest is 0 or double.NaN ? largest
            : largest is > 1e-140 and < 1e140 ? RootOfSquares(all)
            : RootOfSquares([.. all.Select(s => s / largest)]) * largest;
    }

    private static double RootOfSquares(double[] sides)
    {
        var parts = sides.SelectMany(s => (double[])[s * s, Math.FusedMultiplyAdd(s, s, -(s * s))]).ToArray();
        var sum = ExactSum.Of(parts);
        var root = Math.Sqrt(sum);

        // one step of Newton with what the root's square misses
        var rest = ExactSum.Of([.. parts, -(root * root), -Math.FusedMultiplyAdd(root, root, -(root * root))]);
        return root + (rest / (2 * root));
    }

    private static IEnumerable<(double A, double B)> Pairs(Run run, Arguments arguments)
    {
        var (a, b) = (Iteration.ToArray(run, arguments[0]), Iteration.ToArray(run, arguments[1]));
        return a.Length == b.Length ? a.Zip(b, (x, y) => (Floats.Of(x), Floats.Of(y))) : throw Raise.ValueError("both points must have the same number of dimensions");
    }

    private static Value IsClose(Run run, Arguments arguments)
    {
        var bound = arguments.Bind("isclose", 2, "a", "b", "rel_tol", "abs_tol");
        var (a, b) = (bound.Double(0), bound.Double(1));
        var (relative, absolute) = (bound.Has(2) ? bound.Double(2) : 1e-9, bound.Has(3) ? bound.Double(3) : 0);
        if (relative < 0 || absolute < 0)
        {
            throw Raise.ValueError("tolerances must be non-negative");
        }

        var difference = Math.Abs(a - b);
        return Value.Bool(a == b || (!double.IsInfinity(a) && !double.IsInfinity(b) && (difference <= Math.Abs(relative * b) || difference <= Math.Abs(relative * a) || difference <= absolute)));
    }

    private static Value Product(Run run, Arguments arguments)
    {
        var bound = arguments.Bind("prod", 1, "iterable", "start");
        return Iteration.EachPassing(run, bound[0]).Aggregate(bound.Has(1) ? bound[1] : Value.Int(1), (product, item) => Arithmetic.Apply(run, BinaryOperator.Multiply, product, item));
    }
}
