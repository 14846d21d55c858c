namespace Rag.Agents.Python.Values;

/// <summary>The three dots.</summary>
internal sealed class Ellipsis : PyObject
{
    public static readonly Ellipsis Instance = new();

    public override PyType Type { get; } = new("ellipsis");

    public override string Repr(Run run) => "Ellipsis";
}
