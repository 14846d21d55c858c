using System.Text;

namespace Rag.Llama.Templates.Jinja;

/// <summary>Executes statements and collects what they write.</summary>
internal sealed class Renderer
{
    private readonly Runtime _runtime;
    private readonly Evaluator _evaluator;

    private Renderer(int share)
    {
        _runtime = new Runtime(new RenderBudget(share));
        _evaluator = new Evaluator(_runtime);
    }

    private enum Flow
    {
        Next,
        Break,
        Continue,
    }

    private RenderBudget Budget => _runtime.Budget;

    /// <summary>The text that a template writes with these variables, with one <paramref name="share"/>-th of the limits.</summary>
    /// <exception cref="ChatTemplateException">The template fails, raises an exception of its own, or goes over a limit.</exception>
    public static string Render(IReadOnlyList<Statement> template, IReadOnlyDictionary<string, Value> variables, TimeProvider clock, int share = 1)
    {
        var renderer = new Renderer(share);
        try
        {
            var globals = Globals.Create(renderer.Budget, clock);
            foreach (var (name, value) in variables)
            {
                globals[name] = value;
            }

            return renderer.Write(template, new Scope(globals));
        }
        catch (ChatTemplateException e) when (e.Line is null)
        {
            throw new ChatTemplateException(e.Message, renderer.Budget.Line);
        }
    }

    private string Write(IReadOnlyList<Statement> body, Scope scope)
    {
        var target = new StringBuilder();
        Execute(body, scope, target);
        Budget.Characters(target.Length);
        return target.ToString();
    }

    private Flow Execute(IReadOnlyList<Statement> body, Scope scope, StringBuilder target)
    {
        Budget.Enter();
        var flow = Flow.Next;
        for (var i = 0; i < body.Count && flow == Flow.Next; i++)
        {
            Budget.Step();
            Budget.Line = body[i].Line;
            flow = Execute(body[i], scope, target);
        }

        Budget.Leave();
        return flow;
    }

    private Flow Execute(Statement statement, Scope scope, StringBuilder target)
    {
        switch (statement)
        {
            case Statement.Text text:
                Append(text.Value, target);
                break;
            case Statement.Output output:
                Append(Printing.ToText(_evaluator.Evaluate(output.Value, scope), Budget), target);
                break;
            case Statement.If branches:
                return Execute(branches.Branches.FirstOrDefault(b => _evaluator.Evaluate(b.Condition, scope).IsTrue).Body ?? branches.Otherwise, scope, target);
            case Statement.For loop:
                Loop(loop, scope, target);
                break;
            case Statement.Set set:
                Assign(set.Targets, _evaluator.Evaluate(set.Value, scope), scope);
                break;
            case Statement.SetBlock block:
                var captured = new Value.Text(Write(block.Body, new Scope(scope)));
                Assign([block.Target], block.Filter is null ? captured : _evaluator.Filter(block.Filter, captured, scope), scope);
                break;
            case Statement.Macro macro:
                scope[macro.Name] = Macro(macro.Parameters, macro.Body, scope);
                break;
            case Statement.CallBlock call:
                Append(Printing.ToText(Call(call, scope), Budget), target);
                break;
            case Statement.FilterBlock block:
                Append(Printing.ToText(_evaluator.Filter(block.Filter, new Value.Text(Write(block.Body, new Scope(scope))), scope), Budget), target);
                break;
            case Statement.GenerationBlock block:
                return Execute(block.Body, scope, target);
            case Statement.Do action:
                _evaluator.Evaluate(action.Value, scope);
                break;
            case Statement.Break:
                return Flow.Break;
            case Statement.Continue:
                return Flow.Continue;
            default:
                throw new InvalidOperationException($"A statement of type {statement.GetType()} has no execution.");
        }

        return Flow.Next;
    }

    private void Append(string text, StringBuilder target)
    {
        Budget.Characters(text.Length);
        target.Append(text);
        if (target.Length > Limits.TextLength)
        {
            Budget.Characters(target.Length);
        }
    }

    private void Loop(Statement.For loop, Scope scope, StringBuilder target)
    {
        IReadOnlyList<Value> items = [.. Sequences.Items(_evaluator.Evaluate(loop.Items, scope), Budget)];
        Budget.Elements(items.Count);
        if (loop.Condition is { } condition)
        {
            items = [.. items.Where(i => _evaluator.Evaluate(condition, Bind(loop, i, scope)).IsTrue)];
        }

        if (items.Count == 0)
        {
            Execute(loop.Otherwise, new Scope(scope), target);
            return;
        }

        for (var i = 0; i < items.Count; i++)
        {
            Budget.Step();
            var inner = Bind(loop, items[i], scope);
            inner["loop"] = new Value.Loop(items, i);
            if (Execute(loop.Body, inner, target) == Flow.Break)
            {
                break;
            }
        }
    }

    private static Scope Bind(Statement.For loop, Value item, Scope scope)
    {
        var inner = new Scope(scope);
        if (loop.Targets.Count == 1)
        {
            inner[loop.Targets[0]] = item;
            return inner;
        }

        var parts = Unpack(item, loop.Targets.Count);
        for (var i = 0; i < parts.Count; i++)
        {
            inner[loop.Targets[i]] = parts[i];
        }

        return inner;
    }

    private static List<Value> Unpack(Value value, int count) => value is Value.Sequence sequence && sequence.Items.Count == count
        ? sequence.Items
        : throw new ChatTemplateException($"a {value.TypeName} was to be taken apart into {count} variables; use a list or tuple of {count}.{Operators.Why(value)}");

    private void Assign(IReadOnlyList<Expression> targets, Value value, Scope scope)
    {
        if (targets.Count > 1)
        {
            var parts = Unpack(value, targets.Count);
            for (var i = 0; i < targets.Count; i++)
            {
                Assign([targets[i]], parts[i], scope);
            }
        }
        else if (targets[0] is Expression.Attribute attribute)
        {
            var owner = _evaluator.Evaluate(attribute.Target, scope) as Value.Namespace
                ?? throw new ChatTemplateException($"'{attribute.Id}' was set on something that is no namespace; create it with namespace().");
            Budget.Elements(1);
            owner.Variables[attribute.Id] = value;
        }
        else
        {
            scope[((Expression.Name)targets[0]).Id] = value;
        }
    }

    private Value.Function Macro(IReadOnlyList<Parameter> parameters, IReadOnlyList<Statement> body, Scope defined) => new(arguments =>
    {
        var scope = new Scope(defined);
        for (var i = 0; i < parameters.Count; i++)
        {
            scope[parameters[i].Name] = arguments.At(i, parameters[i].Name)
                ?? (parameters[i].Default is { } otherwise ? _evaluator.Evaluate(otherwise, scope) : new Value.Undefined($"the parameter '{parameters[i].Name}' was not passed"));
        }

        if (arguments.Named.TryGetValue("caller", out var caller))
        {
            scope["caller"] = caller;
        }

        scope["varargs"] = new Value.Sequence([.. arguments.Positional.Skip(parameters.Count)], isTuple: true);
        return new Value.Text(Write(body, scope));
    });

    private Value Call(Statement.CallBlock block, Scope scope)
    {
        var target = _evaluator.Evaluate(block.Call.Target, scope);
        var arguments = _evaluator.Arguments(block.Call.Arguments, scope);
        var caller = Macro(block.Parameters, block.Body, scope);
        return _runtime.Call(target, new CallArguments(arguments.Positional, new Dictionary<string, Value>(arguments.Named) { ["caller"] = caller }));
    }
}
