using Rag.Agents.Python.Nodes;
using Rag.Agents.Python.Syntax;
using Rag.Agents.Python.Values;

namespace Rag.Agents.Python.Compilation;

/// <summary>Turns the expressions of one scope into nodes that evaluate.</summary>
internal sealed class ExpressionCompiler(Scope scope, Compiler compiler)
{
    /// <summary>Nodes made so far: what a statement costs grows with their number.</summary>
    public int Count { get; private set; }

    public Node[] CompileAll(IEnumerable<Expression> expressions) => [.. expressions.Select(Compile)];

    public Node Compile(Expression expression)
    {
        Count++;
        return expression switch
        {
            Expression.Constant constant => new ConstantNode(constant.Value),
            Expression.Name name => NameNodes.Read(scope, name.Id),
            Expression.Formatted formatted => CompileFormatted(formatted),
            Expression.Chain chain => CompileChain(chain),
            Expression.Unary { Symbol: '-', Operand: Expression.Constant { Value: { IsInt: true } or { IsFloat: true } } number } => new ConstantNode(number.Value.IsInt ? Value.Int(-number.Value.Bits) : Value.Float(-number.Value.Double)),
            Expression.Unary unary => new UnaryNode(unary.Symbol, Compile(unary.Operand)),
            Expression.Not not => new NotNode(Compile(not.Operand)),
            Expression.Logical logical => new LogicalNode(logical.IsAnd, CompileAll(logical.Operands)),
            Expression.Comparison comparison => CompileComparison(comparison),
            Expression.Conditional conditional => new ConditionalNode(Compile(conditional.Test), Compile(conditional.Then), Compile(conditional.Else)),
            Expression.Lambda lambda => compiler.CompileFunction(scope, lambda, "<lambda>", lambda.Parameters, [new Statement.Return(lambda.Line, lambda.Body)], []),
            Expression.Call call => CompileCall(call),
            Expression.Attribute attribute => new AttributeNode(Compile(attribute.Target), attribute.Member),
            Expression.Subscript subscript => new SubscriptNode(Compile(subscript.Target), Compile(subscript.Index)),
            Expression.Slice slice => new SliceNode(CompileOrNone(slice.Start), CompileOrNone(slice.Stop), CompileOrNone(slice.Step)),
            Expression.List list => new ListNode(CompileItems(list.Items)),
            Expression.Tuple tuple => new TupleNode(CompileItems(tuple.Items)),
            Expression.Set set => new SetNode(CompileItems(set.Items)),
            Expression.Dict dict => new DictNode([.. dict.Pairs.Select(p => (p.Key is null ? null : Compile(p.Key), Compile(p.Value)))]),
            Expression.Comprehension comprehension => compiler.CompileComprehension(scope, this, comprehension),
            Expression.Assigned assigned => new AssignedNode(NameNodes.Write(scope, assigned.Id), Compile(assigned.Value)),
            Expression.Starred => throw new SyntaxFault(expression.Line, "can't use starred expression here"),
            _ => throw new SyntaxFault(expression.Line, "'yield' is supported as a statement only"),
        };
    }

    public Target CompileTarget(Expression target)
    {
        Count++;
        return target switch
        {
            Expression.Name name => NameNodes.Write(scope, name.Id),
            Expression.Attribute attribute => new AttributeTarget(Compile(attribute.Target), attribute.Member),
            Expression.Subscript subscript => new SubscriptTarget(Compile(subscript.Target), Compile(subscript.Index)),
            Expression.Starred starred => CompileTarget(starred.Operand),
            Expression.Tuple or Expression.List => CompileUnpack([.. SyntaxChildren.Of(target)]),
            _ => throw new SyntaxFault(target.Line, "cannot assign to this expression"),
        };
    }

    private UnpackTarget CompileUnpack(Expression[] items) => new([.. items.Select(CompileTarget)], Array.FindIndex(items, i => i is Expression.Starred));

    private Node CompileOrNone(Expression? expression) => expression is null ? new ConstantNode(Value.None) : Compile(expression);

    private ItemList CompileItems(IReadOnlyList<Expression> items) => new(
        [.. items.Select(i => Compile(i is Expression.Starred starred ? starred.Operand : i))],
        items.Any(i => i is Expression.Starred) ? [.. items.Select(i => i is Expression.Starred)] : null);

    private Node CompileChain(Expression.Chain chain)
    {
        var node = Compile(chain.First);
        if (chain.Rest.Count > TokenReader.MaxDepth)
        {
            return new ChainNode(node, [.. chain.Rest.Select(r => (r.Operator, Compile(r.Operand)))]);
        }

        foreach (var (operation, operand) in chain.Rest)
        {
            node = BinaryNodes.Create(operation, node, Compile(operand));
        }

        return node;
    }

    private Node CompileComparison(Expression.Comparison comparison) => comparison.Rest is [var only]
        ? ComparisonNodes.Create(only.Operator, Compile(comparison.First), Compile(only.Operand))
        : new ComparisonChainNode(Compile(comparison.First), [.. comparison.Rest.Select(r => (r.Operator, Compile(r.Operand)))]);

    private FormattedNode CompileFormatted(Expression.Formatted formatted) => new FormattedNode([.. formatted.Pieces.Select(p => p.Expression is null
        ? new FormattedPart(p.Text!, null, '\0', null)
        : new FormattedPart("", Compile(p.Expression), p.Conversion, p.Specification is null ? null : Compile(p.Specification)))]);

    private Node CompileCall(Expression.Call call)
    {
        if (call is { Function: Expression.Name { Id: "super" }, Arguments.Count: 0 })
        {
            return new SuperNode();
        }

        Node[] arguments = [.. call.Arguments.Select(a => Compile(a.Value))];
        if (call.Arguments.Any(a => a.Kind != ArgumentKind.Positional))
        {
            return new ExpandedCallNode(Compile(call.Function), [.. call.Arguments.Select((a, i) => new CallArgument(a.Kind, a.Name, arguments[i]))]);
        }

        return call.Function is Expression.Attribute attribute
            ? new MethodCallNode(Compile(attribute.Target), attribute.Member, arguments)
            : new CallNode(Compile(call.Function), arguments);
    }
}
