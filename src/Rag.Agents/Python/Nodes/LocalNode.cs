using Rag.Agents.Python.Values;

namespace Rag.Agents.Python.Nodes;

/// <summary>A variable of the function.</summary>
internal sealed class LocalNode(int slot, string name) : Node
{
    public override Value Evaluate(Frame frame)
    {
        var value = frame.Locals[slot];
        return value.IsUnbound ? throw Raise.Unbound(name) : value;
    }
}

/// <summary>A variable that functions share.</summary>
internal sealed class CellNode(int slot, string name, bool isOwn) : Node
{
    public override Value Evaluate(Frame frame)
    {
        var value = ((Cell)frame.Locals[slot].Ref!).Content;
        return !value.IsUnbound ? value
            : isOwn ? throw Raise.Unbound(name)
            : throw Raise.Of(ErrorTypes.NameError, $"cannot access free variable '{name}' where it is not associated with a value in enclosing scope");
    }
}

/// <summary>A variable of the program, or a name of Python's own where the program sets none.</summary>
internal sealed class GlobalNode(int slot, string name, Value builtin) : Node
{
    public override Value Evaluate(Frame frame)
    {
        var value = frame.Run.Globals[slot];
        return !value.IsUnbound ? value : !builtin.IsUnbound ? builtin : throw Raise.NameError(name);
    }
}

/// <summary>A constant.</summary>
internal sealed class ConstantNode(Value value) : Node
{
    public override Value Evaluate(Frame frame) => value;
}
