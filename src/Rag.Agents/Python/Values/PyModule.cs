namespace Rag.Agents.Python.Values;

/// <summary>A module of ours: the names that it has and no others.</summary>
internal sealed class PyModule(string name, IReadOnlyDictionary<string, Value> members) : PyObject
{
    public string Name { get; } = name;

    public override PyType Type => Types.Module;

    public override string Repr(Run run) => $"<module '{Name}' (built-in)>";

    public override bool TryGetAttribute(Run run, Value self, string name, out Value value) => members.TryGetValue(name, out value);
}
