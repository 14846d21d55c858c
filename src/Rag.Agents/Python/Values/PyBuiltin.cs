namespace Rag.Agents.Python.Values;

/// <summary>A function of ours.</summary>
internal sealed class PyBuiltin(string name, Native native) : PyObject
{
    public string Name { get; } = name;

    public override PyType Type => Types.Builtin;

    public override string Repr(Run run) => $"<built-in function {Name}>";

    public override Value Call(Run run, Arguments arguments) => native(run, arguments);

    public override bool TryGetAttribute(Run run, Value self, string name, out Value value)
    {
        value = Name;
        return name == "__name__";
    }
}
