using Rag.Agents.Python.Operations;

namespace Rag.Agents.Python.Nodes;

/// <summary>Sets a variable of the function.</summary>
internal sealed class AssignLocalNode(int slot, Node value) : StatementNode
{
    public override Flow Execute(Frame frame)
    {
        frame.Locals[slot] = value.Evaluate(frame);
        return Flow.Next;
    }
}

/// <summary>Sets a variable of the program.</summary>
internal sealed class AssignGlobalNode(int slot, Node value) : StatementNode
{
    public override Flow Execute(Frame frame)
    {
        var result = value.Evaluate(frame);
        frame.Run.Globals[slot] = result;
        return Flow.Next;
    }
}

/// <summary>Puts a value into one target after another.</summary>
internal sealed class AssignNode(Target[] targets, Node value) : StatementNode
{
    public override Flow Execute(Frame frame)
    {
        var result = value.Evaluate(frame);
        foreach (var target in targets)
        {
            target.Assign(frame, result);
        }

        return Flow.Next;
    }
}

/// <summary><c>target.name op= value</c>.</summary>
internal sealed class AugmentAttributeNode(Node target, string name, BinaryOperator operation, Node value) : StatementNode
{
    public override Flow Execute(Frame frame)
    {
        var container = target.Evaluate(frame);
        var old = Attributes.Get(frame.Run, container, name);
        container.Object.SetAttribute(frame.Run, name, Arithmetic.ApplyInPlace(frame.Run, operation, old, value.Evaluate(frame)));
        return Flow.Next;
    }
}

/// <summary><c>target[index] op= value</c>.</summary>
internal sealed class AugmentItemNode(Node target, Node index, BinaryOperator operation, Node value) : StatementNode
{
    public override Flow Execute(Frame frame)
    {
        var container = target.Evaluate(frame);
        var at = index.Evaluate(frame);
        var old = container.Object.GetItem(frame.Run, at);
        container.Object.SetItem(frame.Run, at, Arithmetic.ApplyInPlace(frame.Run, operation, old, value.Evaluate(frame)));
        return Flow.Next;
    }
}
