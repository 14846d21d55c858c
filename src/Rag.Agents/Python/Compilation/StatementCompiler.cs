using Rag.Agents.Python.Nodes;
using Rag.Agents.Python.Syntax;
using Rag.Agents.Python.Values;

namespace Rag.Agents.Python.Compilation;

/// <summary>Turns the statements of one scope into nodes that execute.</summary>
internal sealed class StatementCompiler(Scope scope, Compiler compiler)
{
    private readonly ExpressionCompiler expressions = new(scope, compiler);
    private int loops;

    // where a generator could not find its way back to a yield
    private int barred;

    /// <inheritdoc cref="ExpressionCompiler.Count"/>
    public int Count => expressions.Count;

    public StatementNode CompileModule(IReadOnlyList<Statement> statements)
    {
        StatementNode[] nodes = [.. statements.Select(Compile)];
        if (statements is [.., Statement.Expressed { Value: not Expression.Yield } last])
        {
            nodes[^1] = Located(last, new ResultNode(expressions.Compile(last.Value)), 0);
        }

        return new BlockNode(nodes, -1);
    }

    public StatementNode CompileBody(IReadOnlyList<Statement> statements) => new BlockNode([.. statements.Select(Compile)], ResumeSlot());

    public StatementNode Compile(Statement statement)
    {
        var before = Count;
        return Located(statement, CompileOne(statement), before);
    }

    private StatementNode Located(Statement statement, StatementNode node, int before)
    {
        node.Line = statement.Line;
        node.Cost = 1 + ((Count - before) / 32);
        return node;
    }

    private int ResumeSlot() => scope.IsGenerator ? scope.NewSlot() : -1;

    private StatementNode CompileOne(Statement statement)
    {
        switch (statement)
        {
            case Statement.Expressed { Value: Expression.Yield yield }:
                return CompileYield(yield);
            case Statement.Expressed { Value: Expression.Constant }:
                return new FlowNode(Flow.Next); // a docstring
            case Statement.Expressed expressed:
                return new ExpressionNode(expressions.Compile(expressed.Value));
            case Statement.Assign assign:
                return CompileAssign(assign);
            case Statement.Augment augment:
                return CompileAugment(augment);
            case Statement.Annotated annotated:
                return annotated.Value is null ? new FlowNode(Flow.Next) : new AssignNode([expressions.CompileTarget(annotated.Target)], expressions.Compile(annotated.Value));
            case Statement.Return returned:
                return scope.Kind == ScopeKind.Function ? new ReturnNode(returned.Value is null ? new ConstantNode(Value.None) : expressions.Compile(returned.Value)) : throw new SyntaxFault(statement.Line, "'return' outside function");
            case Statement.If branches:
                return new IfNode([.. branches.Branches.Select(b => (expressions.Compile(b.Test), CompileBody(b.Body)))], branches.Else.Count == 0 ? null : CompileBody(branches.Else), ResumeSlot());
            case Statement.While loop:
                return new WhileNode(expressions.Compile(loop.Test), CompileLoop(loop.Body), CompileBarred(loop.Else));
            case Statement.For loop:
                return new ForNode(expressions.CompileTarget(loop.Target), expressions.Compile(loop.Source), CompileLoop(loop.Body), CompileBarred(loop.Else), scope.NewSlot(), scope.IsGenerator);
            case Statement.Def function:
                var node = compiler.CompileFunction(scope, function, function.Name, function.Parameters, function.Body, expressions.CompileAll(function.Decorators));
                return new AssignNode([NameNodes.Write(scope, function.Name)], node);
            case Statement.Class type:
                return compiler.CompileClass(scope, type, type.Parents is [var parent] ? expressions.Compile(parent) : null, expressions.CompileAll(type.Decorators));
            case Statement.Try attempt:
                return CompileTry(attempt);
            case Statement.RaiseError raise:
                return new RaiseNode(raise.Error is null ? null : expressions.Compile(raise.Error));
            case Statement.Assert assert:
                return new AssertNode(expressions.Compile(assert.Test), assert.Message is null ? null : expressions.Compile(assert.Message));
            case Statement.Delete delete:
                return new DeleteNode([.. delete.Targets.Select(expressions.CompileTarget)]);
            case Statement.Break:
                return loops > 0 ? new FlowNode(Flow.Break) : throw new SyntaxFault(statement.Line, "'break' outside loop");
            case Statement.Continue:
                return loops > 0 ? new FlowNode(Flow.Continue) : throw new SyntaxFault(statement.Line, "'continue' not properly in loop");
            case Statement.Import import:
                return new ImportNode(import.Module, null, NameNodes.Write(scope, import.Name));
            case Statement.ImportFrom import:
                return new BlockNode([.. StarImport.Names(import).DefaultIfEmpty(("*", "*")).Select(m => Located(import, new ImportNode(import.Module, m.Item1, NameNodes.Write(scope, m.Item2)), Count))], -1);
            default:
                return new FlowNode(Flow.Next);
        }
    }

