using Rag.Agents.Python.Values;

namespace Rag.Agents.Python.Nodes;

/// <summary>Sets a variable of the function.</summary>
internal sealed class LocalTarget(int slot, string name) : Target
{
    public int Slot => slot;

    public string Name => name;

    public override void Assign(Frame frame, Value value) => frame.Locals[slot] = value;

    public override void Delete(Frame frame) => frame.Locals[slot] = frame.Locals[slot].IsUnbound ? throw Raise.Unbound(name) : default;
}

/// <summary>Sets a variable that functions share.</summary>
internal sealed class CellTarget(int slot, string name) : Target
{
    public override void Assign(Frame frame, Value value) => ((Cell)frame.Locals[slot].Ref!).Content = value;

    public override void Delete(Frame frame)
    {
        ref var content = ref ((Cell)frame.Locals[slot].Ref!).Content;
        content = content.IsUnbound ? throw Raise.Unbound(name) : default;
    }
}

/// <summary>Sets a variable of the program.</summary>
internal sealed class GlobalTarget(int slot, string name) : Target
{
    public int Slot => slot;

    public override void Assign(Frame frame, Value value) => frame.Run.Globals[slot] = value;

    public override void Delete(Frame frame) => frame.Run.Globals[slot] = frame.Run.Globals[slot].IsUnbound ? throw Raise.NameError(name) : default;
}
