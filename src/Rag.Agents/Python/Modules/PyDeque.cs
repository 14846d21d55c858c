using Rag.Agents.Python.Builtins;
using Rag.Agents.Python.Operations;
using Rag.Agents.Python.Values;

namespace Rag.Agents.Python.Modules;

/// <summary>A list with two ends: <c>collections.deque</c>, as a ring.</summary>
internal sealed class PyDeque(long maximum) : PyObject
{
    public static readonly PyType DequeType = new("deque", Types.Object, Create, new()
    {
        ["append"] = (run, self, arguments) => Deque(self).Add(run, arguments.Exactly("append", 1)[0], atEnd: true),
        ["appendleft"] = (run, self, arguments) => Deque(self).Add(run, arguments.Exactly("appendleft", 1)[0], atEnd: false),
        ["pop"] = (_, self, _) => Deque(self).Take(atEnd: true),
        ["popleft"] = (_, self, _) => Deque(self).Take(atEnd: false),
        ["extend"] = (run, self, arguments) => Deque(self).Extend(run, arguments.Exactly("extend", 1)[0], atEnd: true),
        ["extendleft"] = (run, self, arguments) => Deque(self).Extend(run, arguments.Exactly("extendleft", 1)[0], atEnd: false),
        ["rotate"] = (run, self, arguments) => Deque(self).Rotate(run, arguments.Between("rotate", 0, 1).Index(0, 1)),
        ["clear"] = (_, self, _) => Deque(self).Become([]),
        ["reverse"] = (run, self, _) => Deque(self).Become([.. Iteration.ToArray(run, self).Reverse()]),
        ["copy"] = (run, self, _) => Create(run, Arguments.Of(self)),
        ["count"] = (run, self, arguments) => Types.List.FindMethod("count")!(run, Conversion.ToList(run, Arguments.Of(self)), arguments),
        ["index"] = (run, self, arguments) => Types.List.FindMethod("index")!(run, Conversion.ToList(run, Arguments.Of(self)), arguments),
    });

    private Value[] ring = new Value[4];
    private int first;
    private int count;

    public override PyType Type => DequeType;

    public override long Size => 96 + (16L * ring.Length);

    public override void Visit(Reachable reachable) => reachable.Add(ring);

    public override string Repr(Run run) => TextOf.Sequence(run, this, "deque([", Iteration.ToArray(run, this), maximum < 0 ? "])" : $"], maxlen={maximum})");

    public override long? Length(Run run) => count;

    public override bool IsEqual(Run run, Value other) => other.Ref is PyDeque deque && Comparing.AreEqual(run, Iteration.ToArray(run, this), Iteration.ToArray(run, deque));

    public override long Hash(Run run) => throw Raise.TypeError("unhashable type: 'collections.deque'");

    public override PyIterator Iterate(Run run)
    {
        var expected = count;
        return new SequenceIterator("_collections._deque_iterator", this, (_, i) => count != expected ? throw Raise.Of(ErrorTypes.RuntimeError, "deque mutated during iteration") : i < count ? this[i] : default);
    }

    public override Value GetItem(Run run, Value index) => this[Sequences.Position("deque", index, count)];

    public override void SetItem(Run run, Value index, Value value) => this[Sequences.Position("deque", index, count)] = value;

    public override bool TryInPlace(Run run, BinaryOperator operation, Value other)
    {
        if (operation == BinaryOperator.Add)
        {
            Extend(run, other, atEnd: true);
        }

        return operation == BinaryOperator.Add;
    }

    private ref Value this[int index] => ref ring[(first + index) % ring.Length];

    private static PyDeque Deque(Value self) => (PyDeque)self.Ref!;

    private static Value Create(Run run, Arguments arguments)
    {
        var bound = arguments.Bind("deque", 0, "iterable", "maxlen");
        var deque = new PyDeque(bound.Index(1, bound[0].Ref is PyDeque other ? other.Maximum : -1));
        run.Allocate(deque.Size);
        return bound.Has(0) ? deque.Filled(run, bound[0]) : deque;
    }

    private long Maximum => maximum;

    private PyDeque Filled(Run run, Value items)
    {
        Extend(run, items, atEnd: true);
        return this;
    }

    private Value Add(Run run, Value item, bool atEnd)
    {
        if (maximum == 0)
        {
            return Value.None;
        }

        if (count == maximum)
        {
            Take(!atEnd);
        }

        if (count == ring.Length)
        {
            run.Fill(ring.Length * 2L, 16);
            var grown = new Value[ring.Length * 2];
            for (var i = 0; i < count; i++)
            {
                grown[i] = this[i];
            }

            (ring, first) = (grown, 0);
        }

        first = atEnd ? first : (first + ring.Length - 1) % ring.Length;
        count++;
        this[atEnd ? count - 1 : 0] = item;
        return Value.None;
    }

    private Value Take(bool atEnd)
    {
        if (count == 0)
        {
            throw Raise.IndexError("pop from an empty deque");
        }

        var item = this[atEnd ? count - 1 : 0];
        this[atEnd ? count - 1 : 0] = default;
        first = atEnd ? first : (first + 1) % ring.Length;
        count--;
        return item;
    }

    private Value Extend(Run run, Value items, bool atEnd)
    {
        foreach (var item in ReferenceEquals(items.Ref, this) ? Iteration.ToArray(run, items) : Iteration.Each(run, items))
        {
            Add(run, item, atEnd);
        }

        return Value.None;
    }

    private Value Rotate(Run run, long by)
    {
        if (count > 1)
        {
            var steps = ((by % count) + count) % count;
            run.Step(steps);
            for (var i = 0; i < steps; i++)
            {
                Add(run, Take(atEnd: true), atEnd: false);
            }
        }

        return Value.None;
    }

    private Value Become(Value[] items)
    {
        (ring, first, count) = (items.Length < 4 ? [.. items, .. new Value[4 - items.Length]] : items, 0, items.Length);
        return Value.None;
    }
}
