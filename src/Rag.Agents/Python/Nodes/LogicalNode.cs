using Rag.Agents.Python.Operations;
using Rag.Agents.Python.Values;

namespace Rag.Agents.Python.Nodes;

/// <summary><c>and</c> or <c>or</c>: the first operand that decides.</summary>
internal sealed class LogicalNode(bool isAnd, Node[] operands) : Node
{
    public override Value Evaluate(Frame frame)
    {
        for (var i = 0; i < operands.Length - 1; i++)
        {
            var value = operands[i].Evaluate(frame);
            if (Truth.Of(frame.Run, value) != isAnd)
            {
                return value;
            }
        }

        return operands[^1].Evaluate(frame);
    }

    public override bool IsTrue(Frame frame)
    {
        foreach (var operand in operands)
        {
            if (operand.IsTrue(frame) != isAnd)
            {
                return !isAnd;
            }
        }

        return isAnd;
    }
}

/// <summary><c>not</c>.</summary>
internal sealed class NotNode(Node operand) : Node
{
    public override Value Evaluate(Frame frame) => Value.Bool(!operand.IsTrue(frame));

    public override bool IsTrue(Frame frame) => !operand.IsTrue(frame);
}

/// <summary><c>-x</c>, <c>+x</c> or <c>~x</c>.</summary>
internal sealed class UnaryNode(char symbol, Node operand) : Node
{
    public override Value Evaluate(Frame frame)
    {
        var value = operand.Evaluate(frame);
        return symbol switch
        {
            '-' => Arithmetic.Negate(frame.Run, value),
            '+' => Arithmetic.Plus(frame.Run, value),
            _ => Arithmetic.Invert(frame.Run, value),
        };
    }
}

/// <summary><c>a if test else b</c>.</summary>
internal sealed class ConditionalNode(Node test, Node then, Node otherwise) : Node
{
    public override Value Evaluate(Frame frame) => test.IsTrue(frame) ? then.Evaluate(frame) : otherwise.Evaluate(frame);
}

/// <summary><c>name := value</c>.</summary>
internal sealed class AssignedNode(Target target, Node value) : Node
{
    public override Value Evaluate(Frame frame)
    {
        var result = value.Evaluate(frame);
        target.Assign(frame, result);
        return result;
    }
}
