namespace Rag.Agents.Python.Values;

/// <summary>Code of ours that a program can call.</summary>
internal delegate Value Native(Run run, Arguments arguments);

/// <summary>A method of ours.</summary>
internal delegate Value NativeMethod(Run run, Value self, Arguments arguments);

/// <summary>A type: its name, what calling it makes, and the only methods that its values have.</summary>
internal sealed class PyType(string name, PyType? parent = null, Native? construct = null, Dictionary<string, NativeMethod>? methods = null) : PyObject
{
    public string Name { get; } = name;

    public PyType? Parent { get; } = parent;

    /// <summary>Constants and functions that stand on the type itself, such as <c>date.today</c> or what a class of the program defines.</summary>
    public Dictionary<string, Value> Members { get; init; } = [];

    /// <summary>Names that the class body annotates, the fields of a dataclass.</summary>
    public string[] Fields { get; init; } = [];

    /// <summary>True for a class that the program defines.</summary>
    public bool IsUserClass { get; init; }

    /// <summary>Classes above this one.</summary>
    public int Depth { get; } = parent is null ? 0 : parent.Depth + 1;

    public override PyType Type => Types.Type;

    public override long Size => 200 + (64L * Members.Count);

    public override void Visit(Reachable reachable)
    {
        foreach (var member in Members.Values)
        {
            reachable.Add(member);
        }
    }

    public override string Repr(Run run) => IsUserClass ? $"<class '__main__.{Name}'>" : $"<class '{Name}'>";

    public bool IsSubclassOf(PyType other)
    {
        for (var type = this; type is not null; type = type.Parent)
        {
            if (ReferenceEquals(type, other))
            {
                return true;
            }
        }

        return false;
    }

    public NativeMethod? FindMethod(string name)
    {
        for (var type = this; type is not null; type = type.Parent)
        {
            if (type.OwnMethods is { } own && own.TryGetValue(name, out var method))
            {
                return method;
            }
        }

        return null;
    }

    public bool TryFindMember(string name, out Value value)
    {
        for (var type = this; type is not null; type = type.Parent)
        {
            if (type.Members.TryGetValue(name, out value))
            {
                return true;
            }
        }

        value = default;
        return false;
    }

    public override Value Call(Run run, Arguments arguments)
    {
        for (var type = this; type is not null; type = type.Parent)
        {
            if (type.IsUserClass && !IsSubclassOf(ErrorTypes.Exception))
            {
                return PyInstance.Construct(run, this, arguments);
            }

            if (type.IsSubclassOf(ErrorTypes.BaseException))
            {
                return PyException.Construct(run, this, arguments);
            }

            if (type.Construction is { } construct)
            {
                return construct(run, arguments);
            }
        }

        throw Raise.TypeError($"cannot create '{Name}' instances");
    }

    public override bool TryGetAttribute(Run run, Value self, string name, out Value value)
    {
        if (name == "__name__")
        {
            value = Name;
            return true;
        }

        if (TryFindMember(name, out value))
        {
            value = value.Ref is PyStaticMethod or PyClassMethod ? PyInstance.Bind(run, self, value) : value;
            return true;
        }

        if (FindMethod(name) is { } method)
        {
            value = new PyBuiltin(name, (run, arguments) => arguments.PositionalCount > 0 && arguments[0].Type.IsSubclassOf(this)
                ? method(run, arguments[0], arguments.Skip(1))
                : throw Raise.TypeError($"descriptor '{name}' for '{Name}' objects needs a '{Name}' object as its first argument"));
            return true;
        }

        return false;
    }

    public override void SetAttribute(Run run, string name, Value value)
    {
        if (!IsUserClass)
        {
            throw Raise.TypeError($"cannot set '{name}' attribute of immutable type '{Name}'");
        }

        run.Allocate(64);
        Members[name] = value;
    }

    private Native? Construction => construct;

    private Dictionary<string, NativeMethod>? OwnMethods => methods;
}
