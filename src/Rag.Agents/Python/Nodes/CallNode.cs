using Rag.Agents.Python.Operations;
using Rag.Agents.Python.Syntax;
using Rag.Agents.Python.Values;

namespace Rag.Agents.Python.Nodes;

/// <summary>A call with arguments by position.</summary>
internal sealed class CallNode(Node function, Node[] arguments) : Node
{
    public override Value Evaluate(Frame frame)
    {
        var target = function.Evaluate(frame);
        if (target.Ref is PyFunction { Code.IsSimple: true } user && user.Code.PositionalCount == arguments.Length)
        {
            var locals = new Value[user.Code.LocalCount];
            for (var i = 0; i < arguments.Length; i++)
            {
                locals[i] = arguments[i].Evaluate(frame);
            }

            return user.Run(frame.Run, locals);
        }

        return target.Object.Call(frame.Run, new(EvaluateAll(frame, arguments)));
    }

    public static Value[] EvaluateAll(Frame frame, Node[] nodes)
    {
        var values = new Value[nodes.Length];
        for (var i = 0; i < nodes.Length; i++)
        {
            values[i] = nodes[i].Evaluate(frame);
        }

        return values;
    }
}

/// <summary>A call of an attribute, without making the method a value where the type is one of Python's own.</summary>
internal sealed class MethodCallNode(Node target, string name, Node[] arguments) : Node
{
    public override Value Evaluate(Frame frame)
    {
        var self = target.Evaluate(frame);
        if (self.Ref is PyStr or PyList or PyDict or PySet or PyTuple or Immediate && self.Type.FindMethod(name) is { } method)
        {
            return method(frame.Run, self, new(CallNode.EvaluateAll(frame, arguments)));
        }

        var function = Attributes.Get(frame.Run, self, name);
        return function.Object.Call(frame.Run, new(CallNode.EvaluateAll(frame, arguments)));
    }
}

/// <summary>One argument of an <see cref="ExpandedCallNode"/>.</summary>
internal readonly record struct CallArgument(ArgumentKind Kind, string? Name, Node Value);

/// <summary>A call with names or stars among its arguments.</summary>
internal sealed class ExpandedCallNode(Node function, CallArgument[] arguments) : Node
{
    public override Value Evaluate(Frame frame)
    {
        var run = frame.Run;
        var target = function.Evaluate(frame);
        List<Value> values = [];
        List<string> names = [];
        List<Value> named = [];
        foreach (var argument in arguments)
        {
            var value = argument.Value.Evaluate(frame);
            switch (argument.Kind)
            {
                case ArgumentKind.Positional:
                    values.Add(value);
                    break;
                case ArgumentKind.Star:
                    values.AddRange(Iteration.ToArray(run, value, $"argument after * must be an iterable, not {value.Type.Name}"));
                    break;
                case ArgumentKind.Named:
                    AddName(argument.Name!, value);
                    break;
                default:
                    foreach (var (key, item) in (value.Ref as PyDict ?? throw Raise.TypeError($"argument after ** must be a mapping, not {value.Type.Name}")).Items)
                    {
                        run.Step();
                        AddName(key.Ref is PyStr text ? text.Text : throw Raise.TypeError("keywords must be strings"), item);
                    }

                    break;
            }
        }

        run.Fill(values.Count + named.Count, 16);
        return target.Object.Call(run, new([.. values, .. named], [.. names]));

        void AddName(string name, Value value)
        {
            run.Step(names.Count / 16);
            if (names.Contains(name))
            {
                throw Raise.TypeError($"got multiple values for keyword argument '{name}'");
            }

            names.Add(name);
            named.Add(value);
        }
    }
}
