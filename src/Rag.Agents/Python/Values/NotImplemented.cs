namespace Rag.Agents.Python.Values;

/// <summary>What a special method returns where it does not know the other operand.</summary>
internal sealed class NotImplemented : PyObject
{
    public static readonly NotImplemented Instance = new();

    public override PyType Type { get; } = new("NotImplementedType");

    public override string Repr(Run run) => "NotImplemented";
}
