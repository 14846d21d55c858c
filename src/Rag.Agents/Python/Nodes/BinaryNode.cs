using Rag.Agents.Python.Operations;
using Rag.Agents.Python.Values;

namespace Rag.Agents.Python.Nodes;

/// <summary>An operator with a short way for two integers of 64 bits or two floats.</summary>
internal interface IFastOperator
{
    static abstract BinaryOperator Operator { get; }

    /// <summary>False where the result needs the long way: an overflow, a division by zero.</summary>
    static abstract bool TryIntegers(long a, long b, out Value result);

    static abstract bool TryFloats(double a, double b, out Value result);
}

/// <summary>Two operands and one of the operators that have a short way.</summary>
internal sealed class BinaryNode<T>(Node left, Node right, bool inPlace) : Node
    where T : struct, IFastOperator
{
    public override Value Evaluate(Frame frame)
    {
        var a = left.Evaluate(frame);
        var b = right.Evaluate(frame);
        if (a.IsInt && b.IsInt)
        {
            if (T.TryIntegers(a.Bits, b.Bits, out var result))
            {
                return result;
            }
        }
        else if (a.IsFloat && b.IsFloat && T.TryFloats(a.Double, b.Double, out var result))
        {
            return result;
        }

        return inPlace ? Arithmetic.ApplyInPlace(frame.Run, T.Operator, a, b) : Arithmetic.Apply(frame.Run, T.Operator, a, b);
    }
}

/// <summary>Two operands and any other operator.</summary>
internal sealed class OtherBinaryNode(BinaryOperator operation, Node left, Node right, bool inPlace) : Node
{
    public override Value Evaluate(Frame frame)
    {
        var a = left.Evaluate(frame);
        var b = right.Evaluate(frame);
        return inPlace ? Arithmetic.ApplyInPlace(frame.Run, operation, a, b) : Arithmetic.Apply(frame.Run, operation, a, b);
    }
}

/// <summary>A very long chain of operators from left to right, in a loop.</summary>
internal sealed class ChainNode(Node first, (BinaryOperator Operator, Node Operand)[] rest) : Node
{
    public override Value Evaluate(Frame frame)
    {
        var value = first.Evaluate(frame);
        foreach (var (operation, operand) in rest)
        {
            value = Arithmetic.Apply(frame.Run, operation, value, operand.Evaluate(frame));
        }

        return value;
    }
}

/// <summary>The node of an operator.</summary>
internal static class BinaryNodes
{
    public static Node Create(BinaryOperator operation, Node left, Node right) => Create(operation, left, right, inPlace: false);

    public static Node CreateInPlace(BinaryOperator operation, Node left, Node right) => Create(operation, left, right, inPlace: true);

    private static Node Create(BinaryOperator operation, Node left, Node right, bool inPlace) => operation switch
    {
        BinaryOperator.Add => new BinaryNode<FastAdd>(left, right, inPlace),
        BinaryOperator.Subtract => new BinaryNode<FastSubtract>(left, right, inPlace),
        BinaryOperator.Multiply => new BinaryNode<FastMultiply>(left, right, inPlace),
        BinaryOperator.Divide => new BinaryNode<FastDivide>(left, right, inPlace),
        BinaryOperator.FloorDivide => new BinaryNode<FastFloorDivide>(left, right, inPlace),
        BinaryOperator.Modulo => new BinaryNode<FastModulo>(left, right, inPlace),
        _ => new OtherBinaryNode(operation, left, right, inPlace),
    };
}
