using Rag.Agents.Python.Values;

namespace Rag.Agents.Python.Operations;

/// <summary>Going through the elements of a value.</summary>
internal static class Iteration
{
    public static PyIterator Of(Run run, Value value) => value.Object.Iterate(run);

    /// <summary>The elements, each of which costs a step.</summary>
    public static IEnumerable<Value> Each(Run run, Value value)
    {
        var iterator = Of(run, value);
        while (iterator.TryNext(run, out var item))
        {
            run.Step();
            yield return item;
        }
    }

    /// <summary>The elements, for a use that keeps none of them: what one turn allocated is gone in the next.</summary>
    public static IEnumerable<Value> EachPassing(Run run, Value value)
    {
        var frame = run.Top!;
        var held = run.Allocated - frame.Mark;
        foreach (var item in Each(run, value))
        {
            yield return item;
            frame.Mark = run.Allocated - held;
        }
    }

    /// <summary>All elements at once.</summary>
    /// <param name="run">The run that pays.</param>
    /// <param name="value">What is gone through.</param>
    /// <param name="refusal">The words for a value without elements; null for CPython's usual ones.</param>
    public static Value[] ToArray(Run run, Value value, string? refusal = null)
    {
        switch (value.Ref)
        {
            case PyTuple tuple:
                return tuple.Items;
            case PyList list:
                run.Fill(list.Items.Count, 16);
                return [.. list.Items];
            case Immediate or PyFunction or PyBuiltin or PyMethod when refusal is not null:
                throw Raise.TypeError(refusal);
            default:
                var items = new PyList([]);
                items.Extend(run, value);
                return [.. items.Items];
        }
    }
}
