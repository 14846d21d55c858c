namespace Rag.Agents.Python.Values;

/// <summary>Walks through a sequence of C#. What the sequence works on is named in <paramref name="held"/>, so that its memory counts.</summary>
internal sealed class LazyIterator(string name, IEnumerable<Value> values, params Value[] held) : PyIterator
{
    private readonly IEnumerator<Value> values = values.GetEnumerator();

    public override void Visit(Reachable reachable) => reachable.Add(held);

    public override string Repr(Run run) => $"<{name} object>";

    public override bool TryNext(Run run, out Value value)
    {
        run.EnsureStack();
        var found = values.MoveNext();
        value = found ? values.Current : default;
        return found;
    }
}
