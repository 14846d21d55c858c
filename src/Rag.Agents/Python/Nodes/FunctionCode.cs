namespace Rag.Agents.Python.Nodes;

/// <summary>What all functions made by one definition have in common.</summary>
internal sealed record FunctionCode(string Name, StatementNode Body)
{
    /// <summary>The name with those of the classes and functions around it, for messages.</summary>
    public string QualifiedName { get; init; } = Name;

    /// <summary>Names of the parameters, which lie in the first slots: first those by position, then those by name only.</summary>
    public string[] Parameters { get; init; } = [];

    public int PositionalCount { get; init; }

    /// <summary>Slot of <c>*args</c>, or -1.</summary>
    public int RestSlot { get; init; } = -1;

    /// <summary>Slot of <c>**kwargs</c>, or -1.</summary>
    public int NamesSlot { get; init; } = -1;

    public int LocalCount { get; init; }

    /// <summary>Slots of variables that functions within this one share.</summary>
    public int[] CellSlots { get; init; } = [];

    /// <summary>Slots of the cells that come from the functions around this one.</summary>
    public int[] FreeSlots { get; init; } = [];

    public bool IsGenerator { get; init; }

    /// <summary>Steps of a call.</summary>
    public int Cost { get; init; } = 1;

    /// <summary>True where arguments by position alone fill all slots of parameters.</summary>
    public bool IsSimple => RestSlot < 0 && NamesSlot < 0 && PositionalCount == Parameters.Length;
}
