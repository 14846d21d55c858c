using System.Text;
using Rag.Agents.Python.Modules;
using Rag.Agents.Python.Operations;

namespace Rag.Agents.Python.Values;

/// <summary>A dictionary in the order of insertion; also a <c>defaultdict</c>, an <c>OrderedDict</c> or a <c>Counter</c>, by its type.</summary>
internal sealed class PyDict(PyType? type = null) : PyObject
{
    private const int Free = -1;

    private Entry[] entries = [];
    private int[] slots = [];
    private int used; // entries taken, those deleted included

    public override PyType Type { get; } = type ?? Types.Dict;

    /// <summary>What makes the value of a key that is missing; unset for a plain dictionary.</summary>
    public Value Factory { get; init; }

    public int Count { get; private set; }

    public override long Size => 96 + (40L * entries.Length) + (4L * slots.Length);

    public IEnumerable<Value> Keys => Items.Select(i => i.Key);

    public IEnumerable<Value> Values => Items.Select(i => i.Value);

    public IEnumerable<(Value Key, Value Value)> Items
    {
        get
        {
            for (var i = 0; i < used; i++)
            {
                if (!entries[i].Key.IsUnbound)
                {
                    yield return (entries[i].Key, entries[i].Value);
                }
            }
        }
    }

    /// <summary>The pair that was put in last; there must be one.</summary>
    public (Value Key, Value Value) Last
    {
        get
        {
            // those deleted at the end are given up, so that taking pairs from the end stays cheap
            while (entries[used - 1].Key.IsUnbound)
            {
                used--;
            }

            return (entries[used - 1].Key, entries[used - 1].Value);
        }
    }

    public override void Visit(Reachable reachable)
    {
        reachable.Add(Factory);
        for (var i = 0; i < used; i++)
        {
            reachable.Add(entries[i].Key);
            reachable.Add(entries[i].Value);
        }
    }

    public bool TryGet(Run run, Value key, out Value value)
    {
        var at = Find(run, key, Hashing.Of(run, key), out _);
        value = at < 0 ? default : entries[at].Value;
        return at >= 0;
    }

    public void Set(Run run, Value key, Value value)
    {
        var hash = Hashing.Of(run, key);
        var at = Find(run, key, hash, out var slot);
        if (at >= 0)
        {
            entries[at].Value = value;
            return;
        }

        if (used == entries.Length)
        {
            Resize(run);
            Find(run, key, hash, out slot);
        }

        slots[slot] = used;
        entries[used++] = new Entry { Hash = hash, Key = key, Value = value };
        Count++;
    }

    public bool Remove(Run run, Value key, out Value value)
    {
        var at = Find(run, key, Hashing.Of(run, key), out _);
        value = at < 0 ? default : entries[at].Value;
        if (at >= 0)
        {
            entries[at] = default; // its slot goes on pointing here, so that probes go on past it
            Count--;
        }

        return at >= 0;
    }

    public void Clear() => (entries, slots, used, Count) = ([], [], 0, 0);

    /// <summary>Takes over the pairs of a dictionary, or of an iterable of pairs.</summary>
    public void Update(Run run, Value source)
    {
        if (source.Ref is PyDict dict)
        {
            run.Step(dict.Count);
            foreach (var (key, value) in dict.Items.ToList())
            {
                Set(run, key, value);
            }

            return;
        }

        var iterator = Iteration.Of(run, source);
        for (var i = 0; iterator.TryNext(run, out var pair); i++)
        {
            run.Step();
            var items = pair.Ref is PyTuple tuple ? tuple.Items : Iteration.ToArray(run, pair, $"cannot convert dictionary update sequence element #{i} to a sequence");
            if (items.Length != 2)
            {
                throw Raise.ValueError($"dictionary update sequence element #{i} has length {items.Length}; 2 is required");
            }

            Set(run, items[0], items[1]);
        }
    }

    public PyDict Copy(Run run)
    {
        run.Fill(entries.Length, 48);
        return new PyDict(Type) { Factory = Factory, entries = [.. entries], slots = [.. slots], used = used, Count = Count };
    }

    /// <summary>Walks through the pairs, and ends with an error where the dictionary grows or shrinks meanwhile.</summary>
    public PyIterator Walk(string name, Func<Value, Value, Value> select, bool backwards = false)
    {
        return new LazyIterator(name, Pairs(), this);

        IEnumerable<Value> Pairs()
        {
            var expected = Count;
            for (var i = 0; i < used; i++)
            {
                var entry = entries[backwards ? used - 1 - i : i];
                if (!entry.Key.IsUnbound)
                {
                    yield return select(entry.Key, entry.Value);
                    if (Count != expected)
                    {
                        throw Raise.Of(ErrorTypes.RuntimeError, "dictionary changed size during iteration");
                    }
                }
            }
        }
    }

