using Rag.Agents.Python.Operations;

namespace Rag.Agents.Python.Values;

/// <summary>A slice <c>start:stop:step</c>, any of them <c>None</c>.</summary>
internal sealed class PySlice(Value start, Value stop, Value step) : PyObject
{
    public bool HasStep => !step.IsNone && !(step.IsInt && step.Bits == 1);

    public override PyType Type => Types.Slice;

    public override void Visit(Reachable reachable) => reachable.Add([start, stop, step]);

    public override string Repr(Run run) => TextOf.Sequence(run, this, "slice(", [start, stop, step], ")");

    public override long Hash(Run run) => throw Raise.TypeError("unhashable type: 'slice'");

    /// <summary>The first position, the number of elements and the stride in a sequence of <paramref name="length"/> elements, as CPython's <c>PySlice_AdjustIndices</c>.</summary>
    public (long First, long Count, long Stride) Resolve(long length)
    {
        var (first, end, stride) = Bounds(length);
        var count = stride > 0
            ? (first < end ? ((end - first - 1) / stride) + 1 : 0)
            : (end < first ? ((first - end - 1) / -stride) + 1 : 0);
        return (first, count, stride);
    }

    /// <summary>The first position, the one before which it ends, and the stride.</summary>
    public (long First, long End, long Stride) Bounds(long length)
    {
        var stride = step.IsNone ? 1 : Bound(step);
        if (stride == 0)
        {
            throw Raise.ValueError("slice step cannot be zero");
        }

        stride = Math.Max(stride, -long.MaxValue);
        var first = start.IsNone ? (stride > 0 ? 0 : length - 1) : Adjust(Bound(start), length, stride);
        var end = stop.IsNone ? (stride > 0 ? length : -1) : Adjust(Bound(stop), length, stride);
        return (first, end, stride);
    }

    private static long Bound(Value value) => Integers.Of(value) is { } number
        ? Integers.Clamp(number)
        : throw Raise.TypeError("slice indices must be integers or None or have an __index__ method");

    private static long Adjust(long index, long length, long stride) => index < 0
        ? (index + length < 0 ? (stride < 0 ? -1 : 0) : index + length)
        : (index >= length ? (stride < 0 ? length - 1 : length) : index);
}
