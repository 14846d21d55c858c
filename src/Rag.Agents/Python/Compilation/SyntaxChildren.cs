using Rag.Agents.Python.Syntax;

namespace Rag.Agents.Python.Compilation;

/// <summary>The expressions that stand directly in an expression or a statement.</summary>
internal static class SyntaxChildren
{
    public static IEnumerable<Expression> Of(Expression expression) => expression switch
    {
        Expression.Formatted formatted => formatted.Pieces.SelectMany(p => (Expression?[])[p.Expression, p.Specification]).OfType<Expression>(),
        Expression.Chain chain => chain.Rest.Select(r => r.Operand).Prepend(chain.First),
        Expression.Unary unary => [unary.Operand],
        Expression.Not not => [not.Operand],
        Expression.Logical logical => logical.Operands,
        Expression.Comparison comparison => comparison.Rest.Select(r => r.Operand).Prepend(comparison.First),
        Expression.Conditional conditional => [conditional.Test, conditional.Then, conditional.Else],
        Expression.Call call => call.Arguments.Select(a => a.Value).Prepend(call.Function),
        Expression.Attribute attribute => [attribute.Target],
        Expression.Subscript subscript => [subscript.Target, subscript.Index],
        Expression.Slice slice => new[] { slice.Start, slice.Stop, slice.Step }.OfType<Expression>(),
        Expression.List list => list.Items,
        Expression.Tuple tuple => tuple.Items,
        Expression.Set set => set.Items,
        Expression.Dict dict => dict.Pairs.SelectMany(p => (Expression?[])[p.Key, p.Value]).OfType<Expression>(),
        Expression.Starred starred => [starred.Operand],
        Expression.Assigned assigned => [assigned.Value],
        Expression.Yield { Value: not null } yield => [yield.Value],
        _ => [],
    };

    public static IEnumerable<Expression> Of(Statement statement) => statement switch
    {
        Statement.Expressed expressed => [expressed.Value],
        Statement.Assign assign => assign.Targets.Prepend(assign.Value),
        Statement.Augment augment => [augment.Target, augment.Value],
        Statement.Annotated { Value: not null } annotated => [annotated.Target, annotated.Value],
        Statement.Return { Value: not null } returned => [returned.Value],
        Statement.If branches => branches.Branches.Select(b => b.Test),
        Statement.While loop => [loop.Test],
        Statement.For loop => [loop.Source, loop.Target],
        Statement.Def function => function.Decorators.Concat(Defaults(function.Parameters)),
        Statement.Class type => type.Decorators.Concat(type.Parents),
        Statement.Try attempt => attempt.Handlers.Select(h => h.Types).OfType<Expression>(),
        Statement.RaiseError { Error: not null } raise => [raise.Error],
        Statement.Assert assert => assert.Message is null ? [assert.Test] : [assert.Test, assert.Message],
        Statement.Delete delete => delete.Targets,
        _ => [],
    };

    public static IEnumerable<Expression> Defaults(Parameters parameters) => parameters.Positional.Concat(parameters.NamedOnly).Select(p => p.Default).OfType<Expression>();
}
