using Rag.Agents.Python.Operations;

namespace Rag.Agents.Python.Syntax;

/// <summary>A statement as parsed.</summary>
internal abstract record Statement(int Line)
{
    public sealed record Expressed(int Line, Expression Value) : Statement(Line);

    public sealed record Assign(int Line, IReadOnlyList<Expression> Targets, Expression Value) : Statement(Line);

    public sealed record Augment(int Line, Expression Target, BinaryOperator Operator, Expression Value) : Statement(Line);

    /// <summary>A target with an annotation and no value.</summary>
    public sealed record Annotated(int Line, Expression Target, Expression? Value) : Statement(Line);

    public sealed record Return(int Line, Expression? Value) : Statement(Line);

    public sealed record If(int Line, IReadOnlyList<(Expression Test, IReadOnlyList<Statement> Body)> Branches, IReadOnlyList<Statement> Else) : Statement(Line);

    public sealed record While(int Line, Expression Test, IReadOnlyList<Statement> Body, IReadOnlyList<Statement> Else) : Statement(Line);

    public sealed record For(int Line, Expression Target, Expression Source, IReadOnlyList<Statement> Body, IReadOnlyList<Statement> Else) : Statement(Line);

    public sealed record Def(int Line, string Name, Parameters Parameters, IReadOnlyList<Statement> Body, IReadOnlyList<Expression> Decorators) : Statement(Line);

    public sealed record Class(int Line, string Name, IReadOnlyList<Expression> Parents, IReadOnlyList<Statement> Body, IReadOnlyList<Expression> Decorators) : Statement(Line);

    public sealed record Try(int Line, IReadOnlyList<Statement> Body, IReadOnlyList<ExceptClause> Handlers, IReadOnlyList<Statement> Else, IReadOnlyList<Statement> Finally) : Statement(Line);

    public sealed record RaiseError(int Line, Expression? Error) : Statement(Line);

    public sealed record Assert(int Line, Expression Test, Expression? Message) : Statement(Line);

    public sealed record Delete(int Line, IReadOnlyList<Expression> Targets) : Statement(Line);

    public sealed record Pass(int Line) : Statement(Line);

    public sealed record Break(int Line) : Statement(Line);

    public sealed record Continue(int Line) : Statement(Line);

    public sealed record Global(int Line, IReadOnlyList<string> Names) : Statement(Line);

    public sealed record Nonlocal(int Line, IReadOnlyList<string> Names) : Statement(Line);

    /// <summary><c>import module as name</c>.</summary>
    public sealed record Import(int Line, string Module, string Name) : Statement(Line);

    /// <summary><c>from module import member as name</c>; the member <c>*</c> stands for all of them.</summary>
    public sealed record ImportFrom(int Line, string Module, IReadOnlyList<(string Member, string Name)> Members) : Statement(Line);
}

/// <summary>An <c>except</c>; without types it catches all.</summary>
internal sealed record ExceptClause(int Line, Expression? Types, string? Name, IReadOnlyList<Statement> Body);