    public override string Repr(Run run)
    {
        var head = ReferenceEquals(Type, Types.Dict) ? "" : Factory.IsUnbound ? $"{Type.Name}(" : $"{Type.Name}({TextOf.Repr(run, Factory)}, ";
        if (Count == 0 && head.Length > 0 && Factory.IsUnbound)
        {
            return $"{Type.Name}()";
        }

        if (ReferenceEquals(Type, Types.OrderedDict))
        {
            return TextOf.Sequence(run, this, "OrderedDict([", [.. Items.Select(i => (Value)new PyTuple(i.Key, i.Value))], "])");
        }

        var pairs = ReferenceEquals(Type, Types.Counter) ? Counting.MostCommon(run, this) : [.. Items];
        return TextOf.Nested(run, this, "{...}", () =>
        {
            var builder = new StringBuilder(head).Append('{');
            for (var i = 0; i < pairs.Count; i++)
            {
                TextOf.Append(run, builder, i == 0 ? "" : ", ");
                TextOf.Append(run, builder, TextOf.Repr(run, pairs[i].Key));
                TextOf.Append(run, builder, ": ");
                TextOf.Append(run, builder, TextOf.Repr(run, pairs[i].Value));
            }

            return builder.Append(head.Length > 0 ? "})" : "}").ToString();
        });
    }

    public override long? Length(Run run) => Count;

    public override bool IsEqual(Run run, Value other)
    {
        if (other.Ref is not PyDict dict || dict.Count != Count)
        {
            return false;
        }

        run.Enter();
        var equal = Items.All(i => dict.TryGet(run, i.Key, out var value) && Comparing.AreEqual(run, i.Value, value));
        run.Leave();
        return equal;
    }

    public override long Hash(Run run) => throw Raise.TypeError($"unhashable type: '{Type.Name}'");

    public override PyIterator Iterate(Run run) => Walk("dict_keyiterator", (key, _) => key);

    public override bool Contains(Run run, Value item) => TryGet(run, item, out _);

    public override Value GetItem(Run run, Value index)
    {
        if (TryGet(run, index, out var value))
        {
            return value;
        }

        if (ReferenceEquals(Type, Types.Counter))
        {
            return Value.Int(0);
        }

        if (Factory.IsUnbound || Factory.IsNone)
        {
            throw Raise.KeyError(index);
        }

        value = Factory.Object.Call(run, Arguments.Of());
        Set(run, index, value);
        return value;
    }

    public override void SetItem(Run run, Value index, Value value) => Set(run, index, value);

    public override void DeleteItem(Run run, Value index)
    {
        if (!Remove(run, index, out _))
        {
            throw Raise.KeyError(index);
        }
    }

    public override bool TryBinary(Run run, BinaryOperator operation, Value other, bool reflected, out Value result)
    {
        result = default;
        if (reflected || other.Ref is not PyDict dict)
        {
            return false;
        }

        if (ReferenceEquals(Type, Types.Counter) && Counting.TryCombine(run, operation, this, dict, out result))
        {
            return true;
        }

        if (operation != BinaryOperator.Or)
        {
            return false;
        }

        var union = Copy(run);
        union.Update(run, other);
        result = union;
        return true;
    }

    public override bool TryInPlace(Run run, BinaryOperator operation, Value other)
    {
        if (operation != BinaryOperator.Or || ReferenceEquals(Type, Types.Counter))
        {
            return false;
        }

        Update(run, other);
        return true;
    }

    private int Find(Run run, Value key, long hash, out int slot)
    {
        slot = 0;
        if (slots.Length == 0)
        {
            return Free;
        }

        var mask = slots.Length - 1;
        var perturb = (ulong)hash;
        for (slot = (int)hash & mask; ; slot = (int)((((ulong)slot * 5) + (perturb >>= 5) + 1) & (ulong)mask))
        {
            var at = slots[slot];
            if (at == Free)
            {
                return Free;
            }

            run.Step();
            var (searched, entry) = (slots, entries[at]);
            if (entry.Hash == hash && !entry.Key.IsUnbound)
            {
                if (entry.Key.IsSame(key))
                {
                    return at;
                }

                var equal = Comparing.AreEqual(run, entry.Key, key);
                if (!ReferenceEquals(searched, slots))
                {
                    return Find(run, key, hash, out slot); // an equality of the program's own changed the table
                }

                if (equal)
                {
                    return at;
                }
            }
        }
    }

    private void Resize(Run run)
    {
        var capacity = Math.Max(8, Count * 3);
        var table = 8;
        while (table * 2 < capacity * 3)
        {
            table *= 2;
        }

        run.Fill(capacity, 40);
        run.Fill(table, 4);
        var kept = new Entry[capacity];
        var count = 0;
        var index = new int[table];
        Array.Fill(index, Free);
        foreach (var entry in entries.AsSpan(0, used))
        {
            if (entry.Key.IsUnbound)
            {
                continue;
            }

            var perturb = (ulong)entry.Hash;
            var slot = (int)entry.Hash & (table - 1);
            while (index[slot] != Free)
            {
                run.Step();
                slot = (int)((((ulong)slot * 5) + (perturb >>= 5) + 1) & (ulong)(table - 1));
            }

            index[slot] = count;
            kept[count++] = entry;
        }

        (entries, slots, used) = (kept, index, count);
    }

    private struct Entry
    {
        public long Hash;
        public Value Key;
        public Value Value;
    }
}
