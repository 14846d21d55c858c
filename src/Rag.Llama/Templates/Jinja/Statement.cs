namespace Rag.Llama.Templates.Jinja;

/// <summary>Something that writes or changes variables.</summary>
internal abstract record Statement
{
    private Statement(int line) => Line = line;

    /// <summary>1-based line on which it begins.</summary>
    public int Line { get; }

    /// <summary>Text to copy.</summary>
    internal sealed record Text(string Value, int Line) : Statement(Line);

    /// <summary><c>{{ value }}</c></summary>
    internal sealed record Output(Expression Value, int Line) : Statement(Line);

    /// <summary><c>if</c>, each <c>elif</c>, <c>else</c>.</summary>
    internal sealed record If(IReadOnlyList<(Expression Condition, IReadOnlyList<Statement> Body)> Branches, IReadOnlyList<Statement> Otherwise, int Line) : Statement(Line);

    /// <summary><c>for a, b in items if condition</c>; <c>else</c> runs when there was no item.</summary>
    internal sealed record For(IReadOnlyList<string> Targets, Expression Items, Expression? Condition, IReadOnlyList<Statement> Body, IReadOnlyList<Statement> Otherwise, int Line) : Statement(Line);

    /// <summary><c>set a = value</c>, <c>set a, b = value</c>, <c>set ns.a = value</c>.</summary>
    internal sealed record Set(IReadOnlyList<Expression> Targets, Expression Value, int Line) : Statement(Line);

    /// <summary><c>set a</c> up to <c>endset</c>, the text perhaps filtered.</summary>
    internal sealed record SetBlock(Expression Target, Expression.Filter? Filter, IReadOnlyList<Statement> Body, int Line) : Statement(Line);

    /// <summary><c>macro</c></summary>
    internal sealed record Macro(string Name, IReadOnlyList<Parameter> Parameters, IReadOnlyList<Statement> Body, int Line) : Statement(Line);

    /// <summary><c>call(...) macro(...)</c>: the body is the macro's <c>caller</c>.</summary>
    internal sealed record CallBlock(IReadOnlyList<Parameter> Parameters, Expression.Call Call, IReadOnlyList<Statement> Body, int Line) : Statement(Line);

    /// <summary><c>filter name</c> up to <c>endfilter</c>.</summary>
    internal sealed record FilterBlock(Expression.Filter Filter, IReadOnlyList<Statement> Body, int Line) : Statement(Line);

    /// <summary><c>generation</c>, which marks what the model wrote and changes nothing.</summary>
    internal sealed record GenerationBlock(IReadOnlyList<Statement> Body, int Line) : Statement(Line);

    /// <summary><c>do value</c></summary>
    internal sealed record Do(Expression Value, int Line) : Statement(Line);

    /// <summary><c>break</c></summary>
    internal sealed record Break(int Line) : Statement(Line);

    /// <summary><c>continue</c></summary>
    internal sealed record Continue(int Line) : Statement(Line);
}

/// <summary>A parameter of a macro; without a default it is undefined where no argument is given.</summary>
internal sealed record Parameter(string Name, Expression? Default);
