using Rag.Agents.Python.Operations;

namespace Rag.Agents.Python.Values;

/// <summary>A set or frozen set. It keeps CPython's table (Objects/setobject.c of 3.11), because the order in which a set of numbers is written follows from it.</summary>
internal sealed class PySet(PyType? type = null) : PyObject
{
    private const int LinearProbes = 9;

    private Entry[] table = new Entry[8];
    private int fill; // entries taken, those deleted included

    public override PyType Type { get; } = type ?? Types.Set;

    public int Count { get; private set; }

    public override long Size => 64 + (32L * table.Length);

    public IEnumerable<Value> Items
    {
        get
        {
            foreach (var entry in table)
            {
                if (entry.State == State.Taken)
                {
                    yield return entry.Key;
                }
            }
        }
    }

    public static PySet Of(Run run, Value items, PyType? type = null)
    {
        var set = new PySet(type);
        run.Allocate(set.Size);
        set.Update(run, items);
        return set;
    }

    public override void Visit(Reachable reachable)
    {
        foreach (var entry in table)
        {
            reachable.Add(entry.Key);
        }
    }

    public void Update(Run run, Value items)
    {
        if (items.Ref is PySet set)
        {
            Merge(run, set);
            return;
        }

        var iterator = Iteration.Of(run, items);
        while (iterator.TryNext(run, out var item))
        {
            run.Step();
            Add(run, item);
        }
    }

    public bool Add(Run run, Value key)
    {
        var hash = Hashing.Of(run, key);
        if (Find(run, key, hash, out var slot))
        {
            return false;
        }

        fill++;
        table[slot] = new Entry { Hash = hash, Key = key, State = State.Taken };
        Count++;
        if (fill * 5L >= (table.Length - 1) * 3L)
        {
            Resize(run, Count > 50_000 ? Count * 2 : Count * 4);
        }

        return true;
    }

    public bool Remove(Run run, Value key)
    {
        if (!Find(run, key, Hashing.Of(run, key), out var slot))
        {
            return false;
        }

        table[slot] = new Entry { State = State.Deleted };
        Count--;
        return true;
    }

    public void Clear() => (table, fill, Count) = (new Entry[8], 0, 0);

    public PySet Copy(Run run, PyType? type = null)
    {
        var copy = new PySet(type ?? Type);
        run.Allocate(copy.Size);
        copy.Merge(run, this);
        return copy;
    }

    public override string Repr(Run run)
    {
        if (Count == 0)
        {
            return $"{Type.Name}()";
        }

        Value[] items = [.. Items];
        return ReferenceEquals(Type, Types.Set) ? TextOf.Sequence(run, this, "{", items, "}") : TextOf.Sequence(run, this, $"{Type.Name}({{", items, "})");
    }

    public override long? Length(Run run) => Count;

    public override bool IsEqual(Run run, Value other) => other.Ref is PySet set && set.Count == Count && IsSubset(run, set);

    public override bool TryCompare(Run run, ComparisonOperator comparison, Value other, out bool result)
    {
        result = other.Ref is PySet set && comparison switch
        {
            ComparisonOperator.Less => Count < set.Count && IsSubset(run, set),
            ComparisonOperator.LessOrEqual => IsSubset(run, set),
            ComparisonOperator.Greater => Count > set.Count && set.IsSubset(run, this),
            _ => set.IsSubset(run, this),
        };
        return other.Ref is PySet;
    }

    // CPython's frozenset_hash
    public override long Hash(Run run)
    {
        if (!ReferenceEquals(Type, Types.FrozenSet))
        {
            throw Raise.TypeError("unhashable type: 'set'");
        }

        run.Step(table.Length);
        ulong hash = 0;
        foreach (var entry in table)
        {
            var h = entry.State == State.Taken ? (ulong)entry.Hash : 0;
            hash ^= entry.State == State.Taken ? (h ^ 89869747UL ^ (h << 16)) * 3644798167UL : 0;
        }

        hash ^= ((ulong)Count + 1) * 1927868237UL;
        hash ^= (hash >> 11) ^ (hash >> 25);
        hash = (hash * 69069U) + 907133923UL;
        return hash == ulong.MaxValue ? 590923713 : (long)hash;
    }

