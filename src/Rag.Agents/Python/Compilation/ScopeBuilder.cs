using Rag.Agents.Python.Syntax;

namespace Rag.Agents.Python.Compilation;

/// <summary>Finds the scopes of a program, the names that each binds, and the variable that each use of a name means.</summary>
internal sealed class ScopeBuilder
{
    private readonly List<(Scope Scope, string Name)> uses = [];

    private ScopeBuilder()
    {
    }

    /// <summary>Scopes by the function, class, lambda or comprehension that they belong to.</summary>
    public Dictionary<object, Scope> Scopes { get; } = new(ReferenceEqualityComparer.Instance);

    /// <summary>The scope of the program itself, and those of all that stands within it.</summary>
    public static (Scope Module, Dictionary<object, Scope> Scopes) Build(IReadOnlyList<Statement> program)
    {
        var builder = new ScopeBuilder();
        var module = new Scope(ScopeKind.Module, null);
        builder.VisitBody(module, program);
        foreach (var (scope, name) in builder.uses)
        {
            scope.Resolve(name);
        }

        return (module, builder.Scopes);
    }

    private void VisitBody(Scope scope, IReadOnlyList<Statement> body)
    {
        foreach (var statement in Flat(body))
        {
            var (names, declared) = statement switch
            {
                Statement.Global global => (global.Names, scope.Globals),
                Statement.Nonlocal nonlocal => (nonlocal.Names, scope.Nonlocals),
                _ => ([], scope.Globals),
            };
            foreach (var name in names)
            {
                if (scope.Kind != ScopeKind.Module && scope.Variables.ContainsKey(name))
                {
                    throw new SyntaxFault(statement.Line, $"name '{name}' is parameter and {(statement is Statement.Global ? "global" : "nonlocal")}");
                }

                declared.Add(name);
            }
        }

        foreach (var statement in Flat(body))
        {
            Visit(scope, statement);
        }

        foreach (var statement in Flat(body).OfType<Statement.Nonlocal>())
        {
            CheckNonlocal(scope, statement);
        }
    }

    // the statements of a body and of the blocks in it, but not of the functions and classes in it
    private static IEnumerable<Statement> Flat(IEnumerable<Statement> body) => body.SelectMany(s => Blocks(s).SelectMany(Flat).Prepend(s));

    private static IEnumerable<IReadOnlyList<Statement>> Blocks(Statement statement) => statement switch
    {
        Statement.If branches => branches.Branches.Select(b => b.Body).Append(branches.Else),
        Statement.While loop => [loop.Body, loop.Else],
        Statement.For loop => [loop.Body, loop.Else],
        Statement.Try attempt => attempt.Handlers.Select(h => h.Body).Prepend(attempt.Body).Append(attempt.Else).Append(attempt.Finally),
        _ => [],
    };

    private static void CheckNonlocal(Scope scope, Statement.Nonlocal statement)
    {
        foreach (var name in statement.Names)
        {
            for (var outer = scope.Parent; ; outer = outer.Parent)
            {
                if (outer is null || outer.Kind == ScopeKind.Module)
                {
                    throw new SyntaxFault(statement.Line, $"no binding for nonlocal '{name}' found");
                }

                if (outer.Kind == ScopeKind.Function && outer.Variables.ContainsKey(name))
                {
                    break;
                }
            }
        }
    }

