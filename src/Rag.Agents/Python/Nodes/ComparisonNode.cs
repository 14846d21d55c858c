using Rag.Agents.Python.Operations;
using Rag.Agents.Python.Values;

namespace Rag.Agents.Python.Nodes;

/// <summary>One comparison by value, with a short way for two integers of 64 bits.</summary>
internal sealed class ComparisonNode<T>(Node left, Node right) : Node
    where T : struct, IFastComparison
{
    public override Value Evaluate(Frame frame) => Value.Bool(IsTrue(frame));

    public override bool IsTrue(Frame frame)
    {
        var a = left.Evaluate(frame);
        var b = right.Evaluate(frame);
        return a.IsInt && b.IsInt ? T.Holds(a.Bits, b.Bits) : Comparing.Compare(frame.Run, T.Operator, a, b);
    }
}

/// <summary>Any other comparison.</summary>
internal sealed class OtherComparisonNode(ComparisonOperator comparison, Node left, Node right) : Node
{
    public override Value Evaluate(Frame frame) => Value.Bool(IsTrue(frame));

    public override bool IsTrue(Frame frame)
    {
        var a = left.Evaluate(frame);
        return Comparing.Compare(frame.Run, comparison, a, right.Evaluate(frame));
    }
}

/// <summary>A chain such as <c>a &lt; b &lt;= c</c>, in which each operand is evaluated once and none after the first comparison that fails.</summary>
internal sealed class ComparisonChainNode(Node first, (ComparisonOperator Operator, Node Operand)[] rest) : Node
{
    public override Value Evaluate(Frame frame) => Value.Bool(IsTrue(frame));

    public override bool IsTrue(Frame frame)
    {
        var left = first.Evaluate(frame);
        foreach (var (comparison, operand) in rest)
        {
            var right = operand.Evaluate(frame);
            if (!Comparing.Compare(frame.Run, comparison, left, right))
            {
                return false;
            }

            left = right;
        }

        return true;
    }
}

/// <summary>A comparison of integers.</summary>
internal interface IFastComparison
{
    static abstract ComparisonOperator Operator { get; }

    static abstract bool Holds(long a, long b);
}

/// <summary>The node of a comparison.</summary>
internal static class ComparisonNodes
{
    public static Node Create(ComparisonOperator comparison, Node left, Node right) => comparison switch
    {
        ComparisonOperator.Equal => new ComparisonNode<FastEqual>(left, right),
        ComparisonOperator.NotEqual => new ComparisonNode<FastNotEqual>(left, right),
        ComparisonOperator.Less => new ComparisonNode<FastLess>(left, right),
        ComparisonOperator.LessOrEqual => new ComparisonNode<FastLessOrEqual>(left, right),
        ComparisonOperator.Greater => new ComparisonNode<FastGreater>(left, right),
        ComparisonOperator.GreaterOrEqual => new ComparisonNode<FastGreaterOrEqual>(left, right),
        _ => new OtherComparisonNode(comparison, left, right),
    };

    private readonly struct FastEqual : IFastComparison
    {
        public static ComparisonOperator Operator => ComparisonOperator.Equal;

        public static bool Holds(long a, long b) => a == b;
    }

    private readonly struct FastNotEqual : IFastComparison
    {
        public static ComparisonOperator Operator => ComparisonOperator.NotEqual;

        public static bool Holds(long a, long b) => a != b;
    }

    private readonly struct FastLess : IFastComparison
    {
        public static ComparisonOperator Operator => ComparisonOperator.Less;

        public static bool Holds(long a, long b) => a < b;
    }

    private readonly struct FastLessOrEqual : IFastComparison
    {
        public static ComparisonOperator Operator => ComparisonOperator.LessOrEqual;

        public static bool Holds(long a, long b) => a <= b;
    }

    private readonly struct FastGreater : IFastComparison
    {
        public static ComparisonOperator Operator => ComparisonOperator.Greater;

        public static bool Holds(long a, long b) => a > b;
    }

    private readonly struct FastGreaterOrEqual : IFastComparison
    {
        public static ComparisonOperator Operator => ComparisonOperator.GreaterOrEqual;

        public static bool Holds(long a, long b) => a >= b;
    }
}