    public override PyIterator Iterate(Run run)
    {
        return new LazyIterator("set_iterator", Walk(), this);

        IEnumerable<Value> Walk()
        {
            var expected = Count;
            for (var i = 0; i < table.Length; i++)
            {
                if (table[i].State == State.Taken)
                {
                    yield return table[i].Key;
                    if (Count != expected)
                    {
                        throw Raise.Of(ErrorTypes.RuntimeError, "Set changed size during iteration");
                    }
                }
            }
        }
    }

    public override bool Contains(Run run, Value item) => Find(run, item, Hashing.Of(run, item), out _);

    public override bool TryBinary(Run run, BinaryOperator operation, Value other, bool reflected, out Value result)
    {
        result = default;
        if (reflected || other.Ref is not PySet set || SetAlgebra.Of(operation) is not { } combine)
        {
            return false;
        }

        result = combine(run, this, set);
        return true;
    }

    public override bool TryInPlace(Run run, BinaryOperator operation, Value other)
    {
        if (!ReferenceEquals(Type, Types.Set) || other.Ref is not PySet set || SetAlgebra.Of(operation) is null)
        {
            return false;
        }

        SetAlgebra.Apply(run, operation, this, set);
        return true;
    }

    public bool IsSubset(Run run, PySet other)
    {
        run.Step(Count);
        run.Enter();
        var isSubset = Count <= other.Count && Items.All(i => other.Contains(run, i));
        run.Leave();
        return isSubset;
    }

    /// <summary>Takes the contents of another set, order included.</summary>
    public void Become(PySet other) => (table, fill, Count) = (other.table, other.fill, other.Count);

    // set_merge: into an empty set of the same size the table is copied as it is
    private void Merge(Run run, PySet other)
    {
        run.Step(other.table.Length / 4);
        if (ReferenceEquals(other, this) || other.Count == 0)
        {
            return;
        }

        if ((fill + other.Count) * 5L >= (table.Length - 1) * 3L)
        {
            Resize(run, (Count + other.Count) * 2);
        }

        if (fill == 0 && table.Length == other.table.Length && other.fill == other.Count)
        {
            table = [.. other.table];
            (fill, Count) = (other.fill, other.Count);
            return;
        }

        foreach (var entry in other.table)
        {
            if (entry.State != State.Taken)
            {
                continue;
            }

            Add(run, entry.Key);
        }
    }

    // an equality of the program's own may change the table under the search, which then begins again
    private bool Find(Run run, Value key, long hash, out int slot)
    {
        while (true)
        {
            var searched = table;
            var found = Find(run, searched, key, hash, out slot);
            if (ReferenceEquals(searched, table))
            {
                return found;
            }
        }
    }

    private static bool Find(Run run, Entry[] table, Value key, long hash, out int slot)
    {
        var mask = (ulong)table.Length - 1;
        var perturb = (ulong)hash;
        for (var i = (ulong)hash & mask; ; i = ((i * 5) + 1 + (perturb >>= 5)) & mask)
        {
            var probes = i + LinearProbes <= mask ? LinearProbes : 0;
            for (var at = i; at <= i + (ulong)probes; at++)
            {
                slot = (int)at;
                var entry = table[at];
                if (entry.State == State.Free)
                {
                    return false;
                }

                run.Step();
                if (entry.State == State.Taken && entry.Hash == hash && (entry.Key.IsSame(key) || Comparing.AreEqual(run, entry.Key, key)))
                {
                    return true;
                }
            }
        }
    }

    private void Resize(Run run, int least)
    {
        var size = 8;
        while (size <= least)
        {
            size *= 2;
        }

        run.Fill(size, 32);
        var old = table;
        table = new Entry[size];
        fill = Count;
        var mask = (ulong)size - 1;
        foreach (var entry in old)
        {
            if (entry.State == State.Taken)
            {
                InsertClean(run, entry, mask);
            }
        }
    }

    private void InsertClean(Run run, Entry entry, ulong mask)
    {
        var perturb = (ulong)entry.Hash;
        for (var i = perturb & mask; ; i = ((i * 5) + 1 + (perturb >>= 5)) & mask)
        {
            var probes = i + LinearProbes <= mask ? LinearProbes : 0;
            for (var at = i; at <= i + (ulong)probes; at++)
            {
                if (table[at].State == State.Free)
                {
                    table[at] = entry;
                    return;
                }

                run.Step();
            }
        }
    }

    private enum State : byte
    {
        Free,
        Taken,
        Deleted,
    }

    private struct Entry
    {
        public long Hash;
        public Value Key;
        public State State;
    }
}
