namespace Rag.Agents.Python.Syntax;

/// <summary>What may stand left of <c>=</c>.</summary>
internal static class AssignmentTargets
{
    public static void Check(Expression target, bool starred = false)
    {
        switch (target)
        {
            case Expression.Name or Expression.Attribute or Expression.Subscript:
                return;
            case Expression.Starred star when starred:
                Check(star.Operand);
                return;
            case Expression.Tuple tuple:
                CheckAll(tuple.Items, target.Line);
                return;
            case Expression.List list:
                CheckAll(list.Items, target.Line);
                return;
            default:
                throw new SyntaxFault(target.Line, $"cannot assign to {Describe(target)}");
        }
    }

    private static void CheckAll(IReadOnlyList<Expression> items, int line)
    {
        foreach (var item in items)
        {
            Check(item, starred: true);
        }

        if (items.Count(i => i is Expression.Starred) > 1)
        {
            throw new SyntaxFault(line, "multiple starred expressions in assignment");
        }
    }

    private static string Describe(Expression target) => target switch
    {
        Expression.Constant constant => constant.Value.IsNone ? "None" : constant.Value.IsBool ? constant.Value.Bits != 0 ? "True" : "False" : "literal",
        Expression.Call => "function call",
        Expression.Starred => "a starred expression: it must be in a list or tuple",
        Expression.Comparison => "comparison",
        Expression.Conditional => "conditional expression",
        Expression.Lambda => "lambda",
        Expression.Formatted => "f-string expression",
        Expression.Comprehension => "comprehension",
        _ => "expression",
    };
}
