using Rag.Agents.Python.Compilation;
using Rag.Agents.Python.Operations;
using Rag.Agents.Python.Values;

namespace Rag.Agents.Python.Nodes;

/// <summary>Makes a function: evaluates its defaults, takes the cells along that it shares, and applies its decorators.</summary>
internal sealed class FunctionNode(FunctionCode code, Node?[] defaults, int[] cells, Node[] decorators) : Node
{
    public override Value Evaluate(Frame frame)
    {
        var run = frame.Run;
        var applied = CallNode.EvaluateAll(frame, decorators);
        run.Allocate(64 + (24L * (defaults.Length + cells.Length)));
        Value[] values = [.. defaults.Select(d => d?.Evaluate(frame) ?? default)];
        Value function = new PyFunction(code, values, Cells(frame, cells));
        foreach (var decorator in applied.Reverse())
        {
            function = decorator.Object.Call(run, Arguments.Of(function));
        }

        return function;
    }

    public static Cell[] Cells(Frame frame, int[] slots) => [.. slots.Select(s => (Cell)frame.Locals[s].Ref!)];
}

/// <summary>A generator expression: the generator over what its outermost loop goes through.</summary>
internal sealed class GeneratorNode(Node source, FunctionCode code, int[] cells) : Node
{
    public override Value Evaluate(Frame frame)
    {
        var locals = new Value[code.LocalCount];
        locals[0] = Iteration.Of(frame.Run, source.Evaluate(frame));
        return new PyFunction(code, [default], FunctionNode.Cells(frame, cells)).Run(frame.Run, locals);
    }
}

/// <summary><c>super()</c> in a method.</summary>
internal sealed class SuperNode : Node
{
    public override Value Evaluate(Frame frame)
    {
        if (frame.Function?.Owner is not { } owner || frame.Locals.Length == 0)
        {
            throw Raise.Of(ErrorTypes.RuntimeError, "super(): no arguments");
        }

        var self = frame.Locals[0].Ref is Cell cell ? cell.Content : frame.Locals[0];
        return new PySuper(owner.Parent, self);
    }
}

/// <summary>Makes a class out of the variables that its body sets.</summary>
internal sealed class ClassNode(FunctionCode code, int[] cells, Node? parent, Variable[] variables, string[] fields, Target target, Node[] decorators) : StatementNode
{
    private const int MaxParents = 50;

    public override Flow Execute(Frame frame)
    {
        var run = frame.Run;
        var applied = CallNode.EvaluateAll(frame, decorators);
        var above = parent?.Evaluate(frame).Ref ?? Types.Object;
        if (above is not PyType type || !(type.IsUserClass || ReferenceEquals(type, Types.Object) || type.IsSubclassOf(ErrorTypes.BaseException)))
        {
            throw Raise.TypeError($"a class can have a class of the program or an exception as its parent, not '{TextOf.Repr(run, above)}'");
        }

        if (type.Depth > MaxParents)
        {
            throw Raise.TypeError($"more than {MaxParents} classes above one another");
        }

        var locals = new Value[code.LocalCount];
        var inner = new PyFunction(code, [], FunctionNode.Cells(frame, cells));
        run.Allocate(200 + (64L * variables.Length));
        run.Enter();
        inner.Run(run, locals);
        run.Leave();
        var made = new PyType(code.Name, type) { IsUserClass = true, Fields = fields };
        foreach (var variable in variables)
        {
            var value = locals[variable.Slot].Ref is Cell cell ? cell.Content : locals[variable.Slot];
            if (!value.IsUnbound)
            {
                made.Members[variable.Name] = value;
                Own(value, made);
            }
        }

        Value result = made;
        foreach (var decorator in applied.Reverse())
        {
            result = decorator.Object.Call(run, Arguments.Of(result));
        }

        target.Assign(frame, result);
        return Flow.Next;
    }

    private static void Own(Value member, PyType owner)
    {
        var function = member.Ref switch
        {
            PyProperty property => property.Getter,
            PyClassMethod method => method.Function,
            PyStaticMethod method => method.Function,
            _ => member.Ref,
        };
        if (function is PyFunction { Owner: null } own)
        {
            own.Owner = owner;
        }
    }
}
