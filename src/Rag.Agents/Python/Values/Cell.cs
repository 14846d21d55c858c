namespace Rag.Agents.Python.Values;

/// <summary>A variable that a function shares with the functions within it.</summary>
internal sealed class Cell : PyObject
{
    public Value Content;

    public override PyType Type => Types.None;

    public override void Visit(Reachable reachable) => reachable.Add(Content);
}
