using Rag.Agents.Python.Operations;

namespace Rag.Agents.Python.Values;

/// <summary>An instance of a class of the program: its fields, and the special methods that its class defines.</summary>
internal sealed class PyInstance(PyType type) : PyObject
{
    private readonly Dictionary<string, Value> fields = [];

    public override PyType Type => type;

    public override long Size => 96 + (48L * fields.Count);

    public static Value Construct(Run run, PyType type, Arguments arguments)
    {
        run.Allocate(96);
        var instance = new PyInstance(type);
        if (type.TryFindMember("__init__", out var initialize))
        {
            initialize.Object.Call(run, arguments.Prepend(instance));
        }
        else if (arguments.Values.Length > 0)
        {
            throw Raise.TypeError($"{type.Name}() takes no arguments");
        }

        return instance;
    }

    /// <summary>Looks among the fields, then among what the class defines, whose functions become methods.</summary>
    public static bool TryGetAttribute(Run run, Value self, PyType type, Dictionary<string, Value> fields, string name, out Value value)
    {
        if (fields.TryGetValue(name, out value))
        {
            return true;
        }

        if (!type.TryFindMember(name, out value))
        {
            return false;
        }

        value = Bind(run, self, value);
        return true;
    }

    public static Value Bind(Run run, Value self, Value member) => member.Ref switch
    {
        PyFunction => new PyBoundFunction(self, member.Object),
        PyProperty property => property.Getter.Call(run, Arguments.Of(self)),
        PyClassMethod method => new PyBoundFunction(self.Ref is PyType ? self : self.Type, method.Function),
        PyStaticMethod method => method.Function,
        _ => member,
    };

    public static string Text(Run run, Value special, Value self, string name) => special.Object.Call(run, Arguments.Of(self)).Ref is PyStr text
        ? text.Text
        : throw Raise.TypeError($"{name} returned non-string");

    public override void Visit(Reachable reachable)
    {
        reachable.Add(type);
        foreach (var field in fields.Values)
        {
            reachable.Add(field);
        }
    }

    public override string Repr(Run run)
    {
        run.Enter();
        var text = type.TryFindMember("__repr__", out var special) ? Text(run, special, this, "__repr__") : $"<__main__.{type.Name} object>";
        run.Leave();
        return text;
    }

    public override string Str(Run run) => type.TryFindMember("__str__", out var special) ? Text(run, special, this, "__str__") : Repr(run);

    public override bool IsTrue(Run run) => TrySpecial(run, "__bool__", out var result) ? Truth.Of(run, result) : base.IsTrue(run);

    public override long? Length(Run run) => TrySpecial(run, "__len__", out var result) ? Integers.ToIndex(result) : null;

    public override bool IsEqual(Run run, Value other) => TrySpecial(run, "__eq__", out var result, other) && !IsNotImplemented(result) ? Truth.Of(run, result) : ReferenceEquals(this, other.Ref);

    public override long Hash(Run run)
    {
        if (TrySpecial(run, "__hash__", out var result))
        {
            return Integers.ToIndex(result);
        }

        return type.TryFindMember("__eq__", out _) ? throw Raise.TypeError($"unhashable type: '{type.Name}'") : base.Hash(run);
    }

    public override bool TryCompare(Run run, ComparisonOperator comparison, Value other, out bool result)
    {
        var found = TrySpecial(run, comparison.SpecialName(), out var value, other) && !IsNotImplemented(value);
        result = found && Truth.Of(run, value);
        return found;
    }

    public override bool TryBinary(Run run, BinaryOperator operation, Value other, bool reflected, out Value result) =>
        TrySpecial(run, operation.SpecialName(reflected), out result, other) && !IsNotImplemented(result);

    public override Value Unary(Run run, string symbol) => TrySpecial(run, symbol switch { "-" => "__neg__", "+" => "__pos__", _ => "__invert__" }, out var result) ? result : base.Unary(run, symbol);

    public override PyIterator Iterate(Run run) => TrySpecial(run, "__iter__", out var result)
        ? result.Ref as PyIterator ?? (result.Ref is PyInstance instance && instance.Type.TryFindMember("__next__", out var next) ? new InstanceIterator(instance, next) : throw Raise.TypeError($"iter() returned non-iterator of type '{result.Type.Name}'"))
        : base.Iterate(run);

    public override bool Contains(Run run, Value item) => TrySpecial(run, "__contains__", out var result, item) ? Truth.Of(run, result) : base.Contains(run, item);

    public override Value GetItem(Run run, Value index) => TrySpecial(run, "__getitem__", out var result, index) ? result : base.GetItem(run, index);

    public override void SetItem(Run run, Value index, Value value)
    {
        if (!TrySpecial(run, "__setitem__", out _, index, value))
        {
            base.SetItem(run, index, value);
        }
    }

    public override Value Call(Run run, Arguments arguments) => type.TryFindMember("__call__", out var special) ? special.Object.Call(run, arguments.Prepend(this)) : base.Call(run, arguments);

    public override bool TryGetAttribute(Run run, Value self, string name, out Value value) => TryGetAttribute(run, self, type, fields, name, out value);

    public override void SetAttribute(Run run, string name, Value value)
    {
        if (type.TryFindMember(name, out var member) && member.Ref is PyProperty)
        {
            throw Raise.Of(ErrorTypes.AttributeError, $"property '{name}' of '{type.Name}' object has no setter");
        }

        run.Allocate(64);
        fields[name] = value;
    }

    private static bool IsNotImplemented(Value value) => ReferenceEquals(value.Ref, NotImplemented.Instance);

    private bool TrySpecial(Run run, string name, out Value result, params ReadOnlySpan<Value> arguments)
    {
        if (!type.TryFindMember(name, out var special) || special.IsNone)
        {
            result = default;
            return false;
        }

        result = special.Object.Call(run, new([this, .. arguments]));
        return true;
    }

    private sealed class InstanceIterator(PyInstance instance, Value next) : PyIterator
    {
        public override void Visit(Reachable reachable) => reachable.Add(instance);

        public override bool TryNext(Run run, out Value value)
        {
            var caller = run.Top;
            try
            {
                value = next.Object.Call(run, Arguments.Of(instance));
                return true;
            }
            catch (Raised e) when (e.Error.Type.IsSubclassOf(ErrorTypes.StopIteration))
            {
                if (caller is not null)
                {
                    run.Unwind(caller);
                }

                run.Step(100);
                value = default;
                return false;
            }
        }
    }
}
