using System.Numerics;
using Rag.Agents.Python.Values;

namespace Rag.Agents.Python.Operations;

/// <summary>Equality and order of any two values.</summary>
internal static class Comparing
{
    public static bool AreEqual(Run run, Value a, Value b)
    {
        if (Floats.IsNumber(a) && Floats.IsNumber(b))
        {
            return !IsNaN(a) && !IsNaN(b) && CompareNumbers(run, a, b) == 0;
        }

        if (a.IsSame(b))
        {
            return true;
        }

        return a.Ref is Immediate or PyBigInteger ? b.Ref is not Immediate and not PyBigInteger && b.Object.IsEqual(run, a) : a.Object.IsEqual(run, b) || (b.Ref is PyInstance or PyReal && b.Object.IsEqual(run, a));
    }

    public static bool AreEqual(Run run, ReadOnlySpan<Value> a, ReadOnlySpan<Value> b)
    {
        if (a.Length != b.Length)
        {
            return false;
        }

        run.Enter();
        var equal = true;
        for (var i = 0; i < a.Length && equal; i++)
        {
            run.Step();
            equal = a[i].IsSame(b[i]) || AreEqual(run, a[i], b[i]);
        }

        run.Leave();
        return equal;
    }

    public static bool Compare(Run run, ComparisonOperator comparison, Value a, Value b)
    {
        switch (comparison)
        {
            case ComparisonOperator.Equal:
                return AreEqual(run, a, b);
            case ComparisonOperator.NotEqual:
                return !AreEqual(run, a, b);
            case ComparisonOperator.In:
                return b.Object.Contains(run, a);
            case ComparisonOperator.NotIn:
                return !b.Object.Contains(run, a);
            case ComparisonOperator.Is:
                return a.IsSame(b);
            case ComparisonOperator.IsNot:
                return !a.IsSame(b);
        }

        if (Floats.IsNumber(a) && Floats.IsNumber(b))
        {
            return !IsNaN(a) && !IsNaN(b) && comparison.Holds(CompareNumbers(run, a, b));
        }

        if (a.Object.TryCompare(run, comparison, b, out var result) || b.Object.TryCompare(run, comparison.Mirrored(), a, out result))
        {
            return result;
        }

        throw Raise.TypeError($"'{comparison.Symbol()}' not supported between instances of '{a.Type.Name}' and '{b.Type.Name}'");
    }

    /// <summary>Compares two sequences by their first elements that differ.</summary>
    public static bool Compare(Run run, ComparisonOperator comparison, ReadOnlySpan<Value> a, ReadOnlySpan<Value> b)
    {
        run.Enter();
        for (var i = 0; i < Math.Min(a.Length, b.Length); i++)
        {
            run.Step();
            if (!a[i].IsSame(b[i]) && !AreEqual(run, a[i], b[i]))
            {
                var result = Compare(run, comparison, a[i], b[i]);
                run.Leave();
                return result;
            }
        }

        run.Leave();
        return comparison.Holds(a.Length.CompareTo(b.Length));
    }

    /// <summary>Compares two numbers by their exact values; neither may be NaN.</summary>
    public static int CompareNumbers(Run run, Value a, Value b)
    {
        if (a.IsFloat && b.IsFloat)
        {
            return a.Double.CompareTo(b.Double);
        }

        if (a.IsFloat)
        {
            return -CompareToFloat(Integers.Of(b)!.Value, a.Double);
        }

        if (b.IsFloat)
        {
            return CompareToFloat(Integers.Of(a)!.Value, b.Double);
        }

        if (a.Ref is Immediate && b.Ref is Immediate)
        {
            return a.Bits.CompareTo(b.Bits);
        }

        var (x, y) = (Integers.Of(a)!.Value, Integers.Of(b)!.Value);
        run.Step(Math.Min(Integers.Words(x), Integers.Words(y)) / 16);
        return x.CompareTo(y);
    }

    private static int CompareToFloat(BigInteger a, double b)
    {
        if (double.IsInfinity(b))
        {
            return b > 0 ? -1 : 1;
        }

        var floor = Math.Floor(b);
        var order = a.CompareTo(new BigInteger(floor));
        return order == 0 && floor < b ? -1 : order;
    }

    private static bool IsNaN(Value value) => value.IsFloat && double.IsNaN(value.Double);
}
