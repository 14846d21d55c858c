using System.Numerics;
using Rag.Agents.Python.Builtins;
using Rag.Agents.Python.Operations;
using Rag.Agents.Python.Values;

namespace Rag.Agents.Python.Modules;

/// <summary>The module <c>statistics</c>: sums are exact fractions, so that each result is rounded once.</summary>
internal static class StatisticsModule
{
    private static readonly PyType StatisticsError = new("StatisticsError", ErrorTypes.ValueError);

    public static readonly Dictionary<string, Value> Members = Create();

    private static Dictionary<string, Value> Create()
    {
        Dictionary<string, Native> functions = new()
        {
            ["mean"] = (run, arguments) => Read(run, arguments, "mean", 1) is var data ? Result(run, data, data.Sum, data.Denominator * data.Items.Length) : default,
            ["fmean"] = (run, arguments) => Read(run, arguments, "fmean", 1) is var data ? Value.Float(Integers.Quotient(run, data.Sum, data.Denominator * data.Items.Length)) : default,
            ["median"] = (run, arguments) => Median(run, arguments, (a, b) => Arithmetic.Apply(run, BinaryOperator.Divide, Arithmetic.Apply(run, BinaryOperator.Add, a, b), Value.Int(2))),
            ["median_low"] = (run, arguments) => Median(run, arguments, (a, _) => a),
            ["median_high"] = (run, arguments) => Median(run, arguments, (_, b) => b),
            ["mode"] = (run, arguments) => Modes(run, arguments.Exactly("mode", 1)[0]).Items.FirstOrDefault() is { IsUnbound: false } mode ? mode : throw Raise.Of(StatisticsError, "no mode for empty data"),
            ["multimode"] = (run, arguments) => Modes(run, arguments.Exactly("multimode", 1)[0]),
            ["variance"] = (run, arguments) => Variance(run, arguments, "variance", 1, root: false),
            ["pvariance"] = (run, arguments) => Variance(run, arguments, "pvariance", 0, root: false),
            ["stdev"] = (run, arguments) => Variance(run, arguments, "stdev", 1, root: true),
            ["pstdev"] = (run, arguments) => Variance(run, arguments, "pstdev", 0, root: true),
        };
        var members = functions.ToDictionary(f => f.Key, f => (Value)new PyBuiltin(f.Key, f.Value));
        members["StatisticsError"] = StatisticsError;
        return members;
    }

    private sealed record Sample(Value[] Items, BigInteger[] Numerators, BigInteger Denominator, bool IsInteger)
    {
        public BigInteger Sum => Numerators.Aggregate(BigInteger.Zero, (a, b) => a + b);
    }

    // the data over one denominator
    private static Sample Read(Run run, Arguments arguments, string name, int least)
    {
        var items = Iteration.ToArray(run, arguments.Exactly(name, 1)[0]);
        if (items.Length < least)
        {
            throw Raise.Of(StatisticsError, least == 1 ? $"{name} requires at least one data point" : $"{name} requires at least two data points");
        }

        run.Fill(items.Length, 64);
        run.Step(items.Length);
        (BigInteger Numerator, BigInteger Denominator)[] parts = [.. items.Select(Fraction)];
        var denominator = BigInteger.One;
        foreach (var part in parts)
        {
            denominator = denominator / IntegerMath.Divisor(run, denominator, part.Denominator) * part.Denominator;
            run.Step(Integers.Words(denominator));
        }

        run.Fill(items.Length * Integers.Words(denominator), 8);
        return new(items, [.. parts.Select(p => p.Numerator * (denominator / p.Denominator))], denominator, items.All(Integers.IsInteger));
    }

    private static (BigInteger, BigInteger) Fraction(Value value) => value.IsFloat ? NumberMethods.Fraction(value.Double)
        : Integers.Of(value) is { } number ? (number, BigInteger.One)
        : throw Raise.TypeError($"can't convert type '{value.Type.Name}' to numerator/denominator");

    private static Value Result(Run run, Sample sample, BigInteger numerator, BigInteger denominator) => sample.IsInteger && (numerator % denominator).IsZero
        ? Integers.From(numerator / denominator)
        : Value.Float(Integers.Quotient(run, numerator, denominator));

    private static Value Median(Run run, Arguments arguments, Func<Value, Value, Value> middle)
    {
        var sorted = Sorting.Sort(run, Iteration.ToArray(run, arguments.Exactly("median", 1)[0]), default, reverse: false);
        return sorted.Length == 0 ? throw Raise.Of(StatisticsError, "no median for empty data")
            : sorted.Length % 2 == 1 ? sorted[sorted.Length / 2]
            : middle(sorted[(sorted.Length / 2) - 1], sorted[sorted.Length / 2]);
    }

    private static PyList Modes(Run run, Value data)
    {
        var counts = (PyDict)Counting.Create(run, Arguments.Of(data)).Ref!;
        var most = counts.Values.Select(v => v.Bits).DefaultIfEmpty(0).Max();
        return new([.. counts.Items.Where(i => i.Value.Bits == most).Select(i => i.Key)]);
    }

    private static Value Variance(Run run, Arguments arguments, string name, int lost, bool root)
    {
        var sample = Read(run, arguments, name, 1 + lost);
        var (count, sum) = (sample.Items.Length, sample.Sum);

        // sum((x - mean)^2) = (n sum(x^2) - sum(x)^2) / n
        run.Step(sample.Numerators.Sum(n => 1 + Integers.ProductCost(Integers.Words(n), Integers.Words(n))));
        var squares = sample.Numerators.Aggregate(BigInteger.Zero, (total, n) => total + (n * n));
        var numerator = (squares * count) - (sum * sum);
        var denominator = sample.Denominator * sample.Denominator * count * (count - lost);
        return root ? Value.Float(Root(run, numerator, denominator)) : Result(run, sample, numerator, denominator);
    }

    // the root to more than 64 bits, of which the last says whether there is a rest, then rounded once
    private static double Root(Run run, BigInteger numerator, BigInteger denominator)
    {
        if (numerator.IsZero)
        {
            return 0;
        }

        var shift = (int)Math.Max(0, (130 - (long)numerator.GetBitLength() + (long)denominator.GetBitLength() + 1) / 2);
        var scaled = BigInteger.DivRem(numerator << (2 * shift), denominator, out var rest);
        var root = IntegerMath.Root(run, scaled);
        var exact = rest.IsZero && root * root == scaled;
        return Integers.Quotient(run, (root << 1) | (exact ? 0 : 1), BigInteger.One << (shift + 1));
    }
}
