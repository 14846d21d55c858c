using Rag.Agents.Python.Builtins;
using Rag.Agents.Python.Nodes;

namespace Rag.Agents.Python.Compilation;

/// <summary>Names as nodes: a slot of the frame, a cell in a slot, or a variable of the program.</summary>
internal static class NameNodes
{
    public static Node Read(Scope scope, string name)
    {
        var variable = scope.Resolve(name);
        return variable.Owner.Kind == ScopeKind.Module ? new GlobalNode(variable.Slot, name, BuiltinTable.Find(name))
            : variable.IsShared ? new CellNode(CellSlot(scope, variable), name, IsOwn(scope, variable))
            : new LocalNode(variable.Slot, name);
    }

    public static Target Write(Scope scope, string name)
    {
        var variable = scope.Resolve(name);
        return variable.Owner.Kind == ScopeKind.Module ? new GlobalTarget(variable.Slot, name)
            : variable.IsShared ? new CellTarget(CellSlot(scope, variable), name)
            : new LocalTarget(variable.Slot, name);
    }

    /// <summary>The slot, in the frame of a scope, of the cell of a shared variable.</summary>
    public static int CellSlot(Scope scope, Variable variable) => IsOwn(scope, variable) ? variable.Slot : scope.Owner.Free[variable];

    private static bool IsOwn(Scope scope, Variable variable) => ReferenceEquals(scope.Owner, variable.Owner);
}