    private void Visit(Scope scope, Statement statement)
    {
        foreach (var expression in SyntaxChildren.Of(statement))
        {
            Visit(scope, expression);
        }

        switch (statement)
        {
            case Statement.Assign assign:
                BindAll(scope, assign.Targets);
                break;
            case Statement.Augment augment:
                BindTarget(scope, augment.Target);
                break;
            case Statement.Annotated annotated:
                BindTarget(scope, annotated.Target);
                break;
            case Statement.For loop:
                BindTarget(scope, loop.Target);
                break;
            case Statement.Delete delete:
                BindAll(scope, delete.Targets);
                break;
            case Statement.Import import:
                Bind(scope, import.Name);
                break;
            case Statement.ImportFrom import:
                foreach (var (_, name) in StarImport.Names(import))
                {
                    Bind(scope, name);
                }

                break;
            case Statement.Try attempt:
                foreach (var name in attempt.Handlers.Select(h => h.Name).OfType<string>())
                {
                    Bind(scope, name);
                }

                break;
            case Statement.Def function:
                Bind(scope, function.Name);
                VisitFunction(scope, function, function.Parameters, function.Body);
                break;
            case Statement.Class type:
                Bind(scope, type.Name);
                var inner = Scopes[type] = new Scope(ScopeKind.Class, scope);
                VisitBody(inner, type.Body);
                break;
        }
    }

    private void VisitFunction(Scope scope, object key, Parameters parameters, IReadOnlyList<Statement> body)
    {
        var inner = Scopes[key] = new Scope(ScopeKind.Function, scope);
        foreach (var name in parameters.Positional.Concat(parameters.NamedOnly).Select(p => p.Name).Append(parameters.Rest).Append(parameters.Names).OfType<string>())
        {
            inner.Declare(name);
        }

        VisitBody(inner, body);
    }

    private void Visit(Scope scope, Expression expression)
    {
        switch (expression)
        {
            case Expression.Name name:
                uses.Add((scope, name.Id));
                break;
            case Expression.Assigned assigned:
                var binding = scope;
                while (binding.Kind == ScopeKind.Comprehension)
                {
                    binding = binding.Parent!;
                }

                Bind(binding, assigned.Id);
                uses.Add((scope, assigned.Id));
                break;
            case Expression.Yield when scope.Kind != ScopeKind.Function:
                throw new SyntaxFault(expression.Line, "'yield' outside function");
            case Expression.Yield:
                scope.IsGenerator = true;
                break;
            case Expression.Lambda lambda:
                foreach (var value in SyntaxChildren.Defaults(lambda.Parameters))
                {
                    Visit(scope, value);
                }

                VisitFunction(scope, lambda, lambda.Parameters, [new Statement.Return(lambda.Line, lambda.Body)]);
                return;
            case Expression.Comprehension comprehension:
                VisitComprehension(scope, comprehension);
                return;
        }

        foreach (var child in SyntaxChildren.Of(expression))
        {
            Visit(scope, child);
        }
    }

    private void VisitComprehension(Scope scope, Expression.Comprehension comprehension)
    {
        Visit(scope, comprehension.Clauses[0].Source);
        var inner = Scopes[comprehension] = new Scope(comprehension.Kind == ComprehensionKind.Generator ? ScopeKind.Function : ScopeKind.Comprehension, scope);
        if (comprehension.Kind == ComprehensionKind.Generator)
        {
            inner.Declare(GeneratorBody.Source);
            inner.IsGenerator = true;
        }

        foreach (var (index, clause) in comprehension.Clauses.Index())
        {
            BindTarget(inner, clause.Target);
            Visit(inner, clause.Target);
            foreach (var part in index == 0 ? clause.Conditions : clause.Conditions.Prepend(clause.Source))
            {
                Visit(inner, part);
            }
        }

        Visit(inner, comprehension.Element);
        if (comprehension.Value is not null)
        {
            Visit(inner, comprehension.Value);
        }
    }

    private static void BindAll(Scope scope, IEnumerable<Expression> targets)
    {
        foreach (var target in targets)
        {
            BindTarget(scope, target);
        }
    }

    private static void BindTarget(Scope scope, Expression target)
    {
        switch (target)
        {
            case Expression.Name name:
                Bind(scope, name.Id);
                break;
            case Expression.Starred starred:
                BindTarget(scope, starred.Operand);
                break;
            case Expression.Tuple or Expression.List:
                BindAll(scope, SyntaxChildren.Of(target));
                break;
        }
    }

    private static void Bind(Scope scope, string name)
    {
        if (!scope.Globals.Contains(name) && !scope.Nonlocals.Contains(name))
        {
            scope.Declare(name);
        }
    }
}
