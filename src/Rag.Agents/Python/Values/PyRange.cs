using System.Globalization;
using Rag.Agents.Python.Operations;

namespace Rag.Agents.Python.Values;

/// <summary>A range of integers of 64 bits.</summary>
internal sealed class PyRange(long start, long stop, long step) : PyObject
{
    public long Start { get; } = start;

    public long Step { get; } = step;

    /// <summary>Elements; never more than fit in a long, since the bounds and the step do.</summary>
    public long Count { get; } = (long)Int128.Min(long.MaxValue, step > 0
        ? (start >= stop ? 0 : (((Int128)stop - start - 1) / step) + 1)
        : (start <= stop ? 0 : (((Int128)start - stop - 1) / -(Int128)step) + 1));

    public override PyType Type => Types.Range;

    public override string Repr(Run run) => string.Create(CultureInfo.InvariantCulture, $"range({Start}, {stop}{(Step == 1 ? "" : $", {Step}")})");

    public override long? Length(Run run) => Count;

    public override bool IsEqual(Run run, Value other) => other.Ref is PyRange range && range.Count == Count && (Count == 0 || (range.Start == Start && (Count == 1 || range.Step == Step)));

    public override long Hash(Run run) => PyTuple.Hash(run, Count == 0 ? [Value.Int(0), Value.None, Value.None] : [Value.Int(Count), Value.Int(Start), Count == 1 ? Value.None : Value.Int(Step)]);

    public long At(long index) => Start + (index * Step);

    public override PyIterator Iterate(Run run) => new Walk(this);

    public override bool Contains(Run run, Value item)
    {
        if (Integers.Of(item) is { } number)
        {
            return Count > 0 && (number - Start) % Step == 0 && (number - Start) / Step is var index && index.Sign >= 0 && index < Count;
        }

        return base.Contains(run, item);
    }

    public override Value GetItem(Run run, Value index)
    {
        if (index.Ref is not PySlice slice)
        {
            return Value.Int(At(Sequences.LongPosition("range object", index, Count)));
        }

        var (first, end, stride) = slice.Bounds(Count);
        return new PyRange(At(first), At(end), Step * stride);
    }

    private sealed class Walk(PyRange range) : PyIterator
    {
        private long next;

        public override string Repr(Run run) => "<range_iterator object>";

        public override bool TryNext(Run run, out Value value)
        {
            value = next < range.Count ? Value.Int(range.At(next++)) : default;
            return !value.IsUnbound;
        }
    }
}
