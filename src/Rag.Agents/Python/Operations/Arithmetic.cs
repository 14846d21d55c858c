using Rag.Agents.Python.Values;

namespace Rag.Agents.Python.Operations;

/// <summary>The operators between two values, for all types.</summary>
internal static class Arithmetic
{
    public static Value Apply(Run run, BinaryOperator operation, Value a, Value b)
    {
        if (Floats.IsNumber(a) && Floats.IsNumber(b))
        {
            if (!a.IsFloat && !b.IsFloat)
            {
                return a.IsBool && b.IsBool && operation is (BinaryOperator.And or BinaryOperator.Or or BinaryOperator.Xor)
                    ? Value.Bool(operation switch { BinaryOperator.And => (a.Bits & b.Bits) != 0, BinaryOperator.Or => (a.Bits | b.Bits) != 0, _ => a.Bits != b.Bits })
                    : Integers.Apply(run, operation, Integers.Of(a)!.Value, Integers.Of(b)!.Value);
            }

            if (operation < BinaryOperator.And)
            {
                return Value.Float(Floats.Apply(operation, Floats.Of(a), Floats.Of(b)));
            }
        }
        else if (a.Object.TryBinary(run, operation, b, false, out var result) || b.Object.TryBinary(run, operation, a, true, out result))
        {
            return result;
        }

        throw Unsupported(operation, a, b);
    }

    /// <summary>Computes <c>a op= b</c>: in place where the value changes itself, so that the result is the same object.</summary>
    public static Value ApplyInPlace(Run run, BinaryOperator operation, Value a, Value b) => a.Object.TryInPlace(run, operation, b) ? a : Apply(run, operation, a, b);

    public static Value Negate(Run run, Value value)
    {
        if (value.IsFloat)
        {
            return Value.Float(-value.Double);
        }

        return (value.IsInt || value.IsBool) && value.Bits != long.MinValue ? Value.Int(-value.Bits)
            : Integers.Of(value) is { } number ? Integers.From(-number)
            : value.Object.Unary(run, "-");
    }

    public static Value Plus(Run run, Value value) => value.IsBool ? Value.Int(value.Bits) : Floats.IsNumber(value) ? value : value.Object.Unary(run, "+");

    public static Value Invert(Run run, Value value) => Integers.Of(value) is { } number ? Integers.From(-number - 1) : value.Object.Unary(run, "~");

    private static Raised Unsupported(BinaryOperator operation, Value a, Value b)
    {
        if (operation == BinaryOperator.Multiply && (a.Ref is PyStr or PyList or PyTuple || b.Ref is PyStr or PyList or PyTuple))
        {
            return Raise.TypeError($"can't multiply sequence by non-int of type '{(a.Ref is PyStr or PyList or PyTuple ? b : a).Type.Name}'");
        }

        return Raise.TypeError($"unsupported operand type(s) for {operation.Symbol()}: '{a.Type.Name}' and '{b.Type.Name}'");
    }
}
