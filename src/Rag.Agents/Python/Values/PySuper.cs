namespace Rag.Agents.Python.Values;

/// <summary>What <c>super()</c> gives: the methods of the class above, for the same instance.</summary>
internal sealed class PySuper(PyType? parent, Value self) : PyObject
{
    public override PyType Type => Types.Super;

    public override void Visit(Reachable reachable) => reachable.Add(self);

    public override bool TryGetAttribute(Run run, Value _, string name, out Value value)
    {
        if (parent is not null && parent.TryFindMember(name, out value))
        {
            value = PyInstance.Bind(run, self, value);
            return true;
        }

        // the end of the chain: an exception keeps its arguments, any other object needs nothing
        value = self.Ref is PyException error ? error.Initializer : new PyBuiltin(name, (_, _) => Value.None);
        return name == "__init__";
    }
}
