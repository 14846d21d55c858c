using System.Globalization;
using System.Runtime.InteropServices;
using Rag.Agents.Python.Operations;

namespace Rag.Agents.Python.Values;

/// <summary>A list.</summary>
internal sealed class PyList(List<Value> items) : PyObject
{
    public List<Value> Items { get; private set; } = items;

    public Span<Value> Span => CollectionsMarshal.AsSpan(Items);

    public override PyType Type => Types.List;

    public override long Size => 72 + (16L * Items.Capacity);

    public override void Visit(Reachable reachable) => reachable.Add(Span);

    public override string Repr(Run run) => TextOf.Sequence(run, this, "[", Span, "]");

    public override long? Length(Run run) => Items.Count;

    public override bool IsEqual(Run run, Value other) => other.Ref is PyList list && (ReferenceEquals(this, list) || Comparing.AreEqual(run, Span, list.Span));

    public override bool TryCompare(Run run, ComparisonOperator comparison, Value other, out bool result)
    {
        result = other.Ref is PyList list && Comparing.Compare(run, comparison, Span, list.Span);
        return other.Ref is PyList;
    }

    public override long Hash(Run run) => throw Raise.TypeError("unhashable type: 'list'");

    public void Append(Run run, Value item)
    {
        Grow(run, 1);
        Items.Add(item);
    }

    public void Extend(Run run, Value items)
    {
        if (items.Ref is PyList or PyTuple)
        {
            var span = items.Ref is PyList list ? list.Items.ToArray() : ((PyTuple)items.Ref).Items;
            run.Step(span.Length / 16);
            Grow(run, span.Length);
            Items.AddRange(span);
            return;
        }

        var iterator = Iteration.Of(run, items);
        while (iterator.TryNext(run, out var item))
        {
            run.Step();
            Append(run, item);
        }
    }

    public void Insert(Run run, long index, Value item)
    {
        Grow(run, 1);
        var at = (int)Math.Clamp(index < 0 ? index + Items.Count : index, 0, Items.Count);
        run.Step((Items.Count - at) / 64);
        Items.Insert(at, item);
    }

    /// <summary>Puts new elements in the place of all.</summary>
    public void Replace(List<Value> items) => Items = items;

    public override bool TryBinary(Run run, BinaryOperator operation, Value other, bool reflected, out Value result)
    {
        result = default;
        switch (operation)
        {
            case BinaryOperator.Add when !reflected:
                var tail = other.Ref as PyList ?? throw Raise.TypeError($"can only concatenate list (not \"{other.Type.Name}\") to list");
                run.Fill((long)Items.Count + tail.Items.Count, 16);
                result = new PyList([.. Items, .. tail.Items]);
                return true;
            case BinaryOperator.Multiply when Integers.Of(other) is { } times:
                result = new PyList([.. Sequences.Repeat(run, Span, times)]);
                return true;
            default:
                return false;
        }
    }

    public override bool TryInPlace(Run run, BinaryOperator operation, Value other)
    {
        switch (operation)
        {
            case BinaryOperator.Add:
                Extend(run, other);
                return true;
            case BinaryOperator.Multiply when Integers.Of(other) is { } times:
                Items = [.. Sequences.Repeat(run, Span, times)];
                return true;
            default:
                return false;
        }
    }

    public override PyIterator Iterate(Run run) => new SequenceIterator("list_iterator", this, (_, i) => i < Items.Count ? Items[i] : default);

    public override Value GetItem(Run run, Value index) => index.Ref is PySlice slice
        ? new PyList([.. Sequences.Slice(run, Span, slice)])
        : Items[Sequences.Position("list", index, Items.Count)];

    public override void SetItem(Run run, Value index, Value value)
    {
        if (index.Ref is not PySlice slice)
        {
            Items[Sequences.Position("list assignment", index, Items.Count)] = value;
            return;
        }

        var values = Iteration.ToArray(run, value, "can only assign an iterable");
        var (first, count, stride) = slice.Resolve(Items.Count);
        run.Step(Items.Count / 64);
        if (slice.HasStep)
        {
            if (values.Length != count)
            {
                throw Raise.ValueError(string.Create(CultureInfo.InvariantCulture, $"attempt to assign sequence of size {values.Length} to extended slice of size {count}"));
            }

            for (var i = 0; i < count; i++)
            {
                Items[(int)(first + (i * stride))] = values[i];
            }

            return;
        }

        Grow(run, values.Length);
        Items.RemoveRange((int)first, (int)count);
        Items.InsertRange((int)first, values);
    }

    public override void DeleteItem(Run run, Value index)
    {
        run.Step(Items.Count / 64);
        if (index.Ref is not PySlice slice)
        {
            Items.RemoveAt(Sequences.Position("list assignment", index, Items.Count));
            return;
        }

        var (first, count, stride) = slice.Resolve(Items.Count);
        var (from, by) = stride < 0 ? (first + ((count - 1) * stride), -stride) : (first, stride);
        run.Step(Items.Count);
        List<Value> kept = new(Items.Count);
        for (var i = 0; i < Items.Count; i++)
        {
            if (i < from || (i - from) % by != 0 || (i - from) / by >= count)
            {
                kept.Add(Items[i]);
            }
        }

        Items = kept;
    }

    private void Grow(Run run, int count)
    {
        var needed = (long)Items.Count + count;
        if (needed > Items.Capacity)
        {
            var capacity = Math.Max(needed, Math.Max(4, Items.Capacity * 2L));
            run.Allocate(16 * capacity);
            Items.Capacity = (int)capacity;
        }
    }
}
