namespace Rag.Agents.Python.Operations;

/// <summary>The operators that compare.</summary>
internal enum ComparisonOperator
{
    Equal,
    NotEqual,
    Less,
    LessOrEqual,
    Greater,
    GreaterOrEqual,
    In,
    NotIn,
    Is,
    IsNot,
}

/// <summary>What the comparisons mean.</summary>
internal static class ComparisonOperators
{
    private static readonly string[] Symbols = ["==", "!=", "<", "<=", ">", ">=", "in", "not in", "is", "is not"];
    private static readonly string[] Names = ["eq", "ne", "lt", "le", "gt", "ge"];

    public static string Symbol(this ComparisonOperator comparison) => Symbols[(int)comparison];

    /// <summary>The special method of a class, such as <c>__lt__</c>.</summary>
    public static string SpecialName(this ComparisonOperator comparison) => $"__{Names[(int)comparison]}__";

    /// <summary>The comparison with its sides exchanged.</summary>
    public static ComparisonOperator Mirrored(this ComparisonOperator comparison) => comparison switch
    {
        ComparisonOperator.Less => ComparisonOperator.Greater,
        ComparisonOperator.LessOrEqual => ComparisonOperator.GreaterOrEqual,
        ComparisonOperator.Greater => ComparisonOperator.Less,
        ComparisonOperator.GreaterOrEqual => ComparisonOperator.LessOrEqual,
        _ => comparison,
    };

    /// <summary>True where an order of less, equal or more than 0 satisfies the comparison.</summary>
    public static bool Holds(this ComparisonOperator comparison, int order) => comparison switch
    {
        ComparisonOperator.Equal => order == 0,
        ComparisonOperator.NotEqual => order != 0,
        ComparisonOperator.Less => order < 0,
        ComparisonOperator.LessOrEqual => order <= 0,
        ComparisonOperator.Greater => order > 0,
        _ => order >= 0,
    };
}
