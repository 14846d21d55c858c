using Rag.Agents.Python.Operations;

namespace Rag.Agents.Python.Values;

/// <summary>The keys, values or pairs of a dictionary, as they are when asked.</summary>
internal sealed class PyDictView(PyDict dict, PyDictView.Part part) : PyObject
{
    private static readonly PyType[] TypeOfPart = [new("dict_keys"), new("dict_values"), new("dict_items")];

    public enum Part
    {
        Keys,
        Values,
        Items,
    }

    public override PyType Type => TypeOfPart[(int)part];

    public override void Visit(Reachable reachable) => reachable.Add(dict);

    public override string Repr(Run run) => TextOf.Sequence(run, this, $"{Type.Name}([", Iteration.ToArray(run, this), "])");

    public override long? Length(Run run) => dict.Count;

    public override long Hash(Run run) => throw Raise.TypeError($"unhashable type: '{Type.Name}'");

    public override PyIterator Iterate(Run run) => Walk(run, backwards: false);

    public PyIterator Walk(Run run, bool backwards) => part switch
    {
        Part.Keys => dict.Walk("dict_keyiterator", (key, _) => key, backwards),
        Part.Values => dict.Walk("dict_valueiterator", (_, value) => value, backwards),
        _ => dict.Walk("dict_itemiterator", (key, value) =>
        {
            run.Allocate(80);
            return new PyTuple(key, value);
        }, backwards),
    };

    public override bool Contains(Run run, Value item) => part switch
    {
        Part.Keys => dict.Contains(run, item),
        Part.Items => item.Ref is PyTuple { Items: [var key, var value] } && dict.TryGet(run, key, out var found) && Comparing.AreEqual(run, found, value),
        _ => base.Contains(run, item),
    };

    public override bool IsEqual(Run run, Value other) => ReferenceEquals(this, other.Ref) || (part != Part.Values && other.Ref is PyDictView or PySet && AsSet(run, this).IsEqual(run, AsSet(run, other)));

    public override bool TryCompare(Run run, ComparisonOperator comparison, Value other, out bool result)
    {
        result = false;
        return part != Part.Values && other.Ref is PyDictView or PySet && AsSet(run, this).TryCompare(run, comparison, AsSet(run, other), out result);
    }

    public override bool TryBinary(Run run, BinaryOperator operation, Value other, bool reflected, out Value result)
    {
        result = default;
        if (part == Part.Values || SetAlgebra.Of(operation) is not { } combine)
        {
            return false;
        }

        result = reflected ? combine(run, AsSet(run, other), AsSet(run, this)) : combine(run, AsSet(run, this), AsSet(run, other));
        return true;
    }

    private static PySet AsSet(Run run, Value value) => value.Ref as PySet ?? PySet.Of(run, value);
}
