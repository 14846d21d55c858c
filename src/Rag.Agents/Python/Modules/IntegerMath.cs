using System.Numerics;
using Rag.Agents.Python.Operations;
using Rag.Agents.Python.Values;

namespace Rag.Agents.Python.Modules;

/// <summary>The functions of <c>math</c> on integers.</summary>
internal static class IntegerMath
{
    public static readonly Dictionary<string, Native> Functions = new()
    {
        ["gcd"] = (run, arguments) => Integers.From(Each(run, arguments).Aggregate(BigInteger.Zero, (a, b) => Divisor(run, a, b))),
        ["lcm"] = (run, arguments) => Integers.From(Each(run, arguments).Aggregate(BigInteger.One, (a, b) => Multiple(run, a, b))),
        ["factorial"] = Factorial,
        ["comb"] = (run, arguments) => Combinations(run, arguments.Exactly("comb", 2).Integer(0), arguments.Integer(1)),
        ["perm"] = Permutations,
        ["isqrt"] = SquareRoot,
    };

    public static BigInteger Divisor(Run run, BigInteger a, BigInteger b)
    {
        run.Step((long)Math.Min(long.MaxValue / 2, (double)Integers.Words(a) * Integers.Words(b) / 16));
        return BigInteger.GreatestCommonDivisor(a, b);
    }

    private static IEnumerable<BigInteger> Each(Run run, Arguments arguments)
    {
        run.Step(arguments.Values.Length);
        for (var i = 0; i < arguments.Values.Length; i++)
        {
            yield return arguments.Integer(i);
        }
    }

    private static BigInteger Multiple(Run run, BigInteger a, BigInteger b)
    {
        if (a.IsZero || b.IsZero)
        {
            return 0;
        }

        var divisor = Divisor(run, a, b);
        run.Fill(Integers.Words(a) + Integers.Words(b), 4);
        run.Step(4 * Integers.ProductCost(Integers.Words(a), Integers.Words(b)));
        return BigInteger.Abs(a / divisor * b);
    }

    private static Value Factorial(Run run, Arguments arguments)
    {
        var value = arguments.Exactly("factorial", 1)[0];
        var number = value.IsFloat ? throw Raise.TypeError("'float' object cannot be interpreted as an integer") : arguments.Integer(0);
        if (number.Sign < 0)
        {
            throw Raise.ValueError("factorial() not defined for negative values");
        }

        // the factorial has at most n log2(n) bits
        var n = (long)BigInteger.Min(number, int.MaxValue);
        run.Fill((long)(n * Math.Log2(n + 1) / 32) + 1, 4);
        return Integers.From(Range(run, 1, n));
    }

    private static Value Permutations(Run run, Arguments arguments)
    {
        arguments.Between("perm", 1, 2);
        if (!arguments.Has(1) || arguments[1].IsNone)
        {
            return Factorial(run, Arguments.Of(arguments[0]));
        }

        var (n, k) = (arguments.Integer(0), arguments.Integer(1));
        Check(n, k);
        return k > n ? Value.Int(0) : Integers.From(Falling(run, n, k));
    }

    private static Value Combinations(Run run, BigInteger n, BigInteger k)
    {
        Check(n, k);
        if (k > n)
        {
            return Value.Int(0);
        }

        k = BigInteger.Min(k, n - k);
        var (numerator, denominator) = (Falling(run, n, k), Range(run, 1, Integers.Clamp(k)));
        run.Step(4 * Integers.ProductCost(Integers.Words(numerator), Integers.Words(denominator)));
        return Integers.From(numerator / denominator);
    }

    private static void Check(BigInteger n, BigInteger k)
    {
        if (n.Sign < 0 || k.Sign < 0)
        {
            throw Raise.ValueError($"{(n.Sign < 0 ? 'n' : 'k')} must be a non-negative integer");
        }
    }

    // n (n - 1) ... (n - k + 1)
    private static BigInteger Falling(Run run, BigInteger n, BigInteger k)
    {
        var product = BigInteger.One;
        run.Fill(Integers.Clamp(k * (long)n.GetBitLength() / 32), 4);
        for (var i = BigInteger.Zero; i < k; i++)
        {
            run.Step(1 + (Integers.Words(product) * Integers.Words(n) / 32));
            product *= n - i;
        }

        return product;
    }

    // the product of all integers between two, by halves
    private static BigInteger Range(Run run, long first, long last)
    {
        if (last - first < 8)
        {
            run.Step();
            var product = BigInteger.One;
            for (var i = first; i <= last; i++)
            {
                product *= i;
            }

            return product;
        }

        var middle = first + ((last - first) / 2);
        var (left, right) = (Range(run, first, middle), Range(run, middle + 1, last));
        run.Step(Integers.ProductCost(Integers.Words(left), Integers.Words(right)));
        return left * right;
    }

    private static Value SquareRoot(Run run, Arguments arguments)
    {
        var number = arguments.Exactly("isqrt", 1).Integer(0);
        if (number.Sign < 0)
        {
            throw Raise.ValueError("isqrt() argument must be nonnegative");
        }

        return Integers.From(Root(run, number));
    }

    /// <summary>The root rounded down, of a number of at least 0: Newton's method from above.</summary>
    public static BigInteger Root(Run run, BigInteger number)
    {
        if (number.IsZero)
        {
            return 0;
        }

        var root = BigInteger.One << (int)((number.GetBitLength() + 1) / 2);
        while (true)
        {
            run.Step(1 + (4 * Integers.ProductCost(Integers.Words(number), Integers.Words(root))));
            var next = (root + (number / root)) >> 1;
            if (next >= root)
            {
                return root;
            }

            root = next;
        }
    }
}
