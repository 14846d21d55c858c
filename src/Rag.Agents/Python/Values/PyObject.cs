using System.Runtime.CompilerServices;
using Rag.Agents.Python.Operations;

namespace Rag.Agents.Python.Values;

/// <summary>A Python object and what can be asked of it. Nothing of .NET is reachable through it: attributes are looked up in the tables of <see cref="PyType"/> and in dictionaries that the program itself filled.</summary>
internal abstract class PyObject
{
    public abstract PyType Type { get; }

    /// <summary>Bytes of this object alone, about.</summary>
    public virtual long Size => 48;

    /// <summary>Shows the values that this one holds.</summary>
    public virtual void Visit(Reachable reachable)
    {
    }

    public virtual string Repr(Run run) => $"<{Type.Name} object>";

    public virtual string Str(Run run) => Repr(run);

    public virtual string Format(Run run, string specification) => specification.Length == 0
        ? Str(run)
        : throw Raise.TypeError($"unsupported format string passed to {Type.Name}.__format__");

    /// <summary>Elements, or null for an object without a length.</summary>
    public virtual long? Length(Run run) => null;

    public virtual bool IsTrue(Run run) => Length(run) != 0;

    public virtual bool IsEqual(Run run, Value other) => ReferenceEquals(this, other.Ref);

    /// <summary>Compares by order; false where the two have none.</summary>
    public virtual bool TryCompare(Run run, ComparisonOperator comparison, Value other, out bool result)
    {
        result = false;
        return false;
    }

    public virtual long Hash(Run run) => RuntimeHelpers.GetHashCode(this);

    /// <summary>Computes <c>this op other</c>, or <c>other op this</c> where <paramref name="reflected"/>; false where it cannot.</summary>
    public virtual bool TryBinary(Run run, BinaryOperator operation, Value other, bool reflected, out Value result)
    {
        result = default;
        return false;
    }

    /// <summary>Computes <c>this op= other</c> in place; false where the object does not change itself.</summary>
    public virtual bool TryInPlace(Run run, BinaryOperator operation, Value other) => false;

    public virtual Value Unary(Run run, string symbol) => throw Raise.TypeError($"bad operand type for unary {symbol}: '{Type.Name}'");

    public virtual PyIterator Iterate(Run run) => throw Raise.TypeError($"'{Type.Name}' object is not iterable");

    public virtual bool Contains(Run run, Value item)
    {
        if (this is Immediate)
        {
            throw Raise.TypeError($"argument of type '{Type.Name}' is not iterable");
        }

        var iterator = Iterate(run);
        while (iterator.TryNext(run, out var element))
        {
            run.Step();
            if (element.IsSame(item) || Comparing.AreEqual(run, element, item))
            {
                return true;
            }
        }

        return false;
    }

    public virtual Value GetItem(Run run, Value index) => throw Raise.TypeError($"'{Type.Name}' object is not subscriptable");

    public virtual void SetItem(Run run, Value index, Value value) => throw Raise.TypeError($"'{Type.Name}' object does not support item assignment");

    public virtual void DeleteItem(Run run, Value index) => throw Raise.TypeError($"'{Type.Name}' object does not support item deletion");

    public virtual Value Call(Run run, Arguments arguments) => throw Raise.TypeError($"'{Type.Name}' object is not callable");

    public virtual bool TryGetAttribute(Run run, Value self, string name, out Value value)
    {
        if (Type.FindMethod(name) is { } method)
        {
            value = new PyMethod(self, name, method);
            return true;
        }

        value = default;
        return false;
    }

    public virtual void SetAttribute(Run run, string name, Value value) => throw (TryGetAttribute(run, this, name, out _)
        ? Raise.Of(ErrorTypes.AttributeError, $"'{Type.Name}' object attribute '{name}' is read-only")
        : Raise.AttributeError(Type.Name, name));
}
