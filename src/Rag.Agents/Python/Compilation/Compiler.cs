using Rag.Agents.Python.Nodes;
using Rag.Agents.Python.Syntax;

namespace Rag.Agents.Python.Compilation;

/// <summary>Turns a parsed program into nodes that run.</summary>
internal sealed class Compiler
{
    private readonly Dictionary<object, Scope> scopes;

    private Compiler(Dictionary<object, Scope> scopes) => this.scopes = scopes;

    /// <summary>The code of a program. Running it leaves the value of a last line that is an expression in <see cref="Frame.Result"/>.</summary>
    /// <exception cref="SyntaxFault">The program is none of the subset.</exception>
    public static Program Compile(string source)
    {
        var statements = Parser.Parse(source);
        var (module, scopes) = ScopeBuilder.Build(statements);
        var body = new StatementCompiler(module, new(scopes)).CompileModule(statements);
        return new(body, module.SlotCount, module.Variables.ToDictionary(v => v.Key, v => v.Value.Slot));
    }

    public FunctionNode CompileFunction(Scope outer, object key, string name, Parameters parameters, IReadOnlyList<Statement> body, IReadOnlyList<Node> decorators)
    {
        var inner = scopes[key];
        var qualified = outer.Owner.Prefix + name;
        inner.Prefix = $"{qualified}.<locals>.";
        var statements = new StatementCompiler(inner, this);
        var compiled = statements.CompileBody(body);
        var defaults = new ExpressionCompiler(outer, this);
        List<Parameter> all = [.. parameters.Positional, .. parameters.NamedOnly];
        var code = Code(name, inner, compiled) with
        {
            QualifiedName = qualified,
            Parameters = [.. all.Select(p => p.Name)],
            PositionalCount = parameters.Positional.Count,
            RestSlot = parameters.Rest is null ? -1 : inner.Variables[parameters.Rest].Slot,
            NamesSlot = parameters.Names is null ? -1 : inner.Variables[parameters.Names].Slot,
            Cost = 1 + (statements.Count / 32),
        };
        return new(code, [.. all.Select(p => p.Default is null ? null : defaults.Compile(p.Default))], OuterSlots(outer, inner), [.. decorators]);
    }

    public ClassNode CompileClass(Scope outer, Statement.Class type, Node? parent, Node[] decorators)
    {
        var inner = scopes[type];
        inner.Prefix = $"{outer.Owner.Prefix}{type.Name}.";
        var body = new StatementCompiler(inner, this).CompileBody(type.Body);
        string[] fields = [.. type.Body.OfType<Statement.Annotated>().Select(a => a.Target).OfType<Expression.Name>().Select(n => n.Id)];
        return new(Code(type.Name, inner, body), OuterSlots(outer, inner), parent, [.. inner.Variables.Values], fields, NameNodes.Write(outer, type.Name), decorators);
    }

    public Node CompileComprehension(Scope outer, ExpressionCompiler outerExpressions, Expression.Comprehension comprehension)
    {
        var inner = scopes[comprehension];
        var first = outerExpressions.Compile(comprehension.Clauses[0].Source);
        if (comprehension.Kind == ComprehensionKind.Generator)
        {
            var body = new StatementCompiler(inner, this).Compile(GeneratorBody.Of(comprehension));
            var code = Code("<genexpr>", inner, body) with { Parameters = [GeneratorBody.Source], PositionalCount = 1 };
            return new GeneratorNode(first, code, OuterSlots(outer, inner));
        }

        var expressions = new ExpressionCompiler(inner, this);
        var slot = inner.NewSlot();
        StatementNode loop = new CollectNode(slot, expressions.Compile(comprehension.Element), comprehension.Value is null ? null : expressions.Compile(comprehension.Value));
        for (var i = comprehension.Clauses.Count - 1; i >= 0; i--)
        {
            var clause = comprehension.Clauses[i];
            foreach (var condition in clause.Conditions.Reverse())
            {
                loop = new GuardNode(expressions.Compile(condition), loop);
            }

            loop = new ForNode(expressions.CompileTarget(clause.Target), i == 0 ? first : expressions.Compile(clause.Source), loop, null, inner.NewSlot(), resumes: false);
        }

        int[] cells = [.. inner.Variables.Values.Where(v => v.IsShared).Select(v => v.Slot)];
        return new ComprehensionNode(slot, comprehension.Kind, loop, cells);
    }

    private static FunctionCode Code(string name, Scope scope, StatementNode body) => new(name, body)
    {
        LocalCount = scope.SlotCount,
        CellSlots = [.. scope.Variables.Values.Where(v => v.IsShared).Select(v => v.Slot)],
        FreeSlots = [.. scope.Free.Values],
        IsGenerator = scope.IsGenerator,
    };

    // the slots, in the frame around a function, of the cells that it takes along
    private static int[] OuterSlots(Scope outer, Scope inner) => [.. inner.Free.Keys.Select(v => NameNodes.CellSlot(outer, v))];
}

/// <summary>A program that can run, and the slots of its variables by name.</summary>
internal sealed record Program(StatementNode Body, int SlotCount, IReadOnlyDictionary<string, int> Slots);
