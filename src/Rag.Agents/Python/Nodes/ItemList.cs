using Rag.Agents.Python.Operations;
using Rag.Agents.Python.Values;

namespace Rag.Agents.Python.Nodes;

/// <summary>Expressions between brackets; those that <paramref name="stars"/> marks stand for their elements.</summary>
internal sealed class ItemList(Node[] nodes, bool[]? stars)
{
    public Value[] Evaluate(Frame frame)
    {
        frame.Run.Fill(nodes.Length, 16);
        if (stars is null)
        {
            return CallNode.EvaluateAll(frame, nodes);
        }

        List<Value> items = [];
        for (var i = 0; i < nodes.Length; i++)
        {
            var value = nodes[i].Evaluate(frame);
            if (!stars[i])
            {
                items.Add(value);
                continue;
            }

            var elements = Iteration.ToArray(frame.Run, value, $"Value after * must be an iterable, not {value.Type.Name}");
            frame.Run.Fill(elements.Length, 16);
            items.AddRange(elements);
        }

        return [.. items];
    }
}

/// <summary><c>[a, b]</c>.</summary>
internal sealed class ListNode(ItemList items) : Node
{
    public override Value Evaluate(Frame frame)
    {
        frame.Run.Allocate(72);
        return new PyList([.. items.Evaluate(frame)]);
    }
}

/// <summary><c>(a, b)</c>.</summary>
internal sealed class TupleNode(ItemList items) : Node
{
    public override Value Evaluate(Frame frame)
    {
        frame.Run.Allocate(48);
        return new PyTuple(items.Evaluate(frame));
    }
}

/// <summary><c>{a, b}</c>.</summary>
internal sealed class SetNode(ItemList items) : Node
{
    public override Value Evaluate(Frame frame)
    {
        var set = new PySet();
        frame.Run.Allocate(set.Size);
        foreach (var item in items.Evaluate(frame))
        {
            set.Add(frame.Run, item);
        }

        return set;
    }
}

/// <summary><c>{a: b, **c}</c>; a pair without a key is a dictionary to take over.</summary>
internal sealed class DictNode((Node? Key, Node Value)[] pairs) : Node
{
    public override Value Evaluate(Frame frame)
    {
        var run = frame.Run;
        var dict = new PyDict();
        run.Allocate(dict.Size);
        foreach (var (key, value) in pairs)
        {
            if (key is null)
            {
                var source = value.Evaluate(frame);
                dict.Update(run, source.Ref is PyDict ? source : throw Raise.TypeError($"'{source.Type.Name}' object is not a mapping"));
                continue;
            }

            var name = key.Evaluate(frame);
            dict.Set(run, name, value.Evaluate(frame));
        }

        return dict;
    }
}
