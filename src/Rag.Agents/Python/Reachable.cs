using Rag.Agents.Python.Values;

namespace Rag.Agents.Python;

/// <summary>Measures the values that a run can still reach: from its variables, and from what the statements in progress have allocated.</summary>
internal sealed class Reachable
{
    private readonly HashSet<PyObject> seen = new(ReferenceEqualityComparer.Instance);
    private readonly Stack<PyObject> open = [];

    /// <summary>Bytes. A statement in progress may hold anything that was allocated since it began, so all of that counts.</summary>
    public static long Measure(Run run)
    {
        var reachable = new Reachable();
        reachable.Add(run.Globals);
        long pending = 0;
        var until = run.Allocated;
        for (var frame = run.Top; frame is not null; frame = frame.Caller)
        {
            reachable.Add(frame.Locals);
            reachable.Add(frame.Result);
            reachable.Add(frame.Handling?.Error);
            pending += until - frame.Mark;
            until = frame.Created;
        }

        return pending + reachable.Walk(run);
    }

    public void Add(PyObject? value)
    {
        if (value is not null and not Immediate && seen.Add(value))
        {
            open.Push(value);
        }
    }

    public void Add(Value value) => Add(value.Ref);

    public void Add(ReadOnlySpan<Value> values)
    {
        foreach (var value in values)
        {
            Add(value.Ref);
        }
    }

    private long Walk(Run run)
    {
        long bytes = 0;
        while (open.TryPop(out var value))
        {
            run.Step(1 + (value.Size / 64));
            bytes += value.Size;
            value.Visit(this);
        }

        return bytes;
    }
}