    private StatementNode CompileAssign(Statement.Assign assign)
    {
        if (assign.Value is Expression.Yield yield)
        {
            throw new SyntaxFault(yield.Line, "'yield' is supported as a statement only");
        }

        var value = expressions.Compile(assign.Value);
        return assign.Targets is [Expression.Name name]
            ? NameNodes.Write(scope, name.Id) switch
            {
                LocalTarget local => new AssignLocalNode(local.Slot, value),
                GlobalTarget global => new AssignGlobalNode(global.Slot, value),
                var other => new AssignNode([other], value),
            }
            : new AssignNode([.. assign.Targets.Select(expressions.CompileTarget)], value);
    }

    private StatementNode CompileAugment(Statement.Augment augment)
    {
        var value = expressions.Compile(augment.Value);
        switch (augment.Target)
        {
            case Expression.Name name:
                var sum = BinaryNodes.CreateInPlace(augment.Operator, NameNodes.Read(scope, name.Id), value);
                return NameNodes.Write(scope, name.Id) switch
                {
                    LocalTarget local => new AssignLocalNode(local.Slot, sum),
                    GlobalTarget global => new AssignGlobalNode(global.Slot, sum),
                    var other => new AssignNode([other], sum),
                };
            case Expression.Attribute attribute:
                return new AugmentAttributeNode(expressions.Compile(attribute.Target), attribute.Member, augment.Operator, value);
            case Expression.Subscript subscript:
                return new AugmentItemNode(expressions.Compile(subscript.Target), expressions.Compile(subscript.Index), augment.Operator, value);
            default:
                throw new SyntaxFault(augment.Line, "illegal expression for augmented assignment");
        }
    }

    private StatementNode CompileYield(Expression.Yield yield)
    {
        if (barred > 0)
        {
            throw new SyntaxFault(yield.Line, "'yield' in an 'except' or 'finally' block or in the 'else' of a loop or 'try' is not supported");
        }

        if (!yield.IsFrom)
        {
            return new YieldNode(yield.Value is null ? new ConstantNode(Value.None) : expressions.Compile(yield.Value));
        }

        var item = new LocalTarget(scope.NewSlot(), ".item");
        return new ForNode(item, expressions.Compile(yield.Value!), new YieldNode(new LocalNode(item.Slot, item.Name)), null, scope.NewSlot(), resumes: true);
    }

    private StatementNode CompileLoop(IReadOnlyList<Statement> body)
    {
        loops++;
        var node = CompileBody(body);
        loops--;
        return node;
    }

    private StatementNode? CompileBarred(IReadOnlyList<Statement> body)
    {
        barred++;
        var node = body.Count == 0 ? null : CompileBody(body);
        barred--;
        return node;
    }

    private TryNode CompileTry(Statement.Try attempt) => new(
        CompileBody(attempt.Body),
        [.. attempt.Handlers.Select(h => new HandlerNode(h.Types is null ? null : expressions.Compile(h.Types), h.Name is null ? null : NameNodes.Write(scope, h.Name), CompileBarred(h.Body)!))],
        CompileBarred(attempt.Else),
        CompileBarred(attempt.Finally));
}
