using System.Globalization;
using System.Numerics;
using Rag.Agents.Python.Operations;
using Rag.Agents.Python.Values;

namespace Rag.Agents.Python.Modules;

/// <summary>A span of time in microseconds: <c>datetime.timedelta</c>.</summary>
internal sealed class PyTimeDelta : PyObject
{
    public const long PerSecond = 1_000_000;
    public const long PerDay = 86_400 * PerSecond;

    private static readonly (string Name, long Microseconds)[] Units =
    [
        ("days", PerDay), ("seconds", PerSecond), ("microseconds", 1), ("milliseconds", 1000), ("minutes", 60 * PerSecond), ("hours", 3600 * PerSecond), ("weeks", 7 * PerDay),
    ];

    public static readonly PyType DeltaType = new("timedelta", Types.Object, Create, new()
    {
        ["total_seconds"] = (_, self, _) => self.Ref is PyTimeDelta delta ? Value.Float(Integers.Quotient((BigInteger)delta.Total, PerSecond)) : default,
    })
    {
        Members =
        {
            ["max"] = new PyTimeDelta(((Int128)1_000_000_000 * PerDay) - 1),
            ["min"] = new PyTimeDelta((Int128)(-999_999_999) * PerDay),
            ["resolution"] = new PyTimeDelta(1),
        },
    };

    private PyTimeDelta(Int128 total) => Total = total;

    public Int128 Total { get; }

    public long Days => (long)((Total - (Total < 0 ? PerDay - 1 : 0)) / PerDay);

    public override PyType Type => DeltaType;

    private long WithinDay => (long)(Total - ((Int128)Days * PerDay));

    /// <exception cref="Raised">The span is longer than 999,999,999 days.</exception>
    public static PyTimeDelta Of(BigInteger microseconds)
    {
        var days = BigInteger.Divide(microseconds - (microseconds.Sign < 0 ? PerDay - 1 : 0), PerDay);
        return BigInteger.Abs(days) > 999_999_999
            ? throw Raise.Overflow(string.Create(CultureInfo.InvariantCulture, $"days={Integers.Clamp(days)}; must have magnitude <= 999999999"))
            : new((Int128)microseconds);
    }

    public override string Repr(Run run)
    {
        var within = WithinDay;
        List<string> parts = [];
        foreach (var (name, number) in new[] { ("days", Days), ("seconds", within / PerSecond), ("microseconds", within % PerSecond) })
        {
            if (number != 0)
            {
                parts.Add(string.Create(CultureInfo.InvariantCulture, $"{name}={number}"));
            }
        }

        return $"datetime.timedelta({(parts.Count == 0 ? "0" : string.Join(", ", parts))})";
    }

    public override string Str(Run run)
    {
        var (days, within) = (Days, WithinDay);
        var head = days == 0 ? "" : string.Create(CultureInfo.InvariantCulture, $"{days} day{(Math.Abs(days) == 1 ? "" : "s")}, ");
        var seconds = within / PerSecond;
        var fraction = within % PerSecond == 0 ? "" : string.Create(CultureInfo.InvariantCulture, $".{within % PerSecond:000000}");
        return string.Create(CultureInfo.InvariantCulture, $"{head}{seconds / 3600}:{seconds / 60 % 60:00}:{seconds % 60:00}{fraction}");
    }

    public override bool IsTrue(Run run) => Total != 0;

    public override bool IsEqual(Run run, Value other) => other.Ref is PyTimeDelta delta && delta.Total == Total;

    public override bool TryCompare(Run run, ComparisonOperator comparison, Value other, out bool result)
    {
        result = other.Ref is PyTimeDelta delta && comparison.Holds(Total.CompareTo(delta.Total));
        return other.Ref is PyTimeDelta;
    }

    public override long Hash(Run run) => Total.GetHashCode();

    public override bool TryBinary(Run run, BinaryOperator operation, Value other, bool reflected, out Value result)
    {
        result = default;
        BigInteger total = (BigInteger)Total;
        if (other.Ref is PyTimeDelta delta && !reflected)
        {
            BigInteger divisor = (BigInteger)delta.Total;
            result = operation switch
            {
                BinaryOperator.Add => (Value)Of(total + divisor),
                BinaryOperator.Subtract => Of(total - divisor),
                BinaryOperator.Divide => Value.Float(Integers.Quotient(total, divisor)),
                BinaryOperator.FloorDivide => Integers.From(Integers.FloorDivide(run, total, divisor).Quotient),
                BinaryOperator.Modulo => Of(Integers.FloorDivide(run, total, divisor).Remainder),
                _ => default,
            };
        }
        else if (Integers.Of(other) is { } number)
        {
            run.Step(Integers.Words(number));
            result = operation switch
            {
                BinaryOperator.Multiply => (Value)Of(total * number),
                BinaryOperator.Divide when !reflected => Of(Decimals.Round(total, number.IsZero ? throw Raise.ZeroDivision("integer division or modulo by zero") : number)),
                BinaryOperator.FloorDivide when !reflected => Of(Integers.FloorDivide(run, total, number).Quotient),
                _ => default,
            };
        }
        else if (other.IsFloat && operation is BinaryOperator.Multiply or BinaryOperator.Divide && (operation == BinaryOperator.Multiply || !reflected))
        {
            var (n, d) = Builtins.NumberMethods.Fraction(other.Double);
            result = operation == BinaryOperator.Multiply ? Of(Decimals.Round(total * n, d)) : n.IsZero ? throw Raise.ZeroDivision("division by zero") : Of(Decimals.Round(total * d, n));
        }

        return !result.IsUnbound;
    }

    public override Value Unary(Run run, string symbol) => symbol switch
    {
        "-" => Of(-(BigInteger)Total),
        "+" => this,
        _ => base.Unary(run, symbol),
    };

    public override bool TryGetAttribute(Run run, Value self, string name, out Value value)
    {
        switch (name)
        {
            case "days":
                value = Value.Int(Days);
                return true;
            case "seconds":
                value = Value.Int(WithinDay / PerSecond);
                return true;
            case "microseconds":
                value = Value.Int(WithinDay % PerSecond);
                return true;
            case "__abs__":
                value = new PyBuiltin(name, (_, _) => Of(BigInteger.Abs((BigInteger)Total)));
                return true;
            default:
                return base.TryGetAttribute(run, self, name, out value);
        }
    }

    private static Value Create(Run run, Arguments arguments)
    {
        var bound = arguments.Bind("timedelta", 0, [.. Units.Select(u => u.Name)]);
        BigInteger total = 0;
        var fraction = 0.0;
        for (var i = 0; i < Units.Length; i++)
        {
            if (!bound.Has(i))
            {
                continue;
            }

            if (bound[i].IsFloat)
            {
                // whole microseconds exactly, what is left of all parts rounded once
                var (n, d) = Builtins.NumberMethods.Fraction(bound[i].Double);
                var whole = BigInteger.DivRem(n * Units[i].Microseconds, d, out var rest);
                total += whole;
                fraction += Integers.Quotient(rest, d);
                continue;
            }

            var number = Integers.Of(bound[i]) ?? throw Raise.TypeError($"unsupported type for timedelta {Units[i].Name} component: {bound[i].Type.Name}");
            run.Step(Integers.Words(number));
            total += number * Units[i].Microseconds;
        }

        return Of(total + new BigInteger(Math.Round(fraction, MidpointRounding.ToEven)));
    }
}
