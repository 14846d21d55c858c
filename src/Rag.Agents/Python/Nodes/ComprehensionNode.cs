using Rag.Agents.Python.Syntax;
using Rag.Agents.Python.Values;

namespace Rag.Agents.Python.Nodes;

/// <summary>A list, set or dictionary comprehension: loops that put into a slot what they collect.</summary>
internal sealed class ComprehensionNode(int slot, ComprehensionKind kind, StatementNode loop, int[] cells) : Node
{
    public override Value Evaluate(Frame frame)
    {
        foreach (var cell in cells)
        {
            frame.Locals[cell] = new Cell();
        }

        PyObject collected = kind switch
        {
            ComprehensionKind.List => new PyList([]),
            ComprehensionKind.Set => new PySet(),
            _ => new PyDict(),
        };
        frame.Run.Allocate(collected.Size);

        // what the statement holds besides the collection was allocated before; see CollectNode
        var pending = frame.Pending;
        frame.Pending = frame.Run.Allocated - frame.Mark;
        frame.Locals[slot] = collected;
        loop.Execute(frame);
        frame.Locals[slot] = default;
        frame.Pending = pending;
        return collected;
    }
}

/// <summary>Puts an element of a comprehension to the others.</summary>
internal sealed class CollectNode(int slot, Node element, Node? value) : StatementNode
{
    public override Flow Execute(Frame frame)
    {
        var run = frame.Run;
        var item = element.Evaluate(frame);
        switch (frame.Locals[slot].Ref)
        {
            case PyList list:
                list.Append(run, item);
                break;
            case PySet set:
                set.Add(run, item);
                break;
            case PyDict dict:
                dict.Set(run, item, value!.Evaluate(frame));
                break;
        }

        // this turn holds nothing any more
        frame.Mark = run.Allocated - frame.Pending;
        return Flow.Next;
    }
}

/// <summary>An <c>if</c> of a comprehension.</summary>
internal sealed class GuardNode(Node condition, StatementNode body) : StatementNode
{
    public override Flow Execute(Frame frame)
    {
        if (condition.IsTrue(frame))
        {
            return body.Execute(frame);
        }

        frame.Mark = frame.Run.Allocated - frame.Pending;
        return Flow.Next;
    }
}
