namespace Rag.Agents.Python.Values;

/// <summary>Gives one value after another.</summary>
internal abstract class PyIterator : PyObject
{
    public override PyType Type => Types.Iterator;

    public abstract bool TryNext(Run run, out Value value);

    public override PyIterator Iterate(Run run) => this;
}
