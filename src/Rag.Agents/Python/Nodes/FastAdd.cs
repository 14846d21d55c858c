using Rag.Agents.Python.Operations;
using Rag.Agents.Python.Values;

namespace Rag.Agents.Python.Nodes;

/// <summary><c>+</c>.</summary>
internal readonly struct FastAdd : IFastOperator
{
    public static BinaryOperator Operator => BinaryOperator.Add;

    public static bool TryIntegers(long a, long b, out Value result)
    {
        var sum = unchecked(a + b);
        result = Value.Int(sum);
        return ((a ^ sum) & (b ^ sum)) >= 0;
    }

    public static bool TryFloats(double a, double b, out Value result)
    {
        result = Value.Float(a + b);
        return true;
    }
}

/// <summary><c>-</c>.</summary>
internal readonly struct FastSubtract : IFastOperator
{
    public static BinaryOperator Operator => BinaryOperator.Subtract;

    public static bool TryIntegers(long a, long b, out Value result)
    {
        var difference = unchecked(a - b);
        result = Value.Int(difference);
        return ((a ^ b) & (a ^ difference)) >= 0;
    }

    public static bool TryFloats(double a, double b, out Value result)
    {
        result = Value.Float(a - b);
        return true;
    }
}

/// <summary><c>*</c>.</summary>
internal readonly struct FastMultiply : IFastOperator
{
    public static BinaryOperator Operator => BinaryOperator.Multiply;

    public static bool TryIntegers(long a, long b, out Value result)
    {
        var high = Math.BigMul(a, b, out var low);
        result = Value.Int(low);
        return high == low >> 63;
    }

    public static bool TryFloats(double a, double b, out Value result)
    {
        result = Value.Float(a * b);
        return true;
    }
}

/// <summary><c>/</c>.</summary>
internal readonly struct FastDivide : IFastOperator
{
    // integers up to here are doubles themselves, so that their quotient is rounded once
    private const long Exact = 1L << 53;

    public static BinaryOperator Operator => BinaryOperator.Divide;

    public static bool TryIntegers(long a, long b, out Value result)
    {
        result = Value.Float((double)a / b);
        return b != 0 && a is >= -Exact and <= Exact && b is >= -Exact and <= Exact;
    }

    public static bool TryFloats(double a, double b, out Value result)
    {
        result = Value.Float(a / b);
        return b != 0;
    }
}

/// <summary><c>//</c>.</summary>
internal readonly struct FastFloorDivide : IFastOperator
{
    public static BinaryOperator Operator => BinaryOperator.FloorDivide;

    public static bool TryIntegers(long a, long b, out Value result)
    {
        if (b is 0 or -1)
        {
            result = default;
            return false;
        }

        var quotient = a / b;
        result = Value.Int((a ^ b) < 0 && quotient * b != a ? quotient - 1 : quotient);
        return true;
    }

    public static bool TryFloats(double a, double b, out Value result)
    {
        result = default;
        return false;
    }
}

/// <summary><c>%</c>.</summary>
internal readonly struct FastModulo : IFastOperator
{
    public static BinaryOperator Operator => BinaryOperator.Modulo;

    public static bool TryIntegers(long a, long b, out Value result)
    {
        if (b is 0 or -1)
        {
            result = default;
            return false;
        }

        var remainder = a % b;
        result = Value.Int(remainder != 0 && (remainder ^ b) < 0 ? remainder + b : remainder);
        return true;
    }

    public static bool TryFloats(double a, double b, out Value result)
    {
        result = default;
        return false;
    }
}
