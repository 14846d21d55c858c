using Rag.Agents.Python.Operations;

namespace Rag.Agents.Python.Values;

/// <summary>A tuple.</summary>
internal sealed class PyTuple(params Value[] items) : PyObject
{
    public static readonly PyTuple Empty = new();

    public Value[] Items { get; } = items;

    public override PyType Type => Types.Tuple;

    public override long Size => 48 + (16L * Items.Length);

    public override void Visit(Reachable reachable) => reachable.Add(Items);

    public override string Repr(Run run) => TextOf.Sequence(run, this, "(", Items, Items.Length == 1 ? ",)" : ")");

    public override long? Length(Run run) => Items.Length;

    public override bool IsEqual(Run run, Value other) => other.Ref is PyTuple tuple && Comparing.AreEqual(run, Items, tuple.Items);

    public override bool TryCompare(Run run, ComparisonOperator comparison, Value other, out bool result)
    {
        result = other.Ref is PyTuple tuple && Comparing.Compare(run, comparison, Items, tuple.Items);
        return other.Ref is PyTuple;
    }

    public override long Hash(Run run) => Hash(run, Items);

    // CPython's tuplehash, xxHash of the elements: the order of a set of tuples follows from it
    public static long Hash(Run run, ReadOnlySpan<Value> items)
    {
        const ulong Prime1 = 11400714785074694791, Prime2 = 14029467366897019727, Prime5 = 2870177450012600261;
        run.Enter();
        var hash = Prime5;
        foreach (var item in items)
        {
            run.Step();
            hash += (ulong)Hashing.Of(run, item) * Prime2;
            hash = ulong.RotateLeft(hash, 31) * Prime1;
        }

        run.Leave();
        hash += (ulong)items.Length ^ (Prime5 ^ 3527539UL);
        return hash == ulong.MaxValue ? 1546275796 : (long)hash;
    }

    public override bool TryBinary(Run run, BinaryOperator operation, Value other, bool reflected, out Value result)
    {
        result = default;
        switch (operation)
        {
            case BinaryOperator.Add when !reflected:
                var tail = other.Ref is PyTuple tuple ? tuple.Items : throw Raise.TypeError($"can only concatenate tuple (not \"{other.Type.Name}\") to tuple");
                run.Fill((long)Items.Length + tail.Length, 16);
                result = new PyTuple([.. Items, .. tail]);
                return true;
            case BinaryOperator.Multiply when Integers.Of(other) is { } times:
                result = new PyTuple(Sequences.Repeat(run, Items, times));
                return true;
            default:
                return false;
        }
    }

    public override PyIterator Iterate(Run run) => new SequenceIterator("tuple_iterator", this, (_, i) => i < Items.Length ? Items[i] : default);

    public override Value GetItem(Run run, Value index) => index.Ref is PySlice slice
        ? new PyTuple(Sequences.Slice(run, Items, slice))
        : Items[Sequences.Position("tuple", index, Items.Length)];
}
