namespace Rag.Llama.Templates.Jinja;

/// <summary>Gives expressions their values.</summary>
internal sealed class Evaluator(Runtime runtime)
{
    private RenderBudget Budget => runtime.Budget;

    /// <summary>The value of an expression where <paramref name="scope"/> is seen.</summary>
    public Value Evaluate(Expression expression, Scope scope)
    {
        Budget.Step();
        Budget.Enter();
        Budget.Line = expression.Line;
        var value = expression switch
        {
            Expression.Literal literal => literal.Value,
            Expression.Name name => scope[name.Id],
            Expression.Sequence sequence => List(sequence, scope),
            Expression.Mapping mapping => Dict(mapping, scope),
            Expression.Unary { Operator: "not" } not => Value.Of(!Evaluate(not.Operand, scope).IsTrue),
            Expression.Unary sign => Arithmetic.Sign(sign.Operator, Evaluate(sign.Operand, scope)),
            Expression.Binary { Operator: "and" or "or" } binary => Choose(binary, scope),
            Expression.Binary binary => Arithmetic.Apply(binary.Operator, Evaluate(binary.Left, scope), Evaluate(binary.Right, scope), Budget),
            Expression.Comparison comparison => Compare(comparison, scope),
            Expression.Attribute attribute => runtime.Attribute(Evaluate(attribute.Target, scope), attribute.Id),
            Expression.Index index => runtime.Item(Evaluate(index.Target, scope), Evaluate(index.Key, scope)),
            Expression.Slice slice => Sequences.Slice(Evaluate(slice.Target, scope), Bound(slice.Start, scope), Bound(slice.Stop, scope), Bound(slice.Step, scope), Budget),
            Expression.Call call => runtime.Call(Evaluate(call.Target, scope), Arguments(call.Arguments, scope)),
            Expression.Filter filter => Filter(filter, null, scope),
            Expression.Test test => Value.Of(runtime.Test(test.Id, Evaluate(test.Target, scope), Arguments(test.Arguments, scope))),
            Expression.Conditional conditional => Choose(conditional, scope),
            _ => throw new InvalidOperationException($"An expression of type {expression.GetType()} has no evaluation."),
        };
        Budget.Leave();
        return value;
    }

    /// <summary>The filters' value; <paramref name="input"/> goes into the innermost one, which has no target of its own.</summary>
    public Value Filter(Expression.Filter filter, Value? input, Scope scope)
    {
        var target = filter.Target switch
        {
            null => input!,
            Expression.Filter inner when input is not null => Filter(inner, input, scope),
            var other => Evaluate(other, scope),
        };
        Budget.Line = filter.Line;
        return runtime.Filter(filter.Id, target, Arguments(filter.Arguments, scope));
    }

    /// <summary>The values of arguments.</summary>
    public CallArguments Arguments(ArgumentList arguments, Scope scope)
    {
        if (arguments.Positional.Count == 0 && arguments.Named.Count == 0)
        {
            return CallArguments.Empty;
        }

        var named = new Dictionary<string, Value>(StringComparer.Ordinal);
        foreach (var (name, value) in arguments.Named)
        {
            named[name] = Evaluate(value, scope);
        }

        return new CallArguments([.. arguments.Positional.Select(a => Evaluate(a, scope))], named);
    }

    private Value.Sequence List(Expression.Sequence sequence, Scope scope)
    {
        Budget.Elements(sequence.Items.Count);
        return new Value.Sequence([.. sequence.Items.Select(i => Evaluate(i, scope))], sequence.IsTuple);
    }

    private Value.Mapping Dict(Expression.Mapping mapping, Scope scope)
    {
        Budget.Elements(mapping.Entries.Count);
        var dict = new Value.Mapping();
        foreach (var (key, value) in mapping.Entries)
        {
            dict.Entries[Evaluate(key, scope)] = Evaluate(value, scope);
        }

        return dict;
    }

    private Value Choose(Expression.Binary binary, Scope scope)
    {
        var left = Evaluate(binary.Left, scope);
        return left.IsTrue == (binary.Operator == "or") ? left : Evaluate(binary.Right, scope);
    }

    private Value Choose(Expression.Conditional conditional, Scope scope) =>
        Evaluate(conditional.Condition, scope).IsTrue ? Evaluate(conditional.Then, scope)
        : conditional.Otherwise is { } otherwise ? Evaluate(otherwise, scope)
        : new Value.Undefined("an 'if' without 'else' was false");

    private Value Compare(Expression.Comparison comparison, Scope scope)
    {
        var left = Evaluate(comparison.First, scope);
        foreach (var (operation, operand) in comparison.Rest)
        {
            var right = Evaluate(operand, scope);
            if (!Operators.Holds(operation, left, right, Budget))
            {
                return Value.False;
            }

            left = right;
        }

        return Value.True;
    }

    private long? Bound(Expression? bound, Scope scope) => bound is null ? null : Evaluate(bound, scope) switch
    {
        Value.Integer number => Math.Clamp(number.Content, -int.MaxValue, int.MaxValue),
        Value.None => null,
        var other => throw new ChatTemplateException($"a slice has a bound of type {other.TypeName}; use whole numbers.{Operators.Why(other)}"),
    };
}
