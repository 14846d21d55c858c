namespace Rag.Llama.Templates.Jinja;

/// <summary>Something with a value.</summary>
internal abstract record Expression
{
    private Expression(int line) => Line = line;

    /// <summary>1-based line on which it begins.</summary>
    public int Line { get; }

    /// <summary>A value written down.</summary>
    internal sealed record Literal(Value Value, int Line) : Expression(Line);

    /// <summary>A variable.</summary>
    internal sealed record Name(string Id, int Line) : Expression(Line);

    /// <summary><c>[a, b]</c> or <c>(a, b)</c>.</summary>
    internal sealed record Sequence(IReadOnlyList<Expression> Items, bool IsTuple, int Line) : Expression(Line);

    /// <summary><c>{'a': b}</c></summary>
    internal sealed record Mapping(IReadOnlyList<(Expression Key, Expression Value)> Entries, int Line) : Expression(Line);

    /// <summary><c>not a</c>, <c>-a</c>, <c>+a</c>.</summary>
    internal sealed record Unary(string Operator, Expression Operand, int Line) : Expression(Line);

    /// <summary>Arithmetic, <c>~</c>, <c>and</c>, <c>or</c>.</summary>
    internal sealed record Binary(string Operator, Expression Left, Expression Right, int Line) : Expression(Line);

    /// <summary>A chain such as <c>a &lt; b &lt; c</c>; <c>in</c> and <c>not in</c> belong to it.</summary>
    internal sealed record Comparison(Expression First, IReadOnlyList<(string Operator, Expression Operand)> Rest, int Line) : Expression(Line);

    /// <summary><c>a.name</c></summary>
    internal sealed record Attribute(Expression Target, string Id, int Line) : Expression(Line);

    /// <summary><c>a[key]</c></summary>
    internal sealed record Index(Expression Target, Expression Key, int Line) : Expression(Line);

    /// <summary><c>a[start:stop:step]</c></summary>
    internal sealed record Slice(Expression Target, Expression? Start, Expression? Stop, Expression? Step, int Line) : Expression(Line);

    /// <summary><c>a(...)</c></summary>
    internal sealed record Call(Expression Target, ArgumentList Arguments, int Line) : Expression(Line);

    /// <summary><c>a | name(...)</c>; no target in a filter block.</summary>
    internal sealed record Filter(Expression? Target, string Id, ArgumentList Arguments, int Line) : Expression(Line);

    /// <summary><c>a is name ...</c></summary>
    internal sealed record Test(Expression Target, string Id, ArgumentList Arguments, int Line) : Expression(Line);

    /// <summary><c>a if condition else b</c></summary>
    internal sealed record Conditional(Expression Condition, Expression Then, Expression? Otherwise, int Line) : Expression(Line);
}

/// <summary>What stands between the brackets of a call.</summary>
internal sealed record ArgumentList(IReadOnlyList<Expression> Positional, IReadOnlyList<(string Name, Expression Value)> Named)
{
    /// <summary>No brackets, or nothing in them.</summary>
    public static ArgumentList Empty { get; } = new([], []);
}
