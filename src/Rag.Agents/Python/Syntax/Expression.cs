using Rag.Agents.Python.Operations;
using Rag.Agents.Python.Values;

namespace Rag.Agents.Python.Syntax;

/// <summary>An expression as parsed.</summary>
internal abstract record Expression(int Line)
{
    public sealed record Constant(int Line, Value Value) : Expression(Line);

    public sealed record Name(int Line, string Id) : Expression(Line);

    public sealed record Formatted(int Line, IReadOnlyList<Piece> Pieces) : Expression(Line);

    /// <summary>Operands of one precedence from left to right: <c>a + b - c</c>. A list, so that a long sum is not deep.</summary>
    public sealed record Chain(int Line, Expression First, IReadOnlyList<(BinaryOperator Operator, Expression Operand)> Rest) : Expression(Line);

    public sealed record Unary(int Line, char Symbol, Expression Operand) : Expression(Line);

    public sealed record Not(int Line, Expression Operand) : Expression(Line);

    public sealed record Logical(int Line, bool IsAnd, IReadOnlyList<Expression> Operands) : Expression(Line);

    public sealed record Comparison(int Line, Expression First, IReadOnlyList<(ComparisonOperator Operator, Expression Operand)> Rest) : Expression(Line);

    public sealed record Conditional(int Line, Expression Test, Expression Then, Expression Else) : Expression(Line);

    public sealed record Lambda(int Line, Parameters Parameters, Expression Body) : Expression(Line);

    public sealed record Call(int Line, Expression Function, IReadOnlyList<Argument> Arguments) : Expression(Line);

    public sealed record Attribute(int Line, Expression Target, string Member) : Expression(Line);

    public sealed record Subscript(int Line, Expression Target, Expression Index) : Expression(Line);

    public sealed record Slice(int Line, Expression? Start, Expression? Stop, Expression? Step) : Expression(Line);

    public sealed record List(int Line, IReadOnlyList<Expression> Items) : Expression(Line);

    public sealed record Tuple(int Line, IReadOnlyList<Expression> Items) : Expression(Line);

    public sealed record Set(int Line, IReadOnlyList<Expression> Items) : Expression(Line);

    /// <summary>A dictionary; a pair without a key is <c>**value</c>.</summary>
    public sealed record Dict(int Line, IReadOnlyList<(Expression? Key, Expression Value)> Pairs) : Expression(Line);

    public sealed record Starred(int Line, Expression Operand) : Expression(Line);

    /// <summary>A comprehension; <paramref name="Value"/> is there for a dictionary alone.</summary>
    public sealed record Comprehension(int Line, ComprehensionKind Kind, Expression Element, Expression? Value, IReadOnlyList<Clause> Clauses) : Expression(Line);

    public sealed record Assigned(int Line, string Id, Expression Value) : Expression(Line);

    public sealed record Yield(int Line, Expression? Value, bool IsFrom) : Expression(Line);
}

/// <summary>What a comprehension makes.</summary>
internal enum ComprehensionKind
{
    List,
    Set,
    Dict,
    Generator,
}

/// <summary>A part of a formatted string: a text, or an expression with its conversion and format.</summary>
internal sealed record Piece(string? Text, Expression? Expression = null, char Conversion = '\0', Expression? Specification = null);

/// <summary>How an argument is given.</summary>
internal enum ArgumentKind
{
    Positional,
    Named,
    Star,
    DoubleStar,
}

/// <summary>An argument of a call.</summary>
internal sealed record Argument(ArgumentKind Kind, string? Name, Expression Value);

/// <summary>One <c>for</c> of a comprehension with the <c>if</c>s after it.</summary>
internal sealed record Clause(int Line, Expression Target, Expression Source, IReadOnlyList<Expression> Conditions);

/// <summary>A parameter and its default.</summary>
internal sealed record Parameter(string Name, Expression? Default);

/// <summary>The parameters of a function.</summary>
/// <param name="Positional">Those that may be given by position.</param>
/// <param name="Rest">The name of <c>*args</c>.</param>
/// <param name="NamedOnly">Those that are given by name only.</param>
/// <param name="Names">The name of <c>**kwargs</c>.</param>
internal sealed record Parameters(IReadOnlyList<Parameter> Positional, string? Rest, IReadOnlyList<Parameter> NamedOnly, string? Names);
