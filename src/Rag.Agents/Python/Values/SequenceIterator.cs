namespace Rag.Agents.Python.Values;

/// <summary>Walks through an object by position until <paramref name="at"/> gives nothing.</summary>
internal sealed class SequenceIterator(string name, PyObject sequence, Func<Run, int, Value> at) : PyIterator
{
    private int next;

    public override void Visit(Reachable reachable) => reachable.Add(sequence);

    public override string Repr(Run run) => $"<{name} object>";

    public override bool TryNext(Run run, out Value value)
    {
        value = next < 0 ? default : at(run, next);
        next = value.IsUnbound ? -1 : next + 1;
        return !value.IsUnbound;
    }
}
